// Observers: parents, guardians and mentors of learners. It keeps who observes whom; what they see is read as the learner,
// by the features that have it. Observers are told in their own scope that there is something new, never in a learner's.
import { observerListRoutes } from '#protocol/observers/list.ts'
import { observerRoutes } from '#protocol/observers.ts'
import { registerFollowers } from '#server/features/accounts/index.ts'
import { bind, type Feature } from '#server/platform/feature.ts'
import { accountHooks } from './actions/account.ts'
import { httpHandlers, listHandlers } from './http.ts'
import { correctedListener } from './listeners.ts'
import { observersOf } from './queries/links.ts'

export { guardedBy } from './queries/links.ts'

registerFollowers(observersOf)

export const observersFeature: Feature = {
  name: 'observers',
  neverPreviewed: true,
  bindings: [...bind(observerListRoutes, listHandlers), ...bind(observerRoutes, httpHandlers)],
  listeners: [correctedListener],
  account: accountHooks,
}
