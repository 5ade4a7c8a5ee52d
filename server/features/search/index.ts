// Search: what a person may open, by its title or by any word in it. The words are in `search_entries`, written by the
// database with the things themselves; features above say who may find what they own, and never copy a right.
import { searchRoutes } from '#protocol/search.ts'
import { bind, type Feature } from '#server/platform/feature.ts'
import { httpHandlers } from './http.ts'
import { courseSource, itemSource, personSource } from './queries/courses.ts'
import { registerSearchSource } from './queries/sources.ts'

export { rebuildSearch } from './actions.ts'
export { standsFor } from './queries/courses.ts'
export type { Reader } from './queries/reader.ts'
export { registerSearchSource, type SearchSource } from './queries/sources.ts'

registerSearchSource(courseSource)
registerSearchSource(itemSource)
registerSearchSource(personSource)

export const searchFeature: Feature = {
  name: 'search',
  bindings: bind(searchRoutes, httpHandlers),
}
