// The life of a course: prepared as a draft, published, concluded (read by all, changed by none), archived (the same,
// out of the lists), removed into the bin and brought back from it.
import * as z from 'zod/mini'
import { defineRoutes, read, route, write } from '../base/call.ts'
import { instant, nothing, text } from '../base/ids.ts'
import { pageInput, pageOf } from '../base/paging.ts'
import { course, courseId, courseState } from '../courses.ts'

/** A course in the bin. */
export const binnedCourse = z.object({
  ...course.shape,
  removedAt: instant,
  /** Null when the one who did it is gone, or it was a job. */
  removedBy: z.nullable(z.string()),
  people: z.int(),
  items: z.int(),
})
export type BinnedCourse = z.infer<typeof binnedCourse>

const inCourse = { courseId }

export const lifeRoutes = defineRoutes('courses', {
  /** Leads a course on or back: see `nextStates`. A step that is no step is `conflict` with the current course. */
  changeState: route(
    'POST',
    '/courses/:courseId/state',
    write(z.strictObject({ ...inCourse, state: courseState }), z.object({ course })),
  ),
  /** Into the bin, from any state. */
  remove: route('DELETE', '/courses/:courseId', write(z.strictObject(inCourse), nothing)),
  /** Out of the bin, as it was. */
  restore: route('POST', '/courses/:courseId/restore', write(z.strictObject(inCourse), z.object({ course }))),
  /** Removed courses that the caller may bring back: their own as an instructor, all for administrators. */
  bin: route(
    'GET',
    '/bin/courses',
    read(z.strictObject({ ...pageInput, search: z.optional(text(100)) }), pageOf(binnedCourse)),
  ),
})
