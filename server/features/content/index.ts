// Content: the text pages of a course. Where they stand and who sees them is the business of courses.
import { contentRoutes } from '#protocol/content.ts'
import { registerCourseCopier } from '#server/features/courses/index.ts'
import { registerSearchSource } from '#server/features/search/index.ts'
import { bind, type Feature } from '#server/platform/feature.ts'
import { pagesCopier } from './actions.ts'
import { httpHandlers } from './http.ts'
import { pageSource } from './queries.ts'

export { pages } from './tables.ts'

registerCourseCopier('content', pagesCopier)
registerSearchSource(pageSource)

export const contentFeature: Feature = {
  name: 'content',
  bindings: bind(contentRoutes, httpHandlers),
  account: {
    columns: ['page_versions.by_account'],
    export: async (ctx, accountId) => ({
      pagesSaved: await ctx.sql<object>(
        'select title, version, at from page_versions where by_account = $1 order by at',
        [accountId],
      ),
    }),
    // What somebody wrote for a course is the course's; the name is erased where it stands, with the account.
    erase: async () => undefined,
    merge: async (ctx, from, into) => {
      await ctx.sql('update page_versions set by_account = $2 where by_account = $1', [from, into])
    },
  },
}
