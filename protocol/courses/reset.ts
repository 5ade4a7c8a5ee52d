// A course begun anew: what its learners did goes for good, what its staff made stays.
import * as z from 'zod/mini'
import { defineRoutes, route, write } from '../base/call.ts'
import { text } from '../base/ids.ts'
import { courseId } from '../courses.ts'

/**
 * people: learners leave it, and their groups. work: answers, results and grades. marks: what was read and marked as done.
 * classes: classes that were held, into the bin.
 */
export const resetParts = ['people', 'work', 'marks', 'classes'] as const
export const resetPart = z.enum(resetParts)
export type ResetPart = z.infer<typeof resetPart>

/** How much there is of each: learners, answers and grades, marks, classes. */
export const resetCounts = z.object({ people: z.int(), work: z.int(), marks: z.int(), classes: z.int() })
export type ResetCounts = z.infer<typeof resetCounts>

export const resetRoutes = defineRoutes('courses', {
  /** Tried first: `counts` is all there is. Made only with the title of the course, because nothing brings it back. */
  reset: route(
    'POST',
    '/courses/:courseId/reset',
    write(
      z.strictObject({
        courseId,
        how: z.enum(['try', 'make']),
        parts: z.array(resetPart).check(z.minLength(1), z.maxLength(resetParts.length)),
        title: z._default(text(200), ''),
      }),
      z.object({ counts: resetCounts }),
    ),
  ),
})
