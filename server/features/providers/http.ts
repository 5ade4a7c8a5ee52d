// The HTTP door of providers: open to whoever signs in, to people about their own connections, and to administrators.

import { filled } from '#protocol/base/addresses.ts'
import { demand } from '#protocol/base/problems.ts'
import { type providerRoutes, returnPath } from '#protocol/providers.ts'
import { demandMay, site } from '#server/features/access/index.ts'
import { demandEveryStep } from '#server/features/factors/index.ts'
import { type Ctx, demandAccount } from '#server/platform/ctx.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { doorOf } from './actions/errands.ts'
import { prepareDisconnect } from './actions/identities.ts'
import { changeProvider, createProvider, removeProvider, restoreProvider } from './actions/providers.ts'
import { prepareAway, prepareFinish } from './actions/sign-in.ts'
import { tryOut } from './actions/trial.ts'
import { findProvider, listIdentities, listProviders, offeredProviders, secretOf } from './queries.ts'

const demandKeeper = (ctx: Ctx) => demandMay(ctx, 'site.manage', site)

/** A guest becomes somebody first. */
function memberId(ctx: Ctx) {
  const { accountId, siteRole } = demandAccount(ctx.who)
  demand(siteRole !== 'guest', 'not-allowed')
  return accountId
}

export const httpHandlers: Handlers<typeof providerRoutes> = {
  offered: async () => ({ items: await offeredProviders() }),
  begin: { prepare: prepareAway },
  connect: {
    prepare: async (ctx, { providerId, password }) => {
      const connects = memberId(ctx)
      await demandEveryStep(ctx, connects, password)
      return prepareAway(ctx, { providerId, connects })
    },
  },
  finish: { prepare: prepareFinish },
  mine: async ctx => ({ items: await listIdentities(ctx, memberId(ctx)), offered: await offeredProviders() }),
  disconnect: { prepare: async (ctx, input) => prepareDisconnect(ctx, memberId(ctx), input) },
  list: async ctx => {
    await demandKeeper(ctx)
    return { items: await listProviders(ctx), origin: doorOf(ctx).asked }
  },
  create: async (ctx, input) => {
    await demandKeeper(ctx)
    return createProvider(ctx, input)
  },
  change: async (ctx, input) => {
    await demandKeeper(ctx)
    return changeProvider(ctx, input)
  },
  remove: async (ctx, { providerId }) => {
    await demandKeeper(ctx)
    await removeProvider(ctx, providerId)
    return {}
  },
  restore: async (ctx, { providerId }) => {
    await demandKeeper(ctx)
    await restoreProvider(ctx, providerId)
    return {}
  },
  test: {
    prepare: async (ctx, { providerId, issuer, clientId, scopes, secret }) => {
      await demandKeeper(ctx)
      const kept = secret === undefined ? await findProvider(providerId) : null
      // A kept secret is shown to whom it was given for, and to nobody else.
      const client = { issuer, clientId, secret: secret ?? (kept?.issuer === issuer ? secretOf(kept) : undefined) }
      const findings = await tryOut(client, scopes, doorOf(ctx).asked + filled(returnPath, { providerId }))
      return async () => ({ findings })
    },
  },
}
