// Observers on the wire: parents, guardians and mentors who see how a learner gets on. They read what the learner may read
// of themselves; they never write, and never read talk, notes, files or other people.
import * as z from 'zod/mini'
import { attendanceStatus, attendedRun } from './attendance.ts'
import { defineRoutes, once, read, route, write } from './base/call.ts'
import { accountId, decimal, email, idSchema, instant, nothing } from './base/ids.ts'
import { pageInput, pageOf } from './base/paging.ts'
import { courseId } from './courses.ts'
import { scale } from './grades/scale.ts'
import { emptyCell, gradeItemId } from './grades.ts'
import { progressCell, progressItem, progressSum } from './progress.ts'

export const observationId = idSchema<'Observation'>()
export type ObservationId = z.infer<typeof observationId>

export const observerCodeId = idSchema<'ObserverCode'>()
export type ObserverCodeId = z.infer<typeof observerCodeId>

/** A guardian answers for the learner, and is named by administrators alone; everybody else is an observer. */
export const observerKinds = ['observer', 'guardian'] as const
export const observerKind = z.enum(observerKinds)
export type ObserverKind = z.infer<typeof observerKind>

/** Most observers of one learner, and codes of theirs that wait. */
export const mostObservers = 20
export const mostObserverCodes = 5
/** Most learners whom one person observes. */
export const mostObserved = 200
/** How long a code can be used, in days. */
export const observerCodeDays = 7
/** How long what was ended can be taken back by whoever ended it, in minutes. */
export const endedBackMinutes = 10
/** Most things said to be due. */
export const mostDue = 10

/** Somebody who observes a learner, as the learner and administrators see it. */
export const observer = z.object({
  id: observationId,
  accountId,
  name: z.string(),
  kind: observerKind,
  since: instant,
  /** The end that was set beforehand; null for none. */
  until: z.nullable(instant),
})
export type Observer = z.infer<typeof observer>

/** A learner, as whoever observes them sees it. */
export const observed = observer
export type Observed = Observer

/** A code that waits; it was shown once. */
export const observerCode = z.object({ id: observerCodeId, at: instant, expiresAt: instant })
export type ObserverCode = z.infer<typeof observerCode>

/** What learners may do about their observers themselves. */
export const observerRules = z.object({ learnersEnd: z.boolean(), learnersInvite: z.boolean() })
export type ObserverRules = z.infer<typeof observerRules>

const dueItem = z.object({ courseId, courseTitle: z.string(), title: z.string(), kind: z.string(), dueAt: instant })

export const observedCourse = z.object({ id: courseId, title: z.string(), sum: progressSum })
export type ObservedCourse = z.infer<typeof observedCourse>

/** A column of the gradebook without how it is worked out, and what the learner may read in it now. */
export const observedGrade = z.object({
  gradeItemId,
  title: z.string(),
  at: instant,
  points: decimal,
  /** Null where there is none, or where it is not told yet. */
  score: z.nullable(decimal),
  /** Why there is no score; null beside one, and while an answer of it is still open to others. */
  why: z.nullable(emptyCell.shape.why),
})
export type ObservedGrade = z.infer<typeof observedGrade>

export const observerRoutes = defineRoutes('observers', {
  /** Who observes a learner, the latest first. For administrators. */
  list: route(
    'GET',
    '/accounts/:accountId/observers',
    read(z.strictObject({ accountId, ...pageInput }), pageOf(observer)),
  ),
  /**
   * Links somebody who has an account to a learner. `no-account`; `not-observable` for administrators, guests and oneself;
   * `observed-already`; `too-many`. For administrators.
   */
  add: route(
    'POST',
    '/accounts/:accountId/observers',
    write(
      z.strictObject({
        ...{ accountId, email },
        kind: z._default(observerKind, 'observer'),
        until: z._default(z.nullable(instant), null),
      }),
      z.object({ observer }),
    ),
  ),
  /** Ends it: administrators, whoever observes, and, unless the school says otherwise, the learner. */
  end: route('POST', '/observations/:observationId/end', write(z.strictObject({ observationId }), nothing)),
  /** Takes an end back, for whoever ended it and `endedBackMinutes` long: else `observing-over`. */
  restore: route('POST', '/observations/:observationId/restore', write(z.strictObject({ observationId }), nothing)),
  /** Who observes the caller, and what the caller may do about it. */
  mine: route(
    'GET',
    '/me/observers',
    read(z.strictObject(pageInput), z.extend(pageOf(observer), { rules: observerRules, codes: z.array(observerCode) })),
  ),
  /** A code to give away. It is told once, can be used once, and runs out. */
  makeCode: route(
    'POST',
    '/me/observer-codes',
    once(write(nothing, z.object({ code: observerCode, secret: z.string() }))),
  ),
  dropCode: route('DELETE', '/me/observer-codes/:codeId', write(z.strictObject({ codeId: observerCodeId }), nothing)),
  /** Observes whoever made the code. `link-unknown` for one that was used, taken back or never made; `link-expired`. */
  useCode: route(
    'POST',
    '/me/observed',
    write(
      z.strictObject({ code: z.string().check(z.trim(), z.minLength(1), z.maxLength(100)) }),
      z.object({ observed }),
    ),
  ),
  /** Whom the caller observes, by name. */
  observed: route('GET', '/me/observed', read(z.strictObject(pageInput), pageOf(observed))),
  /** How one of them gets on, in the courses they learn in; what is due next, the late first. `observing-over` once it is. */
  learner: route(
    'GET',
    '/me/observed/:accountId',
    read(
      z.strictObject({ accountId }),
      z.object({ learner: observed, courses: z.array(observedCourse), due: z.array(dueItem) }),
    ),
  ),
  /** The same in one course: item by item, grades the learner may read now, classes. */
  course: route(
    'GET',
    '/me/observed/:accountId/courses/:courseId',
    read(
      z.strictObject({ accountId, courseId }),
      z.object({
        learner: observed,
        course: z.object({ id: courseId, title: z.string(), timeZone: z.string() }),
        items: z.array(z.extend(progressItem, { cell: progressCell })),
        sum: progressSum,
        grade: z.nullable(z.object({ score: decimal, points: decimal })),
        grades: z.array(observedGrade),
        /** How the course shows grades. */
        scale,
        classes: z.array(z.object({ run: attendedRun, status: attendanceStatus, corrected: z.boolean() })),
      }),
    ),
  ),
  rules: route('GET', '/observer-rules', read(nothing, z.object({ rules: observerRules }))),
  /** For administrators. */
  changeRules: route('PUT', '/observer-rules', write(z.strictObject(observerRules.shape), nothing)),
})
