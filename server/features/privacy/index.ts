// What people may ask about their own data: a copy to take away and the end of their account; and how long
// things are kept. It writes no other
// feature's tables: what is kept, erased or given out is said by the account hooks of each.
import { demand } from '#protocol/base/problems.ts'
import { privacyRoutes, privacyScope } from '#protocol/privacy.ts'
import { registerTodaySource } from '#server/features/courses/index.ts'
import { accountOf } from '#server/platform/ctx.ts'
import { bind, bindScope, type Feature } from '#server/platform/feature.ts'
import { accountHooks } from './actions/account.ts'
import { eraseJob, proveJob } from './actions/erasure.ts'
import { dropExpired, dropFileJob, exportJob } from './actions/export.ts'
import { lookForNight, nightJob } from './actions/retention.ts'
import { httpHandlers } from './http.ts'
import { ownData } from './queries/own.ts'
import { erasuresToday } from './queries/today.ts'

registerTodaySource(erasuresToday)

export const privacyFeature: Feature = {
  name: 'privacy',
  neverPreviewed: true,
  bindings: bind(privacyRoutes, httpHandlers),
  scopes: [
    bindScope(privacyScope, {
      admit: async (ctx, id) => {
        demand(accountOf(ctx.who) === id, 'not-found')
      },
      entry: { noneKept: 'it is about one person, who is in it from their first day' },
      snapshot: ownData,
    }),
  ],
  jobs: [exportJob, dropFileJob, eraseJob, proveJob, nightJob],
  tickers: [
    { name: 'privacy.expire', everyMs: 600_000, run: dropExpired },
    { name: 'privacy.night', everyMs: 600_000, run: lookForNight },
  ],
  account: accountHooks,
}
