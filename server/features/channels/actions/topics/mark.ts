// What a topic is to one person: whether they follow it and how far they have read. Announces nothing: nobody else is
// to know.
import type { Input } from '#protocol/base/call.ts'
import type { topicCalls } from '#protocol/channels/topic-calls.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { accountOf } from '#server/platform/ctx.ts'
import { demandTopic } from '../../queries/topics.ts'

/** Follows a topic, or no longer. Throws `not-found`, and what `demandTopic` throws. */
export async function followTopic(ctx: WriteCtx, { topicId, on }: Input<typeof topicCalls.follow>): Promise<void> {
  await demandTopic(ctx, topicId, 'own marks')
  await ctx.sql(
    on
      ? 'insert into topic_follows (topic_id, account_id) values ($1, $2) on conflict do nothing'
      : 'delete from topic_follows where topic_id = $1 and account_id = $2',
    [topicId, accountOf(ctx.who)],
  )
}

/**
 * Moves the read position of whoever asks forward, never back, and never beyond the last post. Throws `not-found`, and
 * what `demandTopic` throws.
 */
export async function markTopicRead(ctx: WriteCtx, input: Input<typeof topicCalls.markRead>): Promise<void> {
  const { topic } = await demandTopic(ctx, input.topicId, 'own marks')
  await ctx.sql(
    `insert into topic_reads (topic_id, account_id, number) values ($1, $2, $3)
     on conflict (topic_id, account_id) do update set number = excluded.number
     where topic_reads.number < excluded.number`,
    [topic.id, accountOf(ctx.who), Math.min(input.number, topic.last_number ?? 0)],
  )
}
