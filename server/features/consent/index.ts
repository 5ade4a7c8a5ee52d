// Consent: a text of the school that whoever signs in agrees to before anything else is open, kept with version and time.
// Whether somebody has is read with their session; the dispatcher refuses what is not open before.
import { consentRoutes } from '#protocol/consent.ts'
import { bind, type Feature } from '#server/platform/feature.ts'
import { accountHooks } from './actions/account.ts'
import { httpHandlers } from './http.ts'

export { openWhileOwing } from './rules.ts'

export const consentFeature: Feature = {
  name: 'consent',
  neverPreviewed: true,
  bindings: bind(consentRoutes, httpHandlers),
  account: accountHooks,
}
