// The network check: what a room's network lets through, for a teacher to know in ten seconds. It owns no tables.
import { checkRoutes } from '#protocol/check.ts'
import { bind, type Feature } from '#server/platform/feature.ts'
import { httpHandlers } from './http.ts'

export const checkFeature: Feature = {
  name: 'check',
  bindings: bind(checkRoutes, httpHandlers),
}
