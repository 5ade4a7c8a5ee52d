// Search: goes by titles to what a person may open. It owns no tables and reads those of the features below it.
import { searchRoutes } from '#protocol/search.ts'
import { bind, type Feature } from '#server/platform/feature.ts'
import { httpHandlers } from './http.ts'

export const searchFeature: Feature = {
  name: 'search',
  bindings: bind(searchRoutes, httpHandlers),
}
