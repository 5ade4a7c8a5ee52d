// The HTTP door of second steps. Decides nothing: it asks who it is and calls the action.
import { demand } from '#protocol/base/problems.ts'
import type { passkeyRoutes } from '#protocol/factors/passkeys.ts'
import type { factorRoutes } from '#protocol/factors.ts'
import { demandMay, may, site } from '#server/features/access/index.ts'
import { getAccount } from '#server/features/accounts/index.ts'
import { type Ctx, demandAccount } from '#server/platform/ctx.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { prepareBegin, prepareRemove, prepareRenewal, resetFactors } from './actions/app.ts'
import * as passkeyActions from './actions/passkeys.ts'
import { changePolicy } from './actions/policy.ts'
import { beginDue, prepareConfirm, prepareConfirmDue, prepareFinish } from './actions/steps.ts'
import { countRecovery, currentPolicy, findApp, isRequired, listPasskeys, passkeyView } from './queries.ts'
import { mayReset, passkeyHost } from './rules.ts'

/** A guest has no password to add a step to. */
function memberId(ctx: Ctx) {
  const { accountId, siteRole } = demandAccount(ctx.who)
  demand(siteRole !== 'guest', 'not-allowed')
  return accountId
}

export const httpHandlers: Handlers<typeof factorRoutes> = {
  get: async ctx => {
    const accountId = memberId(ctx)
    return {
      app: (await findApp(accountId))?.confirmedAt?.toISOString() ?? null,
      passkeys: (await listPasskeys(accountId)).map(passkeyView),
      passkeysHere: passkeyHost(ctx.session?.asked ?? '') !== undefined,
      recoveryLeft: await countRecovery(ctx, accountId),
      required: await isRequired(ctx, accountId),
      policy: (await may(ctx, 'site.manage', site)) ? await currentPolicy(ctx) : null,
    }
  },
  begin: { prepare: async (ctx, input) => prepareBegin(ctx, memberId(ctx), input) },
  confirm: { prepare: async (ctx, input) => prepareConfirm(ctx, memberId(ctx), input) },
  remove: { prepare: async (ctx, input) => prepareRemove(ctx, memberId(ctx), input) },
  renewRecovery: { prepare: async (ctx, input) => prepareRenewal(ctx, memberId(ctx), input) },
  finish: { prepare: prepareFinish },
  beginDue: (ctx, { ticket }) => beginDue(ctx, ticket),
  confirmDue: { prepare: prepareConfirmDue },
  changePolicy: async (ctx, { policy }) => {
    await demandMay(ctx, 'site.manage', site)
    await changePolicy(ctx, policy)
    return {}
  },
  reset: async (ctx, { accountId }) => {
    await demandMay(ctx, 'account.manage', site)
    demand(mayReset(demandAccount(ctx.who), await getAccount(accountId)), 'not-allowed')
    await resetFactors(ctx, accountId)
    return {}
  },
}

export const passkeyHandlers: Handlers<typeof passkeyRoutes> = {
  beginPasskey: { prepare: async (ctx, input) => passkeyActions.prepareBegin(ctx, memberId(ctx), input) },
  addPasskey: { prepare: async (ctx, input) => passkeyActions.prepareAdd(ctx, memberId(ctx), input) },
  renamePasskey: async (ctx, input) => {
    await passkeyActions.renamePasskey(ctx, memberId(ctx), input)
    return {}
  },
  removePasskey: { prepare: async (ctx, input) => passkeyActions.prepareRemove(ctx, memberId(ctx), input) },
  beginPasskeyDue: { prepare: passkeyActions.prepareBeginDue },
  addPasskeyDue: { prepare: passkeyActions.prepareAddDue },
  askPasskey: { prepare: passkeyActions.prepareAsk },
  enterByPasskey: { prepare: passkeyActions.prepareEnter },
}
