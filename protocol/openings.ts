// Courses that people come into by themselves: what staff say about it, and the catalogue in which people find them. The key,
// which lets people in, travels in no scope and to nobody but those who may enrol others.
import * as z from 'zod/mini'
import { defineRoutes, read, route, write } from './base/call.ts'
import { instant, nothing, text, version } from './base/ids.ts'
import { pageInput, pageOf } from './base/paging.ts'
import { courseId } from './courses.ts'
import { groupId } from './groups.ts'
import { day, departmentId } from './organisation.ts'

/** Characters of a key, learners of a course and days of a stay, at most. */
export const mostOfOpening = { key: 60, learners: 20_000, days: 3_660 } as const

/** How a course is open to people who come by themselves, as learners. */
export const opening = z.object({
  open: z.boolean(),
  /** Empty: nobody is asked for one. Capital letters count, the space around it does not. */
  key: z.string(),
  /** The first and the last day, in the course's own time zone; null: none. */
  opensOn: z.nullable(day),
  closesOn: z.nullable(day),
  /** How many learners the course takes, whichever way they came; null: any number. */
  most: z.nullable(z.int()),
  /** The section they land in. */
  sectionId: z.nullable(groupId),
  /** How many days they stay after the day they first came; null: as long as the course. */
  days: z.nullable(z.int()),
  /** Whether those who came by themselves may leave by themselves. */
  mayLeave: z.boolean(),
  version,
})
export type Opening = z.infer<typeof opening>

/** What keeps people out now, the first that does. */
export const openingState = z.enum(['open', 'not-yet', 'closed', 'full'])
export type OpeningState = z.infer<typeof openingState>

/** What anybody of the school may know of a course that is open to them. */
export const openCourse = z.object({
  courseId,
  title: z.string(),
  shortName: z.string(),
  summary: z.string(),
  department: z.nullable(z.string()),
  term: z.nullable(z.string()),
  timeZone: z.string(),
  /** Whether a key is asked for. */
  key: z.boolean(),
  state: openingState,
  /** When it opens and when it closes; null: no such time. */
  opensAt: z.nullable(instant),
  closesAt: z.nullable(instant),
  days: z.nullable(z.int()),
  /** Places for learners, and how many of them are free; null where any number come in. */
  most: z.nullable(z.int()),
  free: z.nullable(z.int()),
  /** Whether the reader is in it, and whether they may leave it by themselves. */
  isIn: z.boolean(),
  mayLeave: z.boolean(),
})
export type OpenCourse = z.infer<typeof openCourse>

const one = { courseId }

export const openingRoutes = defineRoutes('openings', {
  /** Courses the caller may come into by themselves, now or soon, by title; those that have closed are left out. */
  list: route(
    'GET',
    '/openings',
    read(
      z.strictObject({
        ...pageInput,
        search: z.optional(text(100)),
        /** Those in it and in the departments below. */
        departmentId: z.optional(departmentId),
      }),
      pageOf(openCourse),
    ),
  ),
  /** One of them, a closed one too. Throws `not-found` for a course that was never open, or is not published. */
  find: route('GET', '/openings/:courseId', read(z.strictObject(one), z.object({ course: openCourse }))),
  /**
   * Comes in as a learner; whoever is in it is simply shown in. Throws `key-wrong`, `slow-down` after too many wrong ones,
   * `opening-not-yet`, `opening-closed`, `course-full`, `taken-out`; `not-allowed` for guests.
   */
  enter: route(
    'POST',
    '/openings/:courseId/enter',
    write(
      z.strictObject({ ...one, key: z._default(z.string().check(z.maxLength(200)), '') }),
      z.object({ courseId, title: z.string() }),
    ),
  ),
  /** Leaves again, where the course lets people. Throws `not-allowed` where it does not. */
  leave: route('POST', '/openings/:courseId/leave', write(z.strictObject(one), nothing)),
  /** Takes leaving back, for an hour: as they were, without a key. Throws `not-found` for who did not leave; `course-full`. */
  comeBack: route('POST', '/openings/:courseId/come-back', write(z.strictObject(one), nothing)),
  /** For those who may enrol; null where nothing was said about it yet. */
  get: route(
    'GET',
    '/courses/:courseId/opening',
    read(z.strictObject(one), z.object({ opening: z.nullable(opening) })),
  ),
  /** Throws `conflict` for another version (0 for the first), `malformed` for a last day before the first, `is-template`. */
  change: route(
    'PUT',
    '/courses/:courseId/opening',
    write(
      z.strictObject({
        ...one,
        version,
        open: z.boolean(),
        key: z._default(text(mostOfOpening.key), ''),
        opensOn: z._default(z.nullable(day), null),
        closesOn: z._default(z.nullable(day), null),
        most: z._default(z.nullable(z.int().check(z.minimum(1), z.maximum(mostOfOpening.learners))), null),
        sectionId: z._default(z.nullable(groupId), null),
        days: z._default(z.nullable(z.int().check(z.minimum(1), z.maximum(mostOfOpening.days))), null),
        mayLeave: z._default(z.boolean(), false),
      }),
      z.object({ opening }),
    ),
  ),
})
