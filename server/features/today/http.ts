// The HTTP door of Today: asks every registered source about the caller.
import { Problem } from '#protocol/base/problems.ts'
import type { todayRoutes } from '#protocol/today.ts'
import { todaySources } from '#server/features/courses/index.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { mostUrgentFirst } from './rules.ts'

export const httpHandlers: Handlers<typeof todayRoutes> = {
  list: async ctx => {
    if (ctx.who.kind !== 'account') throw new Problem('not-signed-in')
    const { accountId } = ctx.who
    const found = await Promise.all(todaySources().map(source => source(ctx, accountId)))
    return { items: mostUrgentFirst(found.flat()) }
  },
}
