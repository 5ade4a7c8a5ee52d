// Uploads: begun, fed piece by piece, finished or given up. What a piece brings is safe when it is acknowledged, and a
// piece is taken only where the file ends so far, so that a broken connection costs one piece and nothing comes twice.
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { fileTypeFromBuffer } from 'file-type'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { CourseId } from '#protocol/courses.ts'
import {
  type File,
  type FileId,
  type FolderId,
  largestFile,
  largestPiece,
  type Upload,
  type UploadId,
  type UploadRefused,
} from '#protocol/files.ts'
import { accountOf, type Ctx, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { preparePiece } from '#server/platform/storage/piece.ts'
import { pathOf } from '../queries/lists.ts'
import { bytesInWords, formOf, isText, typeOf } from '../rules/files.ts'
import { files, fileTexts, type UploadRow, uploads } from '../tables.ts'
import { destinationOf, keptElsewhere } from './destinations.ts'
import { addVersion } from './files.ts'
import { giveSpace, takeSpace } from './space.ts'

/** Uploads one person may have on their way in one course. */
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
  readonly courseId: CourseId
  readonly folderId: FolderId | null
  readonly fileId?: FileId | undefined
  /** Goes there instead of to the files of the course. */
  readonly to?: { readonly kind: string; readonly refId: string } | undefined
  readonly name: string
  readonly size: number
  readonly print: string
}

/** Begins an upload and takes the room it needs, or finds the same one that was begun before. Rights were asked. */
export async function startUpload(ctx: WriteCtx, input: Start): Promise<Upload> {
  const accountId = accountOf(ctx.who)
  demand(input.size <= largestFile, 'too-large', { params: { limit: bytesInWords(largestFile) } })
  await pathOf(ctx, input.courseId, input.folderId)
  if (input.fileId !== undefined) {
    const of = { id: input.fileId, courseId: input.courseId, removedAt: null }
    if ((await files.count({ where: of })) === 0) throw new Problem('not-found')
  }
  const { courseId, folderId, name, size, print } = input
  const to = { forKind: input.to?.kind ?? null, forId: input.to?.refId ?? null }
  const same = { courseId, folderId, name, size, print, accountId, fileId: input.fileId ?? null, ...to }
  const begun = await uploads.findOne({ where: same, raw: true })
  if (begun) return uploadOf(begun)
  demand((await uploads.count({ where: { accountId, courseId } })) < mostUploads, 'too-many', {
    params: { most: mostUploads },
  })
  await takeSpace(ctx, courseId, size)
  const row: UploadRow = { ...same, id: newId<'Upload'>(), received: 0, touchedAt: ctx.now }
  await uploads.create(row)
  return uploadOf(row)
}

/** The caller's own upload; somebody else's is `upload-gone`, as is one that ran out. */
export async function getUpload(ctx: Ctx, uploadId: UploadId): Promise<UploadRow> {
  const row = await uploads.findOne({ where: { id: uploadId, accountId: accountOf(ctx.who) }, raw: true })
  if (!row) throw new Problem('upload-gone')
  return row
}

export const showUpload = async (ctx: Ctx, uploadId: UploadId): Promise<Upload> =>
  uploadOf(await getUpload(ctx, uploadId))

/** What bytes are, as their beginning says; the name decides between texts alone. */
export async function typeOfBytes(ctx: Ctx, { blobId, name }: { blobId: string; name: string }): Promise<string> {
  const { size, body } = await ctx.blobs.get(blobId, { from: 0, to: headBytes - 1 })
  const head = await buffer(body)
  const found = await fileTypeFromBuffer(head)
  return typeOf(found?.mime, isText(head, size) ? 'text' : 'bytes', name)
}

/** How many uploads are on their way to one place. */
export const countUploadsTo = (kind: string, refId: string): Promise<number> =>
  uploads.count({ where: { forKind: kind, forId: refId } })

/** Uploads on their way to one place go to another of its kind. */
export const redirectUploads = async (ctx: WriteCtx, kind: string, from: string, to: string): Promise<void> => {
  await ctx.sql('update uploads set for_id = $3 where for_kind = $1 and for_id = $2', [kind, from, to])
}

async function finish(ctx: WriteCtx, row: UploadRow): Promise<{ file: File | null; refused?: UploadRefused }> {
  const type = await typeOfBytes(ctx, { blobId: row.id, name: row.name })
  if (row.forKind !== null && row.forId !== null) {
    const { courseId, name } = row
    const brought = { courseId, name, type, form: formOf(type), blobId: row.id, size: Number(row.size) }
    const refused = await destinationOf(row.forKind).take(ctx, row.forId, brought)
    if (refused) await drop(ctx, row)
    else await uploads.destroy({ where: { id: row.id } })
    return { file: null, ...(refused ? { refused } : {}) }
  }
  await uploads.destroy({ where: { id: row.id } })
  const file = await addVersion(ctx, {
    courseId: row.courseId,
    folderId: row.folderId,
    fileId: row.fileId,
    name: row.name,
    blobId: row.id,
    size: Number(row.size),
    type,
  })
  return { file }
}

interface Append {
  readonly uploadId: UploadId
  readonly offset: number
}

/** Takes one piece (platform/storage/piece.ts); with the last one the file is there. */
export async function prepareAppend(
  ctx: Ctx,
  { uploadId, offset }: Append,
  bytes: Readable,
): Promise<(tx: WriteCtx) => Promise<{ received: number; file: File | null; refused?: UploadRefused }>> {
  const { accountId } = await getUpload(ctx, uploadId)
  const find = async (which: 'to read' | 'locked'): Promise<UploadRow> => {
    const row = await uploads.findOne({ where: { id: uploadId, accountId }, lock: which === 'locked', raw: true })
    if (!row) throw new Problem('upload-gone')
    return row
  }
  const take = await preparePiece(ctx, { offset, most: largestPiece, find, inWords: bytesInWords }, bytes)
  return async tx => {
    const { row, received } = await take(tx)
    if (received === Number(row.size)) return { received, ...(await finish(tx, row)) }
    await uploads.update({ received, touchedAt: tx.now }, { where: { id: uploadId } })
    return { received, file: null }
  }
}

async function drop(ctx: WriteCtx, row: UploadRow): Promise<void> {
  await uploads.destroy({ where: { id: row.id } })
  await giveSpace(ctx, row.courseId, Number(row.size))
  await ctx.enqueue(blobsGone, { blobIds: [row.id] })
}

/** Removes bytes nobody names any more; a copy of the course may name them still. */
export const blobsGone: JobBinding = {
  name: 'files.blobs-gone',
  run: async (ctx, data) => {
    const { blobIds } = data as { blobIds: string[] }
    const kept = await keptElsewhere(ctx, blobIds)
    const rows = await ctx.sql<{ id: string }>(
      `select id from unnest($1::uuid[]) as id where not exists (select from file_versions where blob_id = id)`,
      [blobIds],
    )
    for (const { id } of rows) {
      if (kept.has(id)) continue
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
