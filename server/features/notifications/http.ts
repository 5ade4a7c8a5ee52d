// The HTTP doors of notifications: everything is about whoever asks.
import type { notificationRoutes } from '#protocol/notifications.ts'
import { accountOf } from '#server/platform/ctx.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { mailIsSetUp } from '#server/platform/mail/mailer.ts'
import { changeMail, leaverOf } from './actions/mail.ts'
import { changeSilenced, markAllRead, markRead } from './actions/read.ts'
import { listNotifications, rhythmOf, silencedBy } from './queries/list.ts'

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
  getMail: async ctx => ({ rhythm: await rhythmOf(ctx, accountOf(ctx.who)), setUp: mailIsSetUp() }),
  changeMail: async (ctx, { rhythm }) => {
    await changeMail(ctx, accountOf(ctx.who), rhythm)
    return {}
  },
  leaveMail: async (ctx, { token, rhythm }) => ({ before: await changeMail(ctx, leaverOf(token), rhythm) }),
}
