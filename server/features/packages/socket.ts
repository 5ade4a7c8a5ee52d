// The call of packages over the socket: what a part told while its learner was offline is said afterwards.
import type { packageCalls } from '#protocol/packages.ts'
import { accountOf } from '#server/platform/ctx.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { keepTold } from './actions/sittings.ts'
import { demandKept, toldTo } from './http/rights.ts'
import { packageOfAttempt } from './queries/attempts.ts'

export const socketHandlers: Handlers<typeof packageCalls> = {
  commit: async (ctx, input) => {
    const accountId = accountOf(ctx.who)
    const row = await packageOfAttempt(accountId, input.attemptId)
    await demandKept(ctx, row)
    return { own: await toldTo(ctx, row, accountId, await keepTold(ctx, accountId, input)) }
  },
}
