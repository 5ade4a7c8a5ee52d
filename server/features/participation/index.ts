// Participation: who took part in what, by week. It owns nothing: every number is counted from the record.
import { participationRoutes } from '#protocol/participation.ts'
import { bind, type Feature } from '#server/platform/feature.ts'
import { httpHandlers } from './http.ts'

export const participationFeature: Feature = {
  name: 'participation',
  bindings: bind(participationRoutes, httpHandlers),
}
