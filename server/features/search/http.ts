// The HTTP door of the search.
import { Problem } from '#protocol/base/problems.ts'
import type { searchRoutes } from '#protocol/search.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { findEverything } from './queries/everything.ts'
import { findTitles } from './queries/titles.ts'

export const httpHandlers: Handlers<typeof searchRoutes> = {
  titles: async (ctx, input) => {
    if (ctx.who.kind !== 'account') throw new Problem('not-signed-in')
    return findTitles(ctx, ctx.who, input)
  },
  everything: async (ctx, input) => {
    if (ctx.who.kind !== 'account') throw new Problem('not-signed-in')
    return findEverything(ctx, ctx.who, input)
  },
}
