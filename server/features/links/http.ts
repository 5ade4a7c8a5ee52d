// The HTTP door of links: asks for the right, then calls the action or query.
import type { linkRoutes } from '#protocol/links.ts'
import { demandMay } from '#server/features/access/index.ts'
import { demandSeen } from '#server/features/conditions/index.ts'
import { courseContext, demandThing } from '#server/features/courses/index.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { changeLink, createLink } from './actions.ts'
import { getLink, linkKind, linkOf } from './queries.ts'

export const httpHandlers: Handlers<typeof linkRoutes> = {
  create: async (ctx, input) => {
    await demandMay(ctx, 'content.change', courseContext(input.courseId))
    return { link: await createLink(ctx, input) }
  },
  get: async (ctx, input) => {
    const here = await demandMay(ctx, 'course.view', courseContext(input.courseId))
    const { row, item } = await getLink(ctx, input)
    const mayChange = await demandSeen(ctx, here, input.courseId, item)
    return { link: linkOf(row), published: item.published, mayChange }
  },
  change: async (ctx, input) => {
    await demandThing(ctx, 'content.change', { courseId: input.courseId, kind: linkKind, refId: input.linkId })
    await getLink(ctx, input)
    return { link: await changeLink(ctx, input) }
  },
}
