// The routes of talk over HTTP: pages of messages and how much is unread.
import type { channelRoutes } from '#protocol/channels.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { listMessages, unreadOf } from './queries.ts'

export const httpHandlers: Handlers<typeof channelRoutes> = {
  messages: listMessages,
  unread: (ctx, { channelId }) => unreadOf(ctx, channelId),
}
