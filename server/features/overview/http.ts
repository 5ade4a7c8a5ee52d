// The doors of the overview over HTTP: one's own open classes, and what a class came to.
import type { overviewRoutes } from '#protocol/overview.ts'
import { demandHost, hostedRuns } from '#server/features/live/index.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { classFigures } from './queries/figures.ts'
import { roomsNow } from './queries/picture.ts'

export const httpHandlers: Handlers<typeof overviewRoutes> = {
  rooms: async ctx => ({ at: ctx.now.toISOString(), rooms: await roomsNow(ctx, await hostedRuns(ctx)) }),
  figures: async (ctx, { runId }) => {
    await demandHost(ctx, runId)
    return classFigures(ctx, runId)
  },
}
