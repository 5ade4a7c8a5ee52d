// Voting, a storm: what a room taps at once is gathered, decided one by one and written together. The number of votes is
// moved by what was really written, under the topic's lock, so that it never drifts. Speaks SQL through ctx.sql only.
import type { Input } from '#protocol/base/call.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { topicCalls } from '#protocol/channels/topic-calls.ts'
import { forumScope, type TopicId, topicScope } from '#protocol/channels/topics.ts'
import { paceOfStorm, tooFast } from '#server/platform/call/pace.ts'
import { accountOf, type WriteCtx } from '#server/platform/ctx.ts'
import type { StormItem } from '#server/platform/feature.ts'
import { type ChannelFacts, channelRights, findChannels } from '../../queries/channel.ts'
import { type ChannelRights, noRights, voteBudget, whyNot } from '../../rules/messages.ts'
import { maySeeTopic, whyClosedTo } from '../../rules/topics.ts'
import type { TopicStanding } from '../../tables/topics.ts'

type VoteInput = Input<typeof topicCalls.vote>
type Item = StormItem<VoteInput>
type Items = readonly Item[]

const waitOf = paceOfStorm<Item>(voteBudget)

interface Target {
  id: TopicId
  channel_id: string
  standing: TopicStanding
  locked: boolean
  votes: number
}

/** The topics that are voted on, locked in order of id to the commit. */
async function targetsOf(ctx: WriteCtx, items: Items): Promise<Map<string, Target>> {
  const rows = await ctx.sql<Target>(
    `select id, channel_id, standing, locked, votes from topics where id = any($1::uuid[])
     order by id for no key update`,
    [[...new Set(items.map(item => item.input.topicId))]],
  )
  return new Map(rows.map(row => [row.id, row]))
}

async function rightsIn(
  ctx: WriteCtx,
  items: Items,
  targets: ReadonlyMap<string, Target>,
  channels: ReadonlyMap<string, ChannelFacts>,
): Promise<Map<string, ChannelRights>> {
  const rights = new Map<string, ChannelRights>()
  for (const channel of channels.values()) {
    const inside = items.filter(item => targets.get(item.input.topicId)?.channel_id === channel.id)
    const accounts = [...new Set(inside.map(item => accountOf(item.ctx.who)))]
    const found = await channelRights(ctx, channel, accounts)
    accounts.forEach((account, index) => {
      rights.set(`${channel.id}/${account}`, found[index] ?? noRights)
    })
  }
  return rights
}

/**
 * Decides and writes a group: each voter's last word counts, and none of somebody who goes too fast. Answers every item with
 * the votes of its topic. Refusals: what `whyNot` answers, what `whyClosedTo` answers, `slow-down`; the storm itself says
 * busy and operation-reused.
 */
export async function voteAll(ctx: WriteCtx, items: Items): Promise<({ votes: number } | Problem)[]> {
  const targets = await targetsOf(ctx, items)
  const channels = await findChannels(ctx, [...new Set([...targets.values()].map(target => target.channel_id))])
  const rights = await rightsIn(ctx, items, targets, channels)
  const refusals = items.map(item => {
    const { input } = item
    const { who, now } = item.ctx
    const target = targets.get(input.topicId)
    const channel = target && channels.get(target.channel_id)
    const own = rights.get(`${target?.channel_id}/${accountOf(who)}`) ?? noRights
    if (!target || !channel || !maySeeTopic(own, target)) return new Problem('not-found')
    const why = whyNot(own, channel, 'react') ?? whyClosedTo(own, target)
    if (why) return new Problem(why)
    const wait = waitOf(item, accountOf(who), now)
    return wait > 0 ? tooFast(wait) : undefined
  })
  const wanted = new Map<string, { topicId: TopicId; accountId: AccountId; on: boolean }>()
  items.forEach(({ ctx: { who }, input }, index) => {
    const accountId = accountOf(who)
    if (!refusals[index]) wanted.set(`${input.topicId}/${accountId}`, { ...input, accountId })
  })
  const moved = new Map<string, number>()
  for (const on of [true, false]) {
    const words = [...wanted.values()].filter(one => one.on === on)
    if (words.length === 0) continue
    const rows = await ctx.sql<{ topic_id: string }>(
      on
        ? `insert into topic_votes (topic_id, account_id) select * from unnest($1::uuid[], $2::uuid[])
           on conflict do nothing returning topic_id`
        : `delete from topic_votes v using unnest($1::uuid[], $2::uuid[]) as w(topic_id, account_id)
           where v.topic_id = w.topic_id and v.account_id = w.account_id returning v.topic_id`,
      [words.map(one => one.topicId), words.map(one => one.accountId)],
    )
    for (const { topic_id } of rows) moved.set(topic_id, (moved.get(topic_id) ?? 0) + (on ? 1 : -1))
  }
  const changed = [...moved].filter(([, by]) => by !== 0)
  if (changed.length > 0) {
    const rows = await ctx.sql<{ id: TopicId; channel_id: string; votes: number }>(
      `update topics t set votes = t.votes + w.moved from unnest($1::uuid[], $2::int[]) as w(id, moved)
       where t.id = w.id returning t.id, t.channel_id, t.votes`,
      [changed.map(([id]) => id), changed.map(([, by]) => by)],
    )
    for (const { id, channel_id, votes } of rows) {
      const target = targets.get(id)
      if (target) target.votes = votes
      ctx.announce(forumScope, channel_id, { kind: 'topicVoted', body: { topicId: id, votes } })
      ctx.announce(topicScope, id, { kind: 'topicVoted', body: { votes } })
    }
  }
  return items.map(({ input }, index) => refusals[index] ?? { votes: targets.get(input.topicId)?.votes ?? 0 })
}
