// Today: one list of what asks for a person's attention. It knows no feature; they register what they have to say.
import { todayRoutes } from '#protocol/today.ts'
import { bind, type Feature } from '#server/platform/feature.ts'
import { httpHandlers } from './http.ts'
import { todayListener } from './listeners.ts'

export const todayFeature: Feature = {
  name: 'today',
  bindings: bind(todayRoutes, httpHandlers),
  listeners: [todayListener],
}
