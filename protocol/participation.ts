// Participation: who took part in what, by week, over a window of weeks. Every number is counted from the record each
// time it is read, so that last month reads the same next month.
import * as z from 'zod/mini'
import { defineRoutes, read, route } from './base/call.ts'
import { accountId, instant, uuid } from './base/ids.ts'
import { pageInput } from './base/paging.ts'

/** A Monday in the time zone of the course, as YYYY-MM-DD. */
export const week = z.string().check(
  z.regex(/^\d{4}-\d{2}-\d{2}$/),
  z.refine(day => !Number.isNaN(Date.parse(day))),
)

/** Weeks a window holds. */
export const windowWeeks = 12

/**
 * One week of one person, or (in the site's table) of one course's learners together. `classes` attended of `held`;
 * `answers` to questions of those classes, of `asked`; `handedIn` of homework `due` that week; `messages` written in the
 * course and its classes under one's name, removed ones too.
 */
export const participation = z.object({
  classes: z.int(),
  held: z.int(),
  answers: z.int(),
  asked: z.int(),
  handedIn: z.int(),
  due: z.int(),
  messages: z.int(),
})
export type Participation = z.infer<typeof participation>

/** The window that ends with the week of `until` (today when left out). */
const inWindow = { until: z.optional(week) }

export const participationRow = z.object({ accountId, name: z.string(), weeks: z.array(participation) })
export type ParticipationRow = z.infer<typeof participationRow>

export const participationRoutes = defineRoutes('participation', {
  /** Learners by weeks, a page by name. */
  course: route(
    'GET',
    '/courses/:courseId/participation',
    read(
      z.strictObject({ courseId: uuid(), ...inWindow, ...pageInput }),
      z.object({ weeks: z.array(week), rows: z.array(participationRow), next: z.optional(z.string()) }),
    ),
  ),
  csv: route(
    'GET',
    '/courses/:courseId/participation.csv',
    read(z.strictObject({ courseId: uuid(), ...inWindow }), z.unknown()),
  ),
  /** What the numbers of one person and week are made of. `messages`: the newest 100; a removed one has no text. */
  rows: route(
    'GET',
    '/courses/:courseId/participation/:accountId/:week',
    read(
      z.strictObject({ courseId: uuid(), accountId, week }),
      z.object({
        classes: z.array(
          z.object({
            runId: uuid(),
            title: z.string(),
            startedAt: instant,
            attended: z.boolean(),
            answers: z.int(),
            asked: z.int(),
          }),
        ),
        homework: z.array(z.object({ title: z.string(), dueAt: instant, handedInAt: z.nullable(instant) })),
        messages: z.array(z.object({ at: instant, text: z.nullable(z.string()) })),
      }),
    ),
  ),
  /** For those who manage the site: every course by weeks, its learners together. */
  site: route(
    'GET',
    '/participation',
    read(
      z.strictObject({ ...inWindow, ...pageInput }),
      z.object({
        weeks: z.array(week),
        rows: z.array(
          z.object({ courseId: uuid(), title: z.string(), learners: z.int(), weeks: z.array(participation) }),
        ),
        next: z.optional(z.string()),
      }),
    ),
  ),
})
