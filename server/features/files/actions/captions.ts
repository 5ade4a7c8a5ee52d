// Writes captions. Rights were asked by the door. What is said in them is what their film is found by.
import type { AuditVerb } from '#protocol/audit/verbs.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import { type Captions, largestCaptions, mostCaptions } from '#protocol/files/watching.ts'
import type { FileId } from '#protocol/files.ts'
import { audit } from '#server/features/audit/index.ts'
import { changeItem, courseContext } from '#server/features/courses/index.ts'
import { actorOf, type WriteCtx } from '#server/platform/ctx.ts'
import { fileKind } from '../queries/files.ts'
import { detailOf, listCaptions } from '../queries/watching.ts'
import { type ReadCaptions, readCaptions } from '../rules/captions.ts'
import { bytesInWords } from '../rules/files.ts'
import { captions, type FileRow } from '../tables.ts'
import { lockedFile } from './files.ts'
import { filesChanged } from './space.ts'
import { setWords } from './words.ts'

const noCaptions = () => new Problem('malformed', { errors: [{ path: '', code: 'not_captions' }] })

/** Reads what was brought. Throws `too-large`, and `malformed` for what is not UTF-8 or holds no caption. */
export async function receiveCaptions(bytes: AsyncIterable<Buffer>): Promise<ReadCaptions> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of bytes) {
    size += part.length
    if (size > largestCaptions) throw new Problem('too-large', { params: { limit: bytesInWords(largestCaptions) } })
    parts.push(part)
  }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts))
  } catch {
    throw noCaptions()
  }
  const read = readCaptions(text)
  if (!read) throw noCaptions()
  return read
}

async function told(ctx: WriteCtx, row: FileRow, verb: AuditVerb, language: string): Promise<void> {
  await setWords(ctx, row.id)
  // Also of what stands nowhere in the course.
  await filesChanged(ctx, row.courseId)
  // The place in the course says which languages there are, so that open pages look again.
  await changeItem(ctx, { kind: fileKind, refId: row.id, detail: await detailOf(ctx, row) })
  await audit.record(ctx, {
    ...{ verb, subject: { kind: 'file', id: row.id }, context: courseContext(row.courseId) },
    details: { courseId: row.courseId, name: row.name, language },
  })
}

/** Puts captions beside a film or sound, in place of those in this language. Throws `not-found`, `too-many`. */
export async function setCaptions(
  ctx: WriteCtx,
  fileId: FileId,
  { language, read }: { readonly language: string; readonly read: ReadCaptions },
): Promise<Captions> {
  // One after the other for a file: its words are made of all of them.
  const row = await lockedFile(ctx, fileId, 'standing')
  demand(row.form === 'video' || row.form === 'audio', 'not-found')
  const there = await listCaptions(ctx, fileId)
  const before = there.find(one => one.language === language)
  demand(before !== undefined || there.length < mostCaptions, 'too-many', { params: { most: mostCaptions } })
  const [drawn] = await ctx.sql<{ version: number }>("select nextval('caption_versions')::int as version")
  const version = drawn?.version ?? 0
  const next = { ...read, version, changedAt: ctx.now, changedBy: actorOf(ctx.who) }
  if (before) await captions.update(next, { where: { fileId, language } })
  else await captions.create({ fileId, language, ...next })
  await told(ctx, row, 'captions.set', language)
  return { language, cues: read.cues, version, changedAt: ctx.now.toISOString() }
}

/** Takes captions away. Throws `not-found`. */
export async function removeCaptions(ctx: WriteCtx, fileId: FileId, language: string): Promise<void> {
  const row = await lockedFile(ctx, fileId, 'standing')
  demand((await captions.destroy({ where: { fileId, language } })) > 0, 'not-found')
  await told(ctx, row, 'captions.removed', language)
}
