// The HTTP door of text pages: asks for the right, then calls the action or query.
import type { contentRoutes, PageId } from '#protocol/content.ts'
import type { CourseId } from '#protocol/courses.ts'
import { demandMay } from '#server/features/access/index.ts'
import { demandSeen } from '#server/features/conditions/index.ts'
import { courseContext, demandThing } from '#server/features/courses/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { changePage, createPage, removePage, restorePage } from './actions.ts'
import { getPage, getPageVersion, listPageVersions, pageKind, pageOf } from './queries.ts'

const demandPage = (ctx: Ctx, { courseId, pageId }: { readonly courseId: CourseId; readonly pageId: PageId }) =>
  demandThing(ctx, 'content.change', { courseId, kind: pageKind, refId: pageId })

export const httpHandlers: Handlers<typeof contentRoutes> = {
  createPage: async (ctx, input) => {
    await demandMay(ctx, 'content.change', courseContext(input.courseId))
    return { page: await createPage(ctx, input) }
  },
  getPage: async (ctx, input) => {
    const here = await demandMay(ctx, 'course.view', courseContext(input.courseId))
    const { row, item } = await getPage(ctx, input)
    const mayChange = await demandSeen(ctx, here, input.courseId, item)
    return { page: pageOf(row), published: item.published, mayChange }
  },
  changePage: async (ctx, input) => {
    await demandPage(ctx, input)
    return { page: await changePage(ctx, input) }
  },
  pageVersions: async (ctx, input) => {
    await demandPage(ctx, input)
    await getPage(ctx, input)
    return { items: await listPageVersions(ctx, input.pageId) }
  },
  pageVersion: async (ctx, { number, ...ofPage }) => {
    await demandPage(ctx, ofPage)
    const { row } = await getPage(ctx, ofPage)
    return { page: await getPageVersion(row, number) }
  },
  removePage: async (ctx, input) => {
    await demandPage(ctx, input)
    await removePage(ctx, input)
    return {}
  },
  restorePage: async (ctx, input) => {
    await demandPage(ctx, input)
    await restorePage(ctx, input)
    return {}
  },
}
