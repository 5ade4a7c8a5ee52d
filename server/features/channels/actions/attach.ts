// Files of messages come, are sent and go. They come as every upload does (files/actions/uploads.ts); until they are sent
// they are of whoever brought them, and afterwards they go with the words of their message. Sending speaks SQL alone, since
// storms send.
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import { type Attachment, type AttachmentId, largestAttachment } from '#protocol/channels/attachments.ts'
import type { ChannelId, MessageId } from '#protocol/channels.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { Upload, UploadId } from '#protocol/files.ts'
import {
  type Arrived,
  bareThePicture,
  beginUpload,
  blobsGone,
  bytesInWords,
  cancelUpload,
  formOf,
  giveSpace,
  type UploadKind,
} from '#server/features/files/index.ts'
import { accountOf, type WriteCtx } from '#server/platform/ctx.ts'
import { attachmentOf, demandAttach } from '../queries/attachments.ts'
import { contextOf } from '../queries/context.ts'
import { isProgram, namelessName } from '../rules/attachments.ts'
import { type AttachmentRow, attachments } from '../tables/attachments.ts'

/** The kind of uploads that become files of messages; their `refId` is the channel. */
export const attachmentKind = 'attachment'

/** How many one person may have that they have not sent. */
const mostUnsent = 100

/** How long one that was not sent is kept, in milliseconds: a message may wait that long for a connection. */
const unsentMs = 7 * 86_400_000

interface Start {
  readonly channelId: ChannelId
  readonly name: string
  readonly size: number
  readonly print: string
}

/** Begins an upload for a message, in the room of the course or, where people talk alone, of whoever brings it. */
export async function startAttachment(ctx: WriteCtx, { channelId, ...input }: Start): Promise<Upload> {
  const channel = await demandAttach(ctx, channelId)
  const { size, name } = input
  const params = { limit: bytesInWords(largestAttachment), size: bytesInWords(size) }
  demand(size <= largestAttachment, 'file-too-large', { params })
  demand(!isProgram({ name }), 'kind-refused')
  const accountId = accountOf(ctx.who)
  const unsent = await attachments.count({ where: { accountId, messageId: null } })
  demand(unsent < mostUnsent, 'too-many', { params: { most: mostUnsent } })
  const { courseId } = await contextOf(channel.context_kind).about(ctx, channel.context_id)
  const kind = { kind: attachmentKind, refId: channelId, courseId: courseId as CourseId | null }
  return beginUpload(ctx, { ...kind, ...input })
}

async function finish(ctx: WriteCtx, upload: Arrived): Promise<null> {
  const { id, accountId, courseId, refId, name, type, size } = upload
  demand(!isProgram({ name, type }), 'kind-refused')
  const picture = await bareThePicture(ctx, { blobId: id, type, size })
  await attachments.create({
    ...{ id: id as string as AttachmentId, channelId: refId as ChannelId, accountId, courseId },
    ...{ messageId: null, place: null, name, form: formOf(type), type, size, at: ctx.now },
    ...{ width: picture?.width ?? null, height: picture?.height ?? null, bare: picture?.bare ?? false },
  })
  return null
}

export const attachmentUploads: UploadKind = {
  demand: async (ctx, { refId }) => {
    await demandAttach(ctx, refId ?? '')
  },
  finish,
}

/** Takes back what whoever asks has brought and not sent, wholly there or still on its way. */
export async function dropAttachment(ctx: WriteCtx, id: AttachmentId): Promise<void> {
  const row = await attachments.findOne({
    where: { id, accountId: accountOf(ctx.who), messageId: null },
    lock: true,
    raw: true,
  })
  if (row) await take(ctx, 'id = any($1::uuid[])', [[id]])
  else await cancelUpload(ctx, id as string as UploadId)
}

/** What is to be sent beside one message, by whom and where. */
export interface Wanted {
  readonly accountId: AccountId
  readonly channelId: ChannelId
  readonly ids: readonly AttachmentId[]
}

/**
 * Files that may be sent now, by id, locked to the commit: whoever asks for one checks `isWhole`. One statement for all of a
 * storm.
 */
export async function lockUnsent(ctx: WriteCtx, ids: readonly AttachmentId[]): Promise<Map<string, AttachmentRow>> {
  if (ids.length === 0) return new Map()
  const rows = await ctx.sql<AttachmentRow>(
    `select id, channel_id as "channelId", account_id as "accountId", course_id as "courseId", name, form, type, size,
            width, height, bare
       from attachments where id = any($1::uuid[]) and message_id is null order by id for update`,
    [[...new Set(ids)].sort()],
  )
  return new Map(rows.map(row => [row.id, row]))
}

/** The files of one message in their order; undefined where one is gone, somebody else's or of another channel. */
export function wholeOf(
  unsent: ReadonlyMap<string, AttachmentRow>,
  { accountId, channelId, ids }: Wanted,
): AttachmentRow[] | undefined {
  const rows = [...new Set(ids)].flatMap(id => unsent.get(id) ?? [])
  const fit = rows.every(row => row.accountId === accountId && row.channelId === channelId)
  return fit && rows.length === ids.length ? rows : undefined
}

/** Gives files to their messages. One statement. */
export async function giveToMessages(
  ctx: WriteCtx,
  sent: readonly { readonly messageId: MessageId; readonly files: readonly Pick<AttachmentRow, 'id' | 'name'>[] }[],
): Promise<void> {
  const rows = sent.flatMap(({ messageId, files }) => files.map((file, place) => ({ messageId, place, ...file })))
  if (rows.length === 0) return
  await ctx.sql(
    `update attachments f set message_id = o.message_id, place = o.place, name = o.name
       from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[]) as o(id, message_id, place, name) where f.id = o.id`,
    [rows.map(row => row.id), rows.map(row => row.messageId), rows.map(row => row.place), rows.map(row => row.name)],
  )
}

/**
 * The files of one post, to be given to it by `giveToMessages`. Without a name it takes pictures alone of which nothing
 * tells who made them, and calls them by their place. Throws `no-files-here`, `upload-gone`, `names-in-file`.
 */
export async function filesForPost(
  ctx: WriteCtx,
  { anonymous, ...wanted }: Wanted & { readonly anonymous: boolean },
): Promise<AttachmentRow[]> {
  if (wanted.ids.length === 0) return []
  await demandAttach(ctx, wanted.channelId)
  const files = wholeOf(await lockUnsent(ctx, wanted.ids), wanted)
  if (!files) throw new Problem('upload-gone')
  if (!anonymous) return files
  demand(
    files.every(file => file.bare),
    'names-in-file',
  )
  return files.map((file, place) => ({ ...file, name: namelessName(place, file.type) }))
}

/** Files as a message carries them. */
export const carried = (files: readonly AttachmentRow[]): { files?: Attachment[] } =>
  files.length > 0 ? { files: files.map(attachmentOf) } : {}

interface Gone {
  readonly id: AttachmentId
  readonly accountId: AccountId
  readonly courseId: CourseId | null
  readonly size: string
}

/** Forgets files, gives their room back and has their bytes removed after the commit. */
async function take(ctx: WriteCtx, where: string, values: readonly unknown[]): Promise<number> {
  const gone = await ctx.sql<Gone>(
    `delete from attachments where ${where}
     returning id, account_id as "accountId", course_id as "courseId", size`,
    values,
  )
  const rooms = new Map<string, Gone & { bytes: number }>()
  for (const one of gone) {
    const key = one.courseId ?? one.accountId
    rooms.set(key, { ...one, bytes: (rooms.get(key)?.bytes ?? 0) + Number(one.size) })
  }
  for (const [, room] of [...rooms].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { courseId, accountId, bytes } = room
    await giveSpace(ctx, courseId === null ? { courseId, accountId } : { courseId }, bytes)
  }
  if (gone.length > 0) await ctx.enqueue(blobsGone, { blobIds: gone.map(one => one.id) })
  return gone.length
}

/** Takes away the files of messages whose words go. */
export const takeFiles = (ctx: WriteCtx, ids: readonly MessageId[]): Promise<number> =>
  take(ctx, 'message_id = any($1::uuid[])', [[...ids]])

/** Takes away what somebody brought and did not send. */
export const takeUnsentOf = (ctx: WriteCtx, accountId: AccountId): Promise<number> =>
  take(ctx, 'account_id = $1 and message_id is null', [accountId])

/** Takes away what nobody sent in a week, some at a time. */
export async function dropUnsent(ctx: WriteCtx): Promise<void> {
  await take(
    ctx,
    `id in (select id from attachments where message_id is null and at < $1 order by at limit 50 for update skip locked)`,
    [new Date(ctx.now.getTime() - unsentMs)],
  )
}
