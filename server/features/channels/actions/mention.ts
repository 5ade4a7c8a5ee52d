// Whom a message names: kept beside it, for badges and for whoever tells people of it. Speaks SQL through ctx.sql only,
// since a storm asks too.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Mention, MessageId } from '#protocol/channels.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { type ChannelFacts, channelRights } from '../queries/channel.ts'
import { holdNames } from '../queries/people.ts'
import { noRights } from '../rules/messages.ts'

/** The people a message in a channel names, by the names they keep to the commit: each once, whoever may not read the channel left out. */
export async function mentionsIn(
  ctx: WriteCtx,
  channel: ChannelFacts,
  accountIds: readonly AccountId[],
): Promise<Mention[]> {
  const ids = [...new Set(accountIds)].sort()
  if (ids.length === 0) return []
  const read = await channelRights(ctx, channel, ids)
  const names = await holdNames(ctx, ids)
  return ids.flatMap((id, index) => ((read[index] ?? noRights).read ? (names.get(id) ?? []) : []))
}

/** One message that names people. */
export interface Naming {
  readonly messageId: MessageId
  readonly channelId: string
  /** 0 while it waits to be approved. */
  readonly number: number
  readonly mentions: readonly Mention[]
}

/** Writes whom messages name, in one statement. */
export async function writeMentions(ctx: WriteCtx, namings: readonly Naming[]): Promise<void> {
  const rows = namings.flatMap(one => one.mentions.map(({ accountId }) => ({ ...one, accountId })))
  if (rows.length === 0) return
  await ctx.sql(
    `insert into mentions (message_id, account_id, channel_id, number)
     select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[]) on conflict do nothing`,
    [
      rows.map(row => row.messageId),
      rows.map(row => row.accountId),
      rows.map(row => row.channelId),
      rows.map(row => row.number),
    ],
  )
}

/** Writes anew whom one message names. */
export async function replaceMentions(ctx: WriteCtx, naming: Naming): Promise<void> {
  await ctx.sql('delete from mentions where message_id = $1', [naming.messageId])
  await writeMentions(ctx, [naming])
}
