// The HTTP doors of notifications: everything is about whoever asks.
import type { notificationRoutes } from '#protocol/notifications.ts'
import { accountOf } from '#server/platform/ctx.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { changeSilenced, markAllRead, markRead } from './actions/read.ts'
import { listNotifications, silencedBy } from './queries/list.ts'

export const httpHandlers: Handlers<typeof notificationRoutes> = {
  list: (ctx, input) => listNotifications(ctx, accountOf(ctx.who), input),
  markRead: async (ctx, { notificationId }) => {
    await markRead(ctx, accountOf(ctx.who), notificationId)
    return {}
  },
  markAllRead: async ctx => ({ read: await markAllRead(ctx, accountOf(ctx.who)) }),
  getSettings: async ctx => ({ silenced: await silencedBy(ctx, accountOf(ctx.who)) }),
  changeSettings: async (ctx, { silenced }) => {
    await changeSilenced(ctx, accountOf(ctx.who), silenced)
    return {}
  },
}
