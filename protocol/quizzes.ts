// Homework: a delivery taken alone until its due time, on the same record and with the same cards as the live class.

import * as z from 'zod/mini'
import { defineRoutes, read, route, write } from '#protocol/base/call.ts'
import { decimal, instant } from '#protocol/base/ids.ts'
import { activity, activityId, audience, delivery, deliveryId, itemId, ruling, seatView, shows } from './activities.ts'
import { gradeParts, gradeRules } from './grades.ts'
import { askedQuestion, toldKey } from './question-types/registry.ts'

/**
 * After handing in: what was right, item by item. An item that the person can still be asked elsewhere, as in a class,
 * keeps its key and score to itself, and so does the whole result.
 */
export const homeworkResult = z.object({
  /** Points for right answers. Null while it is held. */
  score: z.nullable(decimal),
  points: decimal,
  /** Why something is held: until everybody has handed in, for good, because it is still asked elsewhere, or until it is released. */
  held: z.nullable(z.enum(['after-due', 'never', 'elsewhere', 'held-back'])),
  /** What it comes to in its column of grades; null while that is held. */
  grade: z.nullable(z.object({ gradeItemId: z.uuid(), score: decimal, points: decimal, parts: gradeParts })),
  items: z.array(
    z.object({
      itemId,
      score: z.nullable(decimal),
      points: decimal,
      /** Told with the score. */
      ruling: z.nullable(ruling),
      key: z.nullable(toldKey),
    }),
  ),
})
export type HomeworkResult = z.infer<typeof homeworkResult>

/** Homework as a learner sees it: no key before it is handed in. */
export const homework = z.object({
  delivery,
  courseId: z.uuid(),
  /** The class it catches up, for those who missed that. */
  classTitle: z.nullable(z.string()),
  activity: z.pick(activity, { id: true, kind: true, title: true, settings: true }),
  items: z.array(z.object({ id: itemId, points: decimal, asked: askedQuestion })),
  seat: seatView,
  result: z.nullable(homeworkResult),
  now: instant,
})
export type Homework = z.infer<typeof homework>

export const quizRoutes = defineRoutes('quizzes', {
  /** Gives an activity as homework. With `gradeItemId` its results land in that column beside the live ones. */
  assign: route(
    'POST',
    '/activities/:activityId/homework',
    write(
      z.strictObject({
        activityId,
        opensAt: z.optional(instant),
        dueAt: instant,
        gradeItemId: z.optional(z.uuid()),
        /** 'unanswered': only those `unanswered` counts at this moment; whoever joins later is not among them. */
        audience: z.optional(audience),
        shows: z.optional(shows),
        /** How a new column is worked out; not beside `gradeItemId`. */
        grade: z.optional(gradeRules),
      }),
      /** `people`: how many it was given to; null for everybody. */
      z.extend(delivery, { people: z.nullable(z.int()) }),
    ),
  ),
  /** How many learners have answered nothing in the column, or without one in the activity. */
  unanswered: route(
    'GET',
    '/activities/:activityId/unanswered',
    read(z.strictObject({ activityId, gradeItemId: z.optional(z.uuid()) }), z.object({ people: z.int() })),
  ),
  /** How far each homework of a course has come, for its staff; the 500 due first. */
  states: route(
    'GET',
    '/courses/:courseId/homework',
    read(
      z.strictObject({ courseId: z.uuid() }),
      z.object({
        items: z.array(z.object({ deliveryId, given: z.int(), answered: z.int(), handedIn: z.int() })),
      }),
    ),
  ),
  get: route('GET', '/quizzes/:deliveryId', read(z.strictObject({ deliveryId }), homework)),
  /** Hands in; from here on answers are refused and the result is shown. `time-over` after one's own deadline. */
  finish: route('POST', '/quizzes/:deliveryId/finish', write(z.strictObject({ deliveryId }), homeworkResult)),
})
