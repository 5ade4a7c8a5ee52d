// Classes that were held go into the bin when a course begins anew; nothing of them is lost.
import type { CourseReset } from '#server/features/courses/index.ts'
import { removeItem, standingRefs } from '#server/features/courses/index.ts'

export const classesReset: CourseReset = {
  count: async (ctx, courseId) => (await standingRefs(ctx, courseId, 'class')).length,
  clear: async (ctx, courseId) => {
    for (const refId of await standingRefs(ctx, courseId, 'class')) await removeItem(ctx, { kind: 'class', refId })
  },
}
