// Reactions, a storm as sending is: a hundred thumbs at once are one statement, and one announcement a message. Speaks
// SQL through ctx.sql only.
import type { Input } from '#protocol/base/call.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { TopicId } from '#protocol/channels/topics.ts'
import { type ChannelId, type channelCalls, type MessageId, reactionLimits } from '#protocol/channels.ts'
import { paceOfStorm, tooFast } from '#server/platform/call/pace.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { accountOf } from '#server/platform/ctx.ts'
import type { StormItem } from '#server/platform/feature.ts'
import { type ChannelFacts, findChannels, rightsInEach } from '../queries/channel.ts'
import { type MessagePlace, reactionsOf, reactionsSql } from '../queries/messages.ts'
import { type ChannelRights, noRights, reactionBudget, whyNot } from '../rules/messages.ts'
import { announceMessage } from './announce.ts'

type ReactInput = Input<typeof channelCalls.react>
type Item = StormItem<ReactInput>
type Nothing = Record<string, never>

const waitOf = paceOfStorm<Item>(reactionBudget)

interface Target {
  readonly place: MessagePlace
  readonly removed: boolean
  /** What it already carries, and how much more fits. */
  readonly emoji: Set<string>
}

/**
 * The messages of a group, locked in order of id until the commit: counts are taken under the lock. Locked first and read
 * afterwards: what was removed or hidden while the lock was waited for is so.
 */
async function lockTargets(ctx: WriteCtx, ids: readonly MessageId[]): Promise<Map<MessageId, Target>> {
  await ctx.sql('select id from messages where id = any($1::uuid[]) order by id for no key update', [[...ids]])
  const rows = await ctx.sql<{
    id: MessageId
    channel_id: ChannelId
    topic_id: TopicId | null
    removed_at: Date | null
    emoji: string[]
  }>(
    // What is in a hidden topic is not there.
    `select m.id, m.channel_id, m.topic_id, m.removed_at,
       array(select distinct emoji from reactions r where r.message_id = m.id) as emoji
     from messages m left join topics t on t.id = m.topic_id
     where m.id = any($1::uuid[]) and m.number is not null and t.standing is distinct from 'hidden'`,
    [[...ids]],
  )
  return new Map(
    rows.map(row => [
      row.id,
      {
        place: { channelId: row.channel_id, topicId: row.topic_id },
        removed: row.removed_at !== null,
        emoji: new Set(row.emoji),
      },
    ]),
  )
}

function rightsOfAll(
  ctx: WriteCtx,
  items: readonly Item[],
  targets: ReadonlyMap<MessageId, Target>,
  channels: ReadonlyMap<string, ChannelFacts>,
): Promise<(channelId: string, account: AccountId) => ChannelRights> {
  const asked = items.flatMap(item => {
    const channel = channels.get(targets.get(item.input.messageId)?.place.channelId ?? '')
    return channel ? [{ channel, accountId: accountOf(item.ctx.who) }] : []
  })
  return rightsInEach(ctx, asked)
}

/** The last word of each person on each emoji of each message, in order. */
function lastWords(items: readonly Item[]): Item[] {
  const words = new Map<string, Item>()
  for (const item of items) {
    const key = `${item.input.messageId}/${item.input.emoji}/${accountOf(item.ctx.who)}`
    words.delete(key)
    words.set(key, item)
  }
  return [...words.values()]
}

/** Writes the words and answers the messages on which anything changed. */
async function write(ctx: WriteCtx, items: readonly Item[]): Promise<Set<MessageId>> {
  const changed = new Set<MessageId>()
  for (const set of ['on', 'off'] as const) {
    const some = items.filter(item => item.input.set === set)
    if (some.length === 0) continue
    const values = [
      some.map(item => item.input.messageId),
      some.map(item => item.input.emoji),
      some.map(item => accountOf(item.ctx.who)),
    ]
    const rows = await ctx.sql<{ message_id: MessageId }>(
      set === 'on'
        ? `insert into reactions (message_id, emoji, account_id, at)
           select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::timestamptz[])
           on conflict do nothing returning message_id`
        : `delete from reactions r using unnest($1::uuid[], $2::text[], $3::uuid[]) as gone(message_id, emoji, account_id)
           where r.message_id = gone.message_id and r.emoji = gone.emoji and r.account_id = gone.account_id
           returning r.message_id`,
      set === 'on' ? [...values, some.map(item => item.ctx.now)] : values,
    )
    for (const row of rows) changed.add(row.message_id)
  }
  return changed
}

/** Announces what messages carry now. To be called under their lock. */
async function announceReactions(ctx: WriteCtx, places: ReadonlyMap<MessageId, MessagePlace>): Promise<void> {
  const rows = await ctx.sql<{ id: MessageId; reactions: unknown }>(
    `select m.id, ${reactionsSql('m.id')} as reactions from messages m where m.id = any($1::uuid[]) order by m.id`,
    [[...places.keys()]],
  )
  for (const { id, reactions } of rows) {
    const place = places.get(id)
    if (place)
      announceMessage(ctx, place, {
        kind: 'reactionsChanged',
        body: { messageId: id, reactions: reactionsOf(reactions) },
      })
  }
}

/**
 * Decides and writes a group of reactions. What already stands as asked is answered without a word to anybody. Refusals:
 * what `whyNot` answers, `message-removed`, `too-many` different ones, `slow-down`; the storm itself says busy and
 * operation-reused.
 */
export async function reactToMessages(ctx: WriteCtx, items: readonly Item[]): Promise<(Nothing | Problem)[]> {
  const targets = await lockTargets(ctx, [...new Set(items.map(item => item.input.messageId))])
  const channels = await findChannels(ctx, [...new Set([...targets.values()].map(one => one.place.channelId))])
  const rightsOf = await rightsOfAll(ctx, items, targets, channels)
  const accepted: Item[] = []
  const results = items.map((item): Nothing | Problem => {
    const { messageId, emoji, set } = item.input
    const who = accountOf(item.ctx.who)
    const target = targets.get(messageId)
    const channel = target && channels.get(target.place.channelId)
    const rights = channel ? rightsOf(channel.id, who) : noRights
    if (!target || !channel) return new Problem('not-found')
    const why = whyNot(rights, channel, 'react')
    if (why) return new Problem(why)
    if (target.removed) return new Problem('message-removed')
    const wait = waitOf(item, who, item.ctx.now)
    if (wait > 0) return tooFast(wait)
    if (set === 'on' && !target.emoji.has(emoji)) {
      if (target.emoji.size >= reactionLimits.different)
        return new Problem('too-many', { params: { most: reactionLimits.different } })
      target.emoji.add(emoji)
    }
    accepted.push(item)
    return {}
  })
  const changed = await write(ctx, lastWords(accepted))
  const places = [...targets].filter(([id]) => changed.has(id)).map(([id, target]) => [id, target.place] as const)
  if (places.length > 0) await announceReactions(ctx, new Map(places))
  return results
}
