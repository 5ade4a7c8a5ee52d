// Content: the text pages of a course. Where they stand and who sees them is the business of courses.
import { contentRoutes } from '#protocol/content.ts'
import { bind, type Feature } from '#server/platform/feature.ts'
import { httpHandlers } from './http.ts'

export { pages } from './tables.ts'

export const contentFeature: Feature = { name: 'content', bindings: bind(contentRoutes, httpHandlers) }
