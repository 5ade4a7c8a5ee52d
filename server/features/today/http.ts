// The HTTP door of Today: asks every registered source about the caller.

import type { todayRoutes } from '#protocol/today.ts'
import { ownCourses, todaySources } from '#server/features/courses/index.ts'
import { accountOf } from '#server/platform/ctx.ts'
import { together } from '#server/platform/db/sequelize.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { mostUrgentFirst } from './rules.ts'

export const httpHandlers: Handlers<typeof todayRoutes> = {
  list: async ctx => {
    const accountId = accountOf(ctx.who)
    const own = await ownCourses(ctx, accountId)
    const found = await together(todaySources().map(source => () => source(ctx, accountId, own)))
    return { items: mostUrgentFirst(found.flat()) }
  },
}
