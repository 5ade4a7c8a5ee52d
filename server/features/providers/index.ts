// Sign-in by providers elsewhere (OpenID Connect): which there are, and who is connected there, by issuer and subject.
import { providerRoutes } from '#protocol/providers.ts'
import { registerWayIn } from '#server/features/accounts/index.ts'
import { registerAuditNaming } from '#server/features/audit/index.ts'
import { bind, type Feature } from '#server/platform/feature.ts'
import { dropIdentities, moveIdentities } from './actions/identities.ts'
import { httpHandlers } from './http.ts'
import { exportIdentities, providerNames, usableIdentities } from './queries.ts'

registerAuditNaming('provider', providerNames)
registerWayIn(() => usableIdentities)

export const providersFeature: Feature = {
  name: 'providers',
  neverPreviewed: true,
  bindings: bind(providerRoutes, httpHandlers),
  account: {
    columns: ['identities.account_id'],
    export: async (_ctx, accountId) => ({ connections: await exportIdentities(accountId) }),
    erase: dropIdentities,
    merge: moveIdentities,
  },
}
