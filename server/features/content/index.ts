// Content: the text pages of a course. Where they stand and who sees them is the business of courses.
import { contentRoutes } from '#protocol/content.ts'
import { registerCoursePart } from '#server/features/courses/index.ts'
import { registerSearchSource } from '#server/features/search/index.ts'
import { bind, type Feature } from '#server/platform/feature.ts'
import { accountHooks, pagesPart } from './actions.ts'
import { httpHandlers } from './http.ts'
import { pageSource } from './queries.ts'

export { getPage } from './queries.ts'
export { pages } from './tables.ts'

registerCoursePart('content', pagesPart)
registerSearchSource(pageSource)

export const contentFeature: Feature = {
  name: 'content',
  bindings: bind(contentRoutes, httpHandlers),
  account: accountHooks,
}
