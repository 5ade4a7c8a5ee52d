// Files of messages come, are sent and go. They come as every upload does (files/actions/uploads.ts); until they are sent
// they are of whoever brought them, and afterwards they go with the words of their message. Sending speaks SQL alone, since
// storms send.
import { writesWaitMs } from '#protocol/base/call.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem, type ProblemCode } from '#protocol/base/problems.ts'
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
import { attachmentOf, demandAttach, listOnTheirWay } from '../queries/attachments.ts'
import { contextOf } from '../queries/context.ts'
import { isProgram, namelessName, whyNotSent } from '../rules/attachments.ts'
import { type AttachmentRow, attachments } from '../tables/attachments.ts'

/** The kind of uploads that become files of messages; their `refId` is the channel. */
export const attachmentKind = 'attachment'

/** How many one person may have that they have not sent. */
export const mostUnsent = 100

/** How long one that was not sent is kept, in milliseconds: as long as a message may wait for a connection, and a day more. */
const unsentMs = writesWaitMs + 86_400_000

interface Start {
  readonly channelId: ChannelId
  readonly name: string
  readonly size: number
  readonly print: string
}

/**
 * Begins an upload for a message, in the room of the course or, where people talk alone, of whoever brings it. Throws
 * `not-found`, what `demandAttach` throws, `file-too-large`, `kind-refused`, and `too-many`, `no-room` or `no-own-room`
 * where what they have is full.
 */
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

/** Files that people name beside what they send, by `fileKey`. */
export type NamedFiles = Map<string, AttachmentRow | 'on its way' | 'sent'>

const fileKey = (accountId: AccountId, id: string): string => `${accountId}/${id}`

/**
 * Finds the files that people name, each their own alone, and locks them to the commit: whoever asks for some takes them
 * by `takeNamed`. One statement for all of a storm; one more where some are not there.
 */
export async function lockNamed(
  ctx: WriteCtx,
  wanted: readonly Pick<Wanted, 'accountId' | 'ids'>[],
): Promise<NamedFiles> {
  const asked = wanted.flatMap(({ accountId, ids }) => ids.map(id => ({ accountId, id })))
  if (asked.length === 0) return new Map()
  const rows = await ctx.sql<AttachmentRow>(
    `select f.id, f.channel_id as "channelId", f.account_id as "accountId", f.course_id as "courseId",
            f.message_id as "messageId", f.name, f.form, f.type, f.size, f.width, f.height, f.bare
       from attachments f
      where (f.account_id, f.id) in (select * from unnest($1::uuid[], $2::uuid[])) order by f.id for update of f`,
    [asked.map(one => one.accountId), asked.map(one => one.id)],
  )
  const found: NamedFiles = new Map(
    rows.map(row => [fileKey(row.accountId, row.id), row.messageId === null ? row : 'sent']),
  )
  const missing = asked.filter(one => !found.has(fileKey(one.accountId, one.id)))
  for (const { accountId, id } of await listOnTheirWay(ctx, missing)) found.set(fileKey(accountId, id), 'on its way')
  return found
}

/** The files of one message in their order, each once; or why one of them is not sent there (`whyNotSent`). */
export function namedIn(named: NamedFiles, { accountId, channelId, ids }: Wanted): AttachmentRow[] | ProblemCode {
  const files: AttachmentRow[] = []
  for (const id of new Set(ids)) {
    const file = named.get(fileKey(accountId, id))
    const why = whyNotSent(file, channelId)
    if (why) return why
    if (typeof file === 'object') files.push(file)
  }
  return files
}

/** These go with a message: another of the same group that names them is told so. */
export function takeNamed(named: NamedFiles, files: readonly AttachmentRow[]): void {
  for (const file of files) named.set(fileKey(file.accountId, file.id), 'sent')
}

/** Gives files to their messages. One statement. */
export async function giveToMessages(
  ctx: WriteCtx,
  sent: readonly { readonly messageId: MessageId; readonly files: readonly Pick<AttachmentRow, 'id' | 'name'>[] }[],
): Promise<void> {
  const rows = sent.flatMap(({ messageId, files }) => files.map((file, place) => ({ ...file, messageId, place })))
  if (rows.length === 0) return
  await ctx.sql(
    `update attachments f set message_id = o.message_id, place = o.place, name = o.name
       from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[]) as o(id, message_id, place, name) where f.id = o.id`,
    [rows.map(row => row.id), rows.map(row => row.messageId), rows.map(row => row.place), rows.map(row => row.name)],
  )
}

/**
 * The files of one post, to be given to it by `giveToMessages`. Without a name it takes pictures alone of which nothing
 * tells who made them, and calls them by their place. Throws what `demandAttach` throws, what `whyNotSent` answers, and
 * `names-in-file`.
 */
export async function filesForPost(
  ctx: WriteCtx,
  { anonymous, ...wanted }: Wanted & { readonly anonymous: boolean },
): Promise<AttachmentRow[]> {
  if (wanted.ids.length === 0) return []
  await demandAttach(ctx, wanted.channelId)
  const files = namedIn(await lockNamed(ctx, [wanted]), wanted)
  if (typeof files === 'string') throw new Problem(files)
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

/** Takes away what nobody sent for `unsentMs`, some at a time. */
export async function dropUnsent(ctx: WriteCtx): Promise<void> {
  await take(
    ctx,
    `id in (select id from attachments where message_id is null and at < $1 order by at limit 50 for update skip locked)`,
    [new Date(ctx.now.getTime() - unsentMs)],
  )
}
