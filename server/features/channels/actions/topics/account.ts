// What forums owe a person whose posts and votes they keep: a copy, forgetting, and moving to another account. Votes
// stay counted when their person is forgotten: nothing says any more whose they were.
import * as z from 'zod/mini'
import { type AccountId, accountId as accountIdSchema } from '#protocol/base/ids.ts'
import { type TopicId, topicId as topicIdSchema } from '#protocol/channels/topics.ts'
import type { AccountHooks, JobBinding } from '#server/platform/feature.ts'
import { retellTopic, topicsNaming } from './retell.ts'
import { eraseFromTopic, recountVotes } from './words.ts'

const eraseData = z.object({ topicId: topicIdSchema, accountId: accountIdSchema })
const retellData = z.object({ topicId: topicIdSchema, before: z.enum(['keep', 'forget']) })
const recountData = z.object({ topicId: topicIdSchema })

/** One topic a job: forgetting somebody may concern more topics than one action announces to. */
export const eraseTopicJob: JobBinding = {
  name: 'channels.erase-topic',
  run: async (ctx, data) => {
    const { topicId, accountId } = z.parse(eraseData, data)
    await eraseFromTopic(ctx, topicId, accountId)
  },
}

/** After a person took another name, or became another account. */
export const retellTopicJob: JobBinding = {
  name: 'channels.retell-topic',
  run: async (ctx, data) => {
    const { topicId, before } = z.parse(retellData, data)
    await retellTopic(ctx, topicId, before)
  },
}

export const recountJob: JobBinding = {
  name: 'channels.recount',
  run: async (ctx, data) => recountVotes(ctx, z.parse(recountData, data).topicId),
}

export const topicAccountHooks: AccountHooks = {
  columns: ['topics.author_id', 'topic_votes.account_id', 'topic_follows.account_id', 'topic_reads.account_id'],
  export: async (ctx, accountId) => ({
    topics: await ctx.sql<object>(
      `select t.id, c.title as forum, t.title, t.created_at, t.standing, t.alias_id is not null as anonymous
       from topics t join channels c on c.id = t.channel_id where t.author_id = $1 order by t.created_at, t.id`,
      [accountId],
    ),
    votes: await ctx.sql<object>('select topic_id from topic_votes where account_id = $1', [accountId]),
    follows: await ctx.sql<object>('select topic_id from topic_follows where account_id = $1', [accountId]),
  }),
  erase: async (ctx, accountId) => {
    for (const table of ['topic_follows', 'topic_reads'])
      await ctx.sql(`delete from ${table} where account_id = $1`, [accountId])
    for (const topicId of await topicsNaming(ctx, accountId)) await ctx.enqueue(eraseTopicJob, { topicId, accountId })
  },
  renamed: async (ctx, accountId) => {
    for (const topicId of await topicsNaming(ctx, accountId))
      await ctx.enqueue(retellTopicJob, { topicId, before: 'keep' })
  },
  merge: async (ctx, from: AccountId, into: AccountId) => {
    for (const topicId of await topicsNaming(ctx, from))
      await ctx.enqueue(retellTopicJob, { topicId, before: 'forget' })
    await ctx.sql('update topics set author_id = $2 where author_id = $1', [from, into])
    const both = await ctx.sql<{ topic_id: TopicId }>(
      `select topic_id from topic_votes where account_id = $1
       intersect select topic_id from topic_votes where account_id = $2`,
      [from, into],
    )
    for (const table of ['topic_votes', 'topic_follows']) {
      await ctx.sql(
        `insert into ${table} (topic_id, account_id) select topic_id, $2 from ${table} where account_id = $1
         on conflict do nothing`,
        [from, into],
      )
      await ctx.sql(`delete from ${table} where account_id = $1`, [from])
    }
    await ctx.sql(
      `insert into topic_reads (topic_id, account_id, number)
       select topic_id, $2, number from topic_reads where account_id = $1 on conflict do nothing`,
      [from, into],
    )
    await ctx.sql('delete from topic_reads where account_id = $1', [from])
    for (const row of both) await ctx.enqueue(recountJob, { topicId: row.topic_id })
  },
}
