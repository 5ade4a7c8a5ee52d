// The HTTP doors of notifications: everything is about whoever asks.
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { notificationRoutes } from '#protocol/notifications.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { changeSilenced, markAllRead, markRead } from './actions/read.ts'
import { listNotifications, silencedBy } from './queries.ts'

function asker(ctx: Ctx): AccountId {
  if (ctx.who.kind !== 'account') throw new Problem('not-signed-in')
  return ctx.who.accountId
}

export const httpHandlers: Handlers<typeof notificationRoutes> = {
  list: (ctx, input) => listNotifications(ctx, asker(ctx), input),
  markRead: async (ctx, { notificationId }) => {
    await markRead(ctx, asker(ctx), notificationId)
    return {}
  },
  markAllRead: async ctx => ({ read: await markAllRead(ctx, asker(ctx)) }),
  getSettings: async ctx => ({ silenced: await silencedBy(ctx, asker(ctx)) }),
  changeSettings: async (ctx, { silenced }) => {
    await changeSilenced(ctx, asker(ctx), silenced)
    return {}
  },
}
