// The HTTP door of text pages: asks for the right, then calls the action or query.
import { demand } from '#protocol/base/problems.ts'
import type { contentRoutes } from '#protocol/content.ts'
import { demandMay, may } from '#server/features/access/index.ts'
import { demandOpen } from '#server/features/conditions/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { changePage, createPage, removePage, restorePage } from './actions.ts'
import { getPage, getPageVersion, listPageVersions, pageKind, pageOf } from './queries.ts'

export const httpHandlers: Handlers<typeof contentRoutes> = {
  createPage: async (ctx, input) => {
    await demandMay(ctx, 'content.change', courseContext(input.courseId))
    return { page: await createPage(ctx, input) }
  },
  getPage: async (ctx, input) => {
    const context = courseContext(input.courseId)
    await demandMay(ctx, 'course.view', context)
    const { row, item } = await getPage(ctx, input)
    const mayChange = await may(ctx, 'content.change', context)
    // A page that is not released is, for learners, not there.
    demand(item.published || mayChange, 'not-found')
    if (!mayChange) await demandOpen(ctx, input.courseId, { kind: pageKind, refId: row.id })
    return { page: pageOf(row), published: item.published, mayChange }
  },
  changePage: async (ctx, input) => {
    await demandMay(ctx, 'content.change', courseContext(input.courseId))
    return { page: await changePage(ctx, input) }
  },
  pageVersions: async (ctx, input) => {
    await demandMay(ctx, 'content.change', courseContext(input.courseId))
    await getPage(ctx, input)
    return { items: await listPageVersions(ctx, input.pageId) }
  },
  pageVersion: async (ctx, { number, ...ofPage }) => {
    await demandMay(ctx, 'content.change', courseContext(ofPage.courseId))
    const { row } = await getPage(ctx, ofPage)
    return { page: await getPageVersion(row, number) }
  },
  removePage: async (ctx, input) => {
    await demandMay(ctx, 'content.change', courseContext(input.courseId))
    await removePage(ctx, input)
    return {}
  },
  restorePage: async (ctx, input) => {
    await demandMay(ctx, 'content.change', courseContext(input.courseId))
    await restorePage(ctx, input)
    return {}
  },
}
