// People: who they are, how they come in, on which devices they are signed in. Its public face.

import * as z from 'zod/mini'
import { userScope } from '#protocol/accounts.ts'
import { type AccountId, accountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import { bindScope, type Feature } from '#server/platform/feature.ts'
import { bumpUser } from './actions/accounts.ts'
import { dropExpiredSessions } from './actions/sessions.ts'
import { userState } from './queries.ts'

export { bumpUser, bumpUsers, createGuest, createMember } from './actions/accounts.ts'
export { eraseAccount, exportAccount, mergeAccounts, registerAccountHooks } from './actions/hooks.ts'
export { createSession } from './actions/sessions.ts'
export { currentAccountId, findByEmail, getAccount, identify } from './queries.ts'
export { accounts } from './tables.ts'

const bumpData = z.object({ accountIds: z.array(accountId), what: z.enum(['courses', 'grades']) })

export const accountsFeature: Feature = {
  name: 'accounts',
  scopes: [
    bindScope(userScope, {
      admit: async (ctx, id) => {
        demand(ctx.who.kind === 'account', 'not-signed-in')
        demand(ctx.who.accountId === id, 'not-found')
      },
      snapshot: (_ctx, id) => userState(id as AccountId),
    }),
  ],
  jobs: [
    {
      name: 'accounts.bump',
      run: async (ctx, data) => {
        const { accountIds, what } = z.parse(bumpData, data)
        for (const id of accountIds) await bumpUser(ctx, id, what)
      },
    },
  ],
  tickers: [{ name: 'accounts.expire', everyMs: 600_000, run: dropExpiredSessions }],
}
