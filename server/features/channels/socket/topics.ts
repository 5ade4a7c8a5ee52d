// The calls of forums over the socket.
import type { topicCalls } from '#protocol/channels/topic-calls.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { acceptAnswer, retitleTopic, settleTopic } from '../actions/topics/answer.ts'
import { changePolicy } from '../actions/topics/forum.ts'
import { followTopic, markTopicRead } from '../actions/topics/mark.ts'
import { hideTopic, lockTopic, mergeTopics, pinTopic } from '../actions/topics/moderate.ts'
import { decidePost, postTopic, replyToTopic } from '../actions/topics/post.ts'
import { voteAll } from '../actions/topics/vote.ts'

/** An action whose acknowledgement says nothing but that it is done. */
const done =
  <I>(action: (ctx: WriteCtx, input: I) => Promise<void>) =>
  async (ctx: WriteCtx, input: I) => {
    await action(ctx, input)
    return {}
  }

export const topicSocketHandlers: Handlers<typeof topicCalls> = {
  post: postTopic,
  reply: replyToTopic,
  retitle: done(retitleTopic),
  vote: { storm: voteAll },
  follow: done(followTopic),
  accept: done(acceptAnswer),
  settle: done(settleTopic),
  pin: done(pinTopic),
  lock: done(lockTopic),
  hide: done(hideTopic),
  decide: done(decidePost),
  merge: done(mergeTopics),
  markRead: done(markTopicRead),
  changePolicy: done(changePolicy),
}
