// The HTTP door of forums in the outline: asks for the right, then calls the action or query.
import { Problem } from '#protocol/base/problems.ts'
import type { forumRoutes } from '#protocol/channels/forums.ts'
import { demandMay } from '#server/features/access/index.ts'
import { demandSeen } from '#server/features/conditions/index.ts'
import { courseContext, demandThing, findItem } from '#server/features/courses/index.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { openForum, retitleForum } from '../actions/placed.ts'
import { getEntry } from '../queries/inbox.ts'
import { channelOfForum, forumKind } from '../queries/placed.ts'

export const forumHandlers: Handlers<typeof forumRoutes> = {
  createForum: async (ctx, input) => {
    await demandMay(ctx, 'content.change', courseContext(input.courseId))
    return openForum(ctx, input)
  },
  getForum: async (ctx, input) => {
    const here = await demandMay(ctx, 'course.view', courseContext(input.courseId))
    const channel = await channelOfForum(ctx, input)
    const item = await findItem(ctx, { kind: forumKind, refId: input.forumId })
    if (!item) throw new Problem('not-found')
    const mayChange = await demandSeen(ctx, here, input.courseId, item)
    return { entry: await getEntry(ctx, channel.id), published: item.published, mayChange }
  },
  changeForum: async (ctx, input) => {
    await demandThing(ctx, 'content.change', { courseId: input.courseId, kind: forumKind, refId: input.forumId })
    return { channel: await retitleForum(ctx, input) }
  },
}
