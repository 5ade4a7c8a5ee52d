// The routes of forums over HTTP: lists, pages of replies, what a topic is to one person.
import type { topicRoutes } from '#protocol/channels/topic-calls.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { listTopics, ownMarks, unreadTopics } from '../queries/topic-lists.ts'
import { ownWaiting, topicForStaff } from '../queries/topic-staff.ts'
import { topicPosts } from '../queries/topics.ts'

export const topicHttpHandlers: Handlers<typeof topicRoutes> = {
  list: listTopics,
  own: (ctx, { topicId }) => ownMarks(ctx, topicId),
  posts: topicPosts,
  authors: (ctx, { topicId }) => topicForStaff(ctx, topicId),
  waiting: async (ctx, { channelId }) => ({ items: await ownWaiting(ctx, channelId) }),
  unread: unreadTopics,
}
