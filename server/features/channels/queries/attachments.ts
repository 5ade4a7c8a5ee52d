// Files of messages as they are read: beside their message, and by whoever may read it. Changes nothing.
import * as z from 'zod/mini'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import { type Attachment, type AttachmentId, attachment } from '#protocol/channels/attachments.ts'
import type { ChannelId } from '#protocol/channels.ts'
import { accountOf, type Ctx } from '#server/platform/ctx.ts'
import { mayReadAttachment } from '../rules/attachments.ts'
import { whyNot } from '../rules/messages.ts'
import type { AttachmentRow } from '../tables/attachments.ts'
import type { TopicStanding } from '../tables/topics.ts'
import { type ChannelFacts, demandAct, demandRead, getChannel } from './channel.ts'

/** SQL: the rows of the files of one message as JSON, in their order; null where there are none. Read by `filesOf`. */
export const attachmentsSql = (id: string) => `(
  select json_agg(f order by f.place) from (
    select id, name, form, type, size, width, height, place from attachments where message_id = ${id}
  ) f)`

/** SQL: what a message says in one line, of a row named `m`: its words, or what its first file is called. */
export const lineSql = (m: string) => `coalesce(nullif(${m}.text, ''), (
  select f.name from attachments f where f.message_id = ${m}.id order by f.place limit 1), ${m}.text)`

/** A row as it travels: what the wire names of it. */
export const attachmentOf = (row: AttachmentRow): Attachment => z.parse(attachment, { ...row, size: Number(row.size) })

const writtenFiles = z.nullish(z.array(attachment))

/**
 * Files as a message carries them, of what `attachmentsSql` wrote; nothing at all where it has none. Throws on JSON that is
 * not of the wire.
 */
export function filesOf(written: unknown): { files?: Attachment[] } {
  const files = z.parse(writtenFiles, written)
  return files && files.length > 0 ? { files } : {}
}

interface Facts {
  id: AttachmentId
  channelId: ChannelId
  accountId: AttachmentRow['accountId']
  messageId: string | null
  name: string
  type: string
  size: string
  number: number | null
  standing: TopicStanding | null
}

/**
 * A file of a message that whoever asks may read; `not-found` for everybody else: its id tells nobody of it. Asked
 * while something is written, it throws what `demandRead` throws.
 */
export async function getAttachment(ctx: Ctx, id: AttachmentId): Promise<Facts> {
  const [row] = await ctx.sql<Facts>(
    `select f.id, f.channel_id as "channelId", f.account_id as "accountId", f.message_id as "messageId", f.name, f.type,
            f.size, m.number, t.standing
       from attachments f left join messages m on m.id = f.message_id left join topics t on t.id = m.topic_id
      where f.id = $1`,
    [id],
  )
  if (!row) throw new Problem('not-found')
  const rights = await demandRead(ctx, await getChannel(ctx, row.channelId))
  const { accountId, messageId, number, standing } = row
  const message = { number, topic: standing === null ? null : { standing } }
  const seen = mayReadAttachment(rights, { accountId, ...(messageId === null ? {} : { message }) }, accountOf(ctx.who))
  demand(seen, 'not-found')
  return row
}

/** The bytes somebody brought into messages and what they are called there, oldest first. */
export const listAttached = (ctx: Ctx, accountId: AccountId): Promise<{ id: AttachmentId; name: string }[]> =>
  ctx.sql('select id, name from attachments where account_id = $1 order by at, id', [accountId])

/** Those of these files that are still being brought, each by the account beside it. One query, if any are asked for. */
export async function listOnTheirWay(
  ctx: Ctx,
  asked: readonly { readonly accountId: AccountId; readonly id: AttachmentId }[],
): Promise<{ accountId: AccountId; id: AttachmentId }[]> {
  if (asked.length === 0) return []
  return ctx.sql(
    `select account_id as "accountId", id from uploads
      where (account_id, id) in (select * from unnest($1::uuid[], $2::uuid[]))`,
    [asked.map(one => one.accountId), asked.map(one => one.id)],
  )
}

/** Whether whoever asks may send files in a channel now. Throws `not-found`, and what `demandRead` throws. */
export async function attachingIn(ctx: Ctx, channelId: ChannelId): Promise<{ may: boolean }> {
  const channel = await getChannel(ctx, channelId)
  const rights = await demandRead(ctx, channel)
  return { may: whyNot(rights, channel, 'attach') === undefined }
}

/** The channel, for whoever may send files there. Throws what `whyNot` answers for all others. */
export async function demandAttach(ctx: Ctx, channelId: string): Promise<ChannelFacts> {
  const channel = await getChannel(ctx, channelId)
  await demandAct(ctx, channel, 'attach')
  return channel
}
