// Homework: a delivery taken alone until its due time, on the same record and with the same cards as the live class.

import * as z from 'zod/mini'
import { defineRoutes, read, route, write } from '#protocol/base/call.ts'
import { decimal, instant, uuid } from '#protocol/base/ids.ts'
import { attemptNumber, attemptsRule } from './activities/attempts.ts'
import { activity, activityId, audience, delivery, deliveryId, itemId, ruling, seatView, shows } from './activities.ts'
import { gradeParts, gradeRules } from './grades.ts'
import { askedQuestion, toldKey } from './question-types/registry.ts'

/**
 * After handing in an attempt: what was right in it, item by item. An item that the person can still be asked elsewhere, as in a class,
 * keeps its key and score to itself, and so does the whole result.
 */
export const homeworkResult = z.object({
  /** Points for right answers. Null while it is held. */
  score: z.nullable(decimal),
  points: decimal,
  /**
   * Why something is held: until everybody has handed in, for good, because it is still asked elsewhere, until it is
   * released, or because this person may try again.
   */
  held: z.nullable(z.enum(['after-due', 'never', 'elsewhere', 'held-back', 'attempts'])),
  /** What it comes to in its column of grades; null while that is held. */
  grade: z.nullable(z.object({ gradeItemId: uuid(), score: decimal, points: decimal, parts: gradeParts })),
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

/** One attempt that was handed in, as its learner reads it. */
export const ownAttempt = z.object({
  number: z.int(),
  finishedAt: instant,
  /** Points for right answers, and of how many; null while they are held. */
  score: z.nullable(decimal),
  points: decimal,
  /** Whether it is the one that counts; null while that would tell a score. */
  counts: z.nullable(z.boolean()),
})
export type OwnAttempt = z.infer<typeof ownAttempt>

/** Homework as a learner sees it: no key before it is over for them. */
export const homework = z.object({
  delivery,
  courseId: uuid(),
  /** The class it catches up, for those who missed that. */
  classTitle: z.nullable(z.string()),
  activity: z.pick(activity, { id: true, kind: true, title: true, settings: true }),
  items: z.array(z.object({ id: itemId, points: decimal, asked: askedQuestion })),
  seat: seatView,
  /** Of the attempt in `seat`, once that is handed in. */
  result: z.nullable(homeworkResult),
  attempts: z.object({
    /** Those handed in, in order. */
    handedIn: z.array(ownAttempt),
    /** The number of the attempt that may be begun now; null for none. */
    next: z.nullable(z.int()),
  }),
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
        gradeItemId: z.optional(uuid()),
        /** 'unanswered': only those `unanswered` counts at this moment; whoever joins later is not among them. */
        audience: z.optional(audience),
        shows: z.optional(shows),
        /** How often it may be taken; as the course says where it is left out. */
        attempts: z.optional(attemptsRule),
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
    read(z.strictObject({ activityId, gradeItemId: z.optional(uuid()) }), z.object({ people: z.int() })),
  ),
  /** How far each homework of a course has come, for its staff; the 500 due first. */
  states: route(
    'GET',
    '/courses/:courseId/homework',
    read(
      z.strictObject({ courseId: uuid() }),
      z.object({
        items: z.array(z.object({ deliveryId, given: z.int(), answered: z.int(), handedIn: z.int() })),
      }),
    ),
  ),
  get: route('GET', '/quizzes/:deliveryId', read(z.strictObject({ deliveryId }), homework)),
  /**
   * Hands an attempt in; from here on answers to it are refused and the result is shown. `time-over` after one's own deadline. An
   * attempt that was handed in stays as it is, also when a later one was begun.
   */
  finish: route(
    'POST',
    '/quizzes/:deliveryId/finish',
    write(z.strictObject({ deliveryId, attempt: attemptNumber }), homeworkResult),
  ),
  /**
   * Begins the attempt of that number; asked twice, or from two devices, it is begun once. `attempt-unfinished` before the one
   * before it is handed in, `attempt-not-begun` where that was not begun, `no-attempts-left`, `not-open`, `time-over`.
   */
  again: route(
    'POST',
    '/quizzes/:deliveryId/attempts',
    write(z.strictObject({ deliveryId, attempt: attemptNumber }), seatView),
  ),
  /** How often it may be taken, and which attempt counts. What somebody has begun already stays and counts along. */
  changeAttempts: route(
    'PATCH',
    '/quizzes/:deliveryId/attempts',
    write(z.extend(attemptsRule, { deliveryId }), delivery),
  ),
})
