// Forums themselves: opening one, and how it works. Each change leaves a trace.
import type { Input } from '#protocol/base/call.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { topicCalls } from '#protocol/channels/topic-calls.ts'
import { type ForumPolicy, forumScope } from '#protocol/channels/topics.ts'
import type { Channel, ChannelId } from '#protocol/channels.ts'
import { audit } from '#server/features/audit/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { contextOf } from '../../queries/context.ts'
import { demandForumStaff, getForum, policyOf } from '../../queries/topics.ts'
import { createChannel } from '../create.ts'

/** Opens a forum with a policy of its own. Rights are the caller's to ask. */
export async function createForum(
  ctx: WriteCtx,
  input: { contextKind: string; contextId: string; title: string; policy: ForumPolicy },
): Promise<Channel> {
  const { policy, ...place } = input
  const channel = await createChannel(ctx, { form: 'forum', ...place })
  await writePolicy(ctx, channel.id, policy)
  return channel
}

/**
 * Decides how a forum works from now on. Throws what `demandForumStaff` and the context of the forum throw, and `conflict` with the current policy for a
 * version that has passed.
 */
export async function changePolicy(ctx: WriteCtx, input: Input<typeof topicCalls.changePolicy>): Promise<void> {
  const { channelId, version, anonymous, approval, openers } = input
  await demandForumStaff(ctx, channelId)
  // One after the other: the row may not be there yet.
  await ctx.sql('select id from channels where id = $1 for no key update', [channelId])
  const current = await policyOf(ctx, channelId)
  if (current.version !== version) throw new Problem('conflict', { params: { current } })
  await writePolicy(ctx, channelId, { anonymous, approval, openers, version: version + 1 })
  const forum = await getForum(ctx, channelId)
  const { courseId } = await contextOf(forum.context_kind).about(ctx, forum.context_id)
  await audit.record(ctx, {
    verb: 'forum.changed',
    subject: { kind: 'channel', id: channelId },
    ...(courseId === null ? {} : { context: courseContext(courseId) }),
    details: { title: forum.title, anonymous, approval, openers },
  })
  const policy = await policyOf(ctx, channelId)
  ctx.announce(forumScope, channelId, {
    kind: 'forumChanged',
    body: { forum: { channelId: forum.id, title: forum.title, open: forum.open, policy } },
  })
}

async function writePolicy(ctx: WriteCtx, channelId: ChannelId | string, policy: ForumPolicy): Promise<void> {
  await ctx.sql(
    `insert into forum_policies (channel_id, anonymous, approval, openers, version) values ($1, $2, $3, $4, $5)
     on conflict (channel_id) do update set anonymous = excluded.anonymous, approval = excluded.approval,
       openers = excluded.openers, version = excluded.version`,
    [channelId, policy.anonymous, policy.approval, policy.openers, policy.version],
  )
}
