// The words a file is found by: what stands in it and what its captions say, put together here and nowhere else. Bytes
// are read by a job, once and outside any transaction: what cannot be read is noted as that and not tried again.
import { buffer } from 'node:stream/consumers'
import * as z from 'zod/mini'
import type { CourseId } from '#protocol/courses.ts'
import type { FileId } from '#protocol/files.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import { type Extracted, extractWords, largestDocument, tidied } from '#server/platform/extract/extract.ts'
import type { PreparedJob } from '#server/platform/feature.ts'
import { type Bytes, filesShowing, listUnread } from '../queries/words.ts'
import { hasWords, mostWords, wordsOf } from '../rules/words.ts'
import { captions, type FileRow, type FileTextRow, files, fileTexts } from '../tables.ts'
import { filesChanged, lockSpace } from './space.ts'

/** Writes what a file is found by, of the version that holds and of its captions. */
export async function setWords(ctx: WriteCtx, fileId: FileId): Promise<void> {
  const [read] = await ctx.sql<{ text: string | null; plays: boolean }>(
    `select t.text, f.form in ('video', 'audio') as plays from files f
       join file_versions v on v.file_id = f.id and v.number = f.number
       left join file_texts t on t.blob_id = v.blob_id where f.id = $1`,
    [fileId],
  )
  const order: [string, string][] = [['language', 'asc']]
  // Captions stay with a file that is something else for a while; nobody hears them then.
  const said = read?.plays ? await captions.findAll({ where: { fileId }, attributes: ['words'], order, raw: true }) : []
  const words = wordsOf(
    read?.text ?? '',
    said.map(one => one.words),
  )
  await files.update({ words }, { where: { id: fileId } })
}

/** A file shows these bytes from now on: what was read of them is what it is found by, or a job reads them. */
export async function bringWords(ctx: WriteCtx, row: FileRow, blobId: string): Promise<void> {
  await setWords(ctx, row.id)
  if (!hasWords(row.type)) return
  const known = await fileTexts.count({ where: { blobId } })
  if (known === 0) await ctx.enqueue(readWords, { blobId, type: row.type, size: String(row.size) })
}

async function extracted(ctx: Ctx, { blobId, type, size }: Bytes): Promise<Extracted> {
  if (type.startsWith('text/')) {
    // A sign takes four bytes at most; one that is cut off at the end is left out.
    const { body } = await ctx.blobs.get(blobId, { from: 0, to: mostWords * 4 - 1 })
    const words = tidied(new TextDecoder('utf-8').decode(await buffer(body), { stream: true })).slice(0, mostWords)
    return words === '' ? { why: 'no text' } : { words }
  }
  if (Number(size) > largestDocument) return { why: 'too large' }
  const { body } = await ctx.blobs.get(blobId)
  return extractWords(Uint8Array.from(await buffer(body)), { type, most: mostWords })
}

type Noted = Pick<FileTextRow, 'text' | 'why'>

async function read(ctx: Ctx, bytes: Bytes): Promise<Noted> {
  const found = await extracted(ctx, bytes)
  if ('words' in found) return { text: found.words, why: null }
  const { blobId, type } = bytes
  ctx.log.info({ blobId, type, why: found.why }, 'a file has no words')
  return { text: '', why: found.why }
}

/** Reads bytes, unless that was done or nothing shows them any more. Answers what writes down what was read. */
async function readBytes(ctx: Ctx, bytes: Bytes): Promise<(tx: WriteCtx) => Promise<'done'>> {
  const { blobId } = bytes
  const needed = (await fileTexts.count({ where: { blobId } })) === 0 && (await filesShowing(ctx, blobId)).length > 0
  const noted = needed ? await read(ctx, bytes) : undefined
  return tx => write(tx, blobId, noted)
}

/** Writes what every file that shows these bytes is found by. */
async function write(ctx: WriteCtx, blobId: string, noted: Noted | undefined): Promise<'done'> {
  const showing = await filesShowing(ctx, blobId)
  // Gone meanwhile: then there is nothing to note.
  if (showing.length === 0) return 'done'
  if (noted) await fileTexts.upsert({ blobId, ...noted, readAt: ctx.now })
  // The room of each course before the files, as everywhere: see space.ts. Copies of a course share bytes, and an action
  // writes to four scopes at most; what the others see of it they read when they come.
  const courses = [...new Set(showing.map(one => one.courseId as CourseId))]
  for (const [index, courseId] of courses.entries())
    await (index < mostTold ? filesChanged(ctx, courseId) : lockSpace(ctx, courseId))
  for (const { id } of showing) await setWords(ctx, id)
  return 'done'
}

/** Courses that are told at once. */
const mostTold = 4

const bytesData = z.object({ blobId: z.uuid(), type: z.string(), size: z.string() })

export const readWords: PreparedJob = {
  name: 'files.words',
  prepare: (ctx, data) => readBytes(ctx, z.parse(bytesData, data)),
}

/** Reads files that came before their words were read, and writes each down in a transaction of its own; tells after each. */
export async function readOlder(
  ctx: Ctx,
  inTransaction: <T>(work: (ctx: WriteCtx) => Promise<T>) => Promise<T>,
  tell: (done: number) => void,
): Promise<void> {
  let done = 0
  for (let after: string | null = null; ; ) {
    const some: Bytes[] = await listUnread(ctx, { after, most: 100 })
    for (const one of some) {
      after = one.blobId
      if (!hasWords(one.type)) continue
      await inTransaction(await readBytes(ctx, one))
      done += 1
      tell(done)
    }
    if (some.length < 100) return
  }
}
