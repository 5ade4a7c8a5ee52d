// The second step of a sign-in: an authenticator app, passkeys, recovery codes, and who must have one. Tells accounts to
// ask for it after the password. A passkey is a way in of its own, too.
import { passkeyRoutes } from '#protocol/factors/passkeys.ts'
import { factorRoutes } from '#protocol/factors.ts'
import { registerSignInStep, registerWayIn } from '#server/features/accounts/index.ts'
import { bind, type Feature } from '#server/platform/feature.ts'
import { dropFactors } from './actions/app.ts'
import { nextStep } from './actions/steps.ts'
import { httpHandlers, passkeyHandlers } from './http.ts'
import { countRecovery, findApp, listPasskeys, passkeysOf, passkeyView } from './queries.ts'

export { demandEveryStep } from './actions/codes.ts'

registerSignInStep(nextStep)
registerWayIn(passkeysOf)

export const factorsFeature: Feature = {
  name: 'factors',
  neverPreviewed: true,
  bindings: [...bind(factorRoutes, httpHandlers), ...bind(passkeyRoutes, passkeyHandlers)],
  account: {
    columns: ['totp_factors.account_id', 'recovery_codes.account_id', 'passkeys.account_id'],
    export: async (ctx, accountId) => ({
      app: (await findApp(accountId))?.confirmedAt ?? null,
      passkeys: (await listPasskeys(accountId)).map(passkeyView),
      recoveryCodesLeft: await countRecovery(ctx, accountId),
    }),
    erase: dropFactors,
    // The account that stays is entered by its own steps alone.
    merge: (ctx, from) => dropFactors(ctx, from),
  },
}
