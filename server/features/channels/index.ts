// Talk: channels and their messages. Every course has three from its first day, and people open their own; for other
// channels whoever opens them says whom they belong to, through registerChannelContext.

import { demand } from '#protocol/base/problems.ts'
import { attachmentRoutes } from '#protocol/channels/attachment-routes.ts'
import { forumRoutes } from '#protocol/channels/forums.ts'
import { inboxRoutes, inboxScope } from '#protocol/channels/inbox.ts'
import { topicCalls, topicRoutes } from '#protocol/channels/topic-calls.ts'
import { forumScope, forumStaffScope, topicScope } from '#protocol/channels/topics.ts'
import { channelCalls, channelRoutes, channelScope } from '#protocol/channels.ts'
import {
  registerCourseCompanion,
  registerCoursePart,
  registerCourseShut,
  registerTodaySource,
} from '#server/features/courses/index.ts'
import { registerUploadKind } from '#server/features/files/index.ts'
import { registerSearchSource } from '#server/features/search/index.ts'
import { accountOf } from '#server/platform/ctx.ts'
import { bind, bindScope, type Feature } from '#server/platform/feature.ts'
import { accountHooks } from './actions/account.ts'
import { announcedJob } from './actions/announced.ts'
import { attachmentKind, attachmentUploads, dropUnsent } from './actions/attach.ts'
import { channelsOfCourse } from './actions/create.ts'
import { eraseJob } from './actions/erase.ts'
import { retellReadsJob } from './actions/mark.ts'
import { retellJob } from './actions/names.ts'
import { forumsPart, judgeAnew } from './actions/placed.ts'
import { eraseTopicJob, recountJob, retellTopicJob } from './actions/topics/account.ts'
import { attachmentHandlers } from './http/attachments.ts'
import { httpHandlers, inboxHandlers } from './http/channels.ts'
import { forumHandlers } from './http/placed.ts'
import { topicHttpHandlers } from './http/topics.ts'
import { demandRead, getChannel } from './queries/channel.ts'
import { registerChannelContext } from './queries/context.ts'
import { courseChannels } from './queries/course.ts'
import { directChannels } from './queries/direct.ts'
import { talkSource } from './queries/findable.ts'
import { inboxState } from './queries/inbox.ts'
import { channelState } from './queries/messages.ts'
import { forumKind, placedForums } from './queries/placed.ts'
import { unreadToday } from './queries/today.ts'
import { forumStaffState } from './queries/topic-staff.ts'
import { admitToTopic, demandForumStaff, forumState, getForum, topicState } from './queries/topics.ts'
import { socketHandlers } from './socket/handlers.ts'
import { headsHooks, headsNow, headsStale, startHeads } from './socket/heads.ts'
import { topicSocketHandlers } from './socket/topics.ts'

export { startAttachment } from './actions/attach.ts'
export { closeChannel } from './actions/channel.ts'
export { createChannel } from './actions/create.ts'
export { takeOldWords } from './actions/old.ts'
export { reactToMessages } from './actions/react.ts'
export { sendMessages } from './actions/send.ts'
export { createForum } from './actions/topics/forum.ts'
export { type ForumOrigin, registerForumOrigin } from './actions/topics/post.ts'
export { voteAll } from './actions/topics/vote.ts'
export { findCourseChannel } from './queries/channel.ts'
export { type ChannelContext, registerChannelContext } from './queries/context.ts'
export {
  channelPlace,
  type ReadableMessage,
  readableMessages,
  readersIn,
  topicPlace,
} from './queries/places.ts'
export { followersOf, listTopicsIn } from './queries/topic-lists.ts'
export { type ChannelRights, noRights } from './rules/messages.ts'
export { attachments } from './tables/attachments.ts'
export { channels, mentions, messages, reads } from './tables/channels.ts'
export { topics, topicVotes } from './tables/topics.ts'

registerChannelContext('course', courseChannels)
registerChannelContext('direct', directChannels)
registerChannelContext(forumKind, placedForums)
registerCoursePart('channels', forumsPart)
registerCourseCompanion('channels', channelsOfCourse)
registerCourseShut(judgeAnew)
registerTodaySource(unreadToday)
registerSearchSource(talkSource)
registerUploadKind(attachmentKind, attachmentUploads)

const wholeHistory = { noneKept: 'whoever may read here may read all of it, page by page, as it is now' }

export const channelsFeature: Feature = {
  name: 'channels',
  neverPreviewed: true,
  bindings: [
    ...bind(channelCalls, socketHandlers),
    ...bind(channelRoutes, httpHandlers),
    ...bind(inboxRoutes, inboxHandlers),
    ...bind(forumRoutes, forumHandlers),
    ...bind(attachmentRoutes, attachmentHandlers),
    ...bind(topicCalls, topicSocketHandlers),
    ...bind(topicRoutes, topicHttpHandlers),
  ],
  scopes: [
    bindScope(channelScope, {
      admit: async (ctx, id) => {
        const channel = await getChannel(ctx, id)
        await demandRead(ctx, channel)
        // Posts are heard with their topics.
        demand(channel.form !== 'forum', 'not-found')
      },
      entry: wholeHistory,
      snapshot: channelState,
    }),
    bindScope(forumScope, {
      admit: async (ctx, id) => {
        await demandRead(ctx, await getForum(ctx, id))
      },
      entry: wholeHistory,
      snapshot: forumState,
    }),
    bindScope(topicScope, { admit: admitToTopic, entry: wholeHistory, snapshot: topicState }),
    bindScope(forumStaffScope, { admit: demandForumStaff, entry: wholeHistory, snapshot: forumStaffState }),
    bindScope(inboxScope, {
      admit: async (ctx, id) => {
        demand(accountOf(ctx.who) === id, 'not-found')
        // Asked again when rights change: with them, perhaps, which channels there are.
        headsStale(id)
      },
      entry: { noneKept: 'it is about one person, who is in it from their first day' },
      snapshot: inboxState,
      fleeting: headsNow,
      ...headsHooks,
    }),
  ],
  jobs: [eraseJob, retellJob, retellReadsJob, announcedJob, eraseTopicJob, retellTopicJob, recountJob],
  tickers: [{ name: 'channels.unsent', everyMs: 600_000, run: dropUnsent }],
  account: accountHooks,
  start: async services => startHeads(services),
}
