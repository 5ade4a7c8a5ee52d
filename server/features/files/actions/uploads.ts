// Uploads: begun, fed piece by piece, finished or given up. What a piece brings is safe when it is acknowledged, and a
// piece is taken only where the file ends so far, so that a broken connection costs one piece and nothing comes twice.
import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { fileTypeFromBuffer } from 'file-type'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { CourseId } from '#protocol/courses.ts'
import {
  type File,
  type FileId,
  type FolderId,
  largestPiece,
  type Upload,
  type UploadId,
  type UploadRefused,
} from '#protocol/files.ts'
import { accountOf, type Ctx, type WriteCtx } from '#server/platform/ctx.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { preparePiece } from '#server/platform/storage/piece.ts'
import { bytesInWords, isText, typeOf } from '../rules/files.ts'
import { fileTexts, type UploadRow, uploads } from '../tables.ts'
import { giveSpace, type Roomed, takeSpace } from './space.ts'
import { kindOfUpload } from './upload-kinds.ts'

/** Uploads one person may have on their way in one course, or in none. */
const mostUploads = 100
/** How long an upload that nothing comes for is kept, in milliseconds. */
const patienceMs = 48 * 3_600_000
/** How much of a file its type is read from, in bytes: what an office document is stands some way in. */
const headBytes = 256 * 1024

/** A row as it travels. */
const uploadOf = (row: UploadRow): Upload => ({
  id: row.id,
  name: row.name,
  size: Number(row.size),
  received: Number(row.received),
})

interface Start {
  readonly kind: string
  readonly refId: string | null
  readonly courseId: CourseId | null
  readonly folderId?: FolderId | null
  readonly fileId?: FileId | null
  readonly name: string
  readonly size: number
  readonly print: string
}

/**
 * Begins an upload and takes the room it needs, or finds the same one that was begun before. Rights, and how large it may
 * be, were asked. Throws `too-many`, `no-room`, `no-own-room`.
 */
export async function beginUpload(ctx: WriteCtx, input: Start): Promise<Upload> {
  const accountId = accountOf(ctx.who)
  const { kind, refId, courseId, folderId = null, fileId = null, name, size, print } = input
  const same = { kind, refId, courseId, folderId, fileId, name, size, print, accountId }
  const begun = await uploads.findOne({ where: same, raw: true })
  if (begun) return uploadOf(begun)
  demand((await uploads.count({ where: { accountId, courseId } })) < mostUploads, 'too-many', {
    params: { most: mostUploads },
  })
  await takeSpace(ctx, { courseId, accountId } as Roomed, size)
  // What becomes of it may name nobody, and an id made of the time would say when.
  const row: UploadRow = { ...same, id: randomUUID() as UploadId, received: 0, touchedAt: ctx.now }
  await uploads.create(row)
  return uploadOf(row)
}

/** The caller's own upload; somebody else's is `upload-gone`, as is one that ran out. */
export async function getUpload(ctx: Ctx, uploadId: UploadId): Promise<UploadRow> {
  const row = await uploads.findOne({ where: { id: uploadId, accountId: accountOf(ctx.who) }, raw: true })
  if (!row) throw new Problem('upload-gone')
  return row
}

/** An upload as it travels. Throws `upload-gone`. */
export const showUpload = async (ctx: Ctx, uploadId: UploadId): Promise<Upload> =>
  uploadOf(await getUpload(ctx, uploadId))

/** What bytes are, as their beginning says; the name decides between texts alone. */
export async function typeOfBytes(ctx: Ctx, { blobId, name }: { blobId: string; name: string }): Promise<string> {
  const { size, body } = await ctx.blobs.get(blobId, { from: 0, to: headBytes - 1 })
  const head = await buffer(body)
  const found = await fileTypeFromBuffer(head)
  return typeOf(found?.mime, isText(head, size) ? 'text' : 'bytes', name)
}

/** How many uploads are on their way to one thing of a kind. */
export const countUploadsTo = (kind: string, refId: string): Promise<number> =>
  uploads.count({ where: { kind, refId } })

/** Uploads on their way to one thing go to another of its kind. */
export const redirectUploads = async (ctx: WriteCtx, kind: string, from: string, to: string): Promise<void> => {
  await ctx.sql('update uploads set ref_id = $3 where kind = $1 and ref_id = $2', [kind, from, to])
}

interface Finished {
  readonly file: File | null
  readonly refused?: UploadRefused
  readonly refusedAt?: string
}

async function finish(ctx: WriteCtx, row: UploadRow): Promise<Finished> {
  const type = await typeOfBytes(ctx, { blobId: row.id, name: row.name })
  await uploads.destroy({ where: { id: row.id } })
  const made = await kindOfUpload(row).finish(ctx, { ...row, size: Number(row.size), type })
  if (made === null || !('refused' in made)) return { file: made }
  await drop(ctx, row)
  return { file: null, refused: made.refused, ...(made.at === undefined ? {} : { refusedAt: made.at }) }
}

interface Append {
  readonly uploadId: UploadId
  readonly offset: number
}

/**
 * Takes one piece (platform/storage/piece.ts); with the last one the file is there. Throws `upload-gone`, `too-large`
 * and `wrong-offset`.
 */
export async function prepareAppend(
  ctx: Ctx,
  { uploadId, offset }: Append,
  bytes: Readable,
): Promise<(tx: WriteCtx) => Promise<Finished & { received: number }>> {
  const upload = await getUpload(ctx, uploadId)
  const { accountId } = upload
  // Whoever might bring it once may not for ever.
  await kindOfUpload(upload).demand(ctx, upload)
  const find = async (which: 'to read' | 'locked'): Promise<UploadRow> => {
    const row = await uploads.findOne({ where: { id: uploadId, accountId }, lock: which === 'locked', raw: true })
    if (!row) throw new Problem('upload-gone')
    return row
  }
  const take = await preparePiece(ctx, { offset, most: largestPiece, find, inWords: bytesInWords }, bytes)
  return async tx => {
    // The bytes took their time: it may be over by now.
    await kindOfUpload(upload).demand(tx, upload)
    const { row, received } = await take(tx)
    if (received === Number(row.size)) return { received, ...(await finish(tx, row)) }
    await uploads.update({ received, touchedAt: tx.now }, { where: { id: uploadId } })
    return { received, file: null }
  }
}

async function drop(ctx: WriteCtx, row: UploadRow): Promise<void> {
  await uploads.destroy({ where: { id: row.id } })
  await giveSpace(ctx, row as Roomed, Number(row.size))
  await ctx.enqueue(blobsGone, { blobIds: [row.id] })
}

/** Removes bytes nobody names any more; a copy of the course may name them still. */
export const blobsGone: JobBinding = {
  name: 'files.blobs-gone',
  run: async (ctx, data) => {
    const { blobIds } = data as { blobIds: string[] }
    const rows = await ctx.sql<{ id: string }>(
      `select id from unnest($1::uuid[]) as id where not exists (select from file_versions where blob_id = id)`,
      [blobIds],
    )
    for (const { id } of rows) {
      await fileTexts.destroy({ where: { blobId: id } })
      await ctx.blobs.remove(id)
    }
  },
}

/** Gives an upload up and its room back. One that is gone already is no error. */
export async function cancelUpload(ctx: WriteCtx, uploadId: UploadId): Promise<void> {
  const row = await uploads.findOne({ where: { id: uploadId, accountId: accountOf(ctx.who) }, lock: true, raw: true })
  if (row) await drop(ctx, row)
}

/** Gives up everything that somebody is bringing. */
export async function dropUploadsOf(ctx: WriteCtx, accountId: AccountId): Promise<void> {
  for (const row of await uploads.findAll({ where: { accountId }, raw: true })) await drop(ctx, row)
}

/** Gives up what nothing came for in two days. */
export async function dropOldUploads(ctx: WriteCtx): Promise<void> {
  const rows = await ctx.sql<{ id: UploadId }>(
    'select id from uploads where touched_at < $1 order by touched_at limit 50 for update skip locked',
    [new Date(ctx.now.getTime() - patienceMs)],
  )
  for (const { id } of rows) {
    const row = await uploads.findByPk(id, { raw: true })
    if (row) await drop(ctx, row)
  }
  await ctx.blobs.sweep(new Date(Date.now() - 3_600_000))
}
