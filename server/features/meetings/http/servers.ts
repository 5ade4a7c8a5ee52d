// The HTTP door of the servers of meetings: administrators alone.
import type { serverRoutes } from '#protocol/meetings/servers.ts'
import { demandMay, site } from '#server/features/access/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { checkServer } from '../actions/joining.ts'
import { changeServer, createServer, removeServer, restoreServer } from '../actions/servers.ts'
import { getServer, listServers } from '../queries/servers.ts'

const demandKeeper = (ctx: Ctx) => demandMay(ctx, 'site.manage', site)

export const serverHandlers: Handlers<typeof serverRoutes> = {
  list: async ctx => {
    await demandKeeper(ctx)
    return { items: await listServers(ctx) }
  },
  create: async (ctx, input) => {
    await demandKeeper(ctx)
    return { id: await createServer(ctx, input) }
  },
  change: async (ctx, input) => {
    await demandKeeper(ctx)
    await changeServer(ctx, input)
    return {}
  },
  remove: async (ctx, { serverId }) => {
    await demandKeeper(ctx)
    await removeServer(ctx, serverId)
    return {}
  },
  restore: async (ctx, { serverId }) => {
    await demandKeeper(ctx)
    await restoreServer(ctx, serverId)
    return {}
  },
  check: async (ctx, { serverId }) => {
    await demandKeeper(ctx)
    await checkServer(ctx, await getServer(serverId))
    return {}
  },
}
