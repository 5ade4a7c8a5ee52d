// Links: addresses elsewhere, placed in a course. Where they stand and who sees them is the business of courses.
import { linkRoutes } from '#protocol/links.ts'
import { registerCoursePart } from '#server/features/courses/index.ts'
import { bind, type Feature } from '#server/platform/feature.ts'
import { linksPart } from './actions.ts'
import { httpHandlers } from './http.ts'

registerCoursePart('links', linksPart)

export const linksFeature: Feature = {
  name: 'links',
  bindings: bind(linkRoutes, httpHandlers),
}
