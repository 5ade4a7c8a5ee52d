// The calls of progress over the socket: what was read in a tunnel is said afterwards.
import { Problem } from '#protocol/base/problems.ts'
import type { progressCalls } from '#protocol/progress.ts'
import { demandMay, may } from '#server/features/access/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { readPage } from './actions/items.ts'

export const socketHandlers: Handlers<typeof progressCalls> = {
  readPage: async (ctx, input) => {
    const context = courseContext(input.courseId)
    await demandMay(ctx, 'course.view', context)
    // Progress is that of learners: those who write the pages do not count as having read them.
    if (await may(ctx, 'content.change', context)) throw new Problem('not-allowed')
    await readPage(ctx, input)
    return {}
  },
}
