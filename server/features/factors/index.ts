// The second step of a sign-in: an authenticator app with recovery codes, and who must have one. Tells accounts to ask
// for it after the password.
import { factorRoutes } from '#protocol/factors.ts'
import { registerSignInStep } from '#server/features/accounts/index.ts'
import { bind, type Feature } from '#server/platform/feature.ts'
import { dropFactors } from './actions/app.ts'
import { nextStep } from './actions/steps.ts'
import { httpHandlers } from './http.ts'
import { countRecovery, findApp } from './queries.ts'

registerSignInStep(nextStep)

export const factorsFeature: Feature = {
  name: 'factors',
  bindings: bind(factorRoutes, httpHandlers),
  account: {
    columns: ['totp_factors.account_id', 'recovery_codes.account_id'],
    export: async (ctx, accountId) => ({
      app: (await findApp(accountId))?.confirmedAt ?? null,
      recoveryCodesLeft: await countRecovery(ctx, accountId),
    }),
    erase: dropFactors,
    // The account that stays is entered by its own steps alone.
    merge: (ctx, from) => dropFactors(ctx, from),
  },
}
