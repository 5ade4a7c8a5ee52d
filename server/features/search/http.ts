// The HTTP door of the search.

import type { searchRoutes } from '#protocol/search.ts'
import { demandAccount } from '#server/platform/ctx.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { findEverything } from './queries/everything.ts'
import { withinLimits } from './queries/limits.ts'
import { findTitles } from './queries/titles.ts'

export const httpHandlers: Handlers<typeof searchRoutes> = {
  titles: async (ctx, input) => findTitles(ctx, demandAccount(ctx.who), input),
  everything: async (ctx, input) => {
    const who = demandAccount(ctx.who)
    return withinLimits(ctx, who.accountId, inside => findEverything(inside, who, input))
  },
}
