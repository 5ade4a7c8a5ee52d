// Writes captions. Rights were asked by the door. What is said in them is what their film is found by.
import { demand, Problem } from '#protocol/base/problems.ts'
import { type Captions, largestCaptions, mostCaptions } from '#protocol/files/watching.ts'
import { audit } from '#server/features/audit/index.ts'
import { changeItem } from '#server/features/courses/index.ts'
import { actorOf, type WriteCtx } from '#server/platform/ctx.ts'
import { fileKind } from '../queries/files.ts'
import { detailOf, listCaptions } from '../queries/watching.ts'
import { readCaptions } from '../rules/captions.ts'
import { bytesInWords } from '../rules/files.ts'
import { captions, type FileRow, files } from '../tables.ts'
import { filesChanged } from './space.ts'
import { setWords } from './words.ts'

/** Reads what was brought, as text. Throws `too-large`, and `malformed` for what is not UTF-8 or holds no caption. */
export async function receiveCaptions(bytes: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of bytes) {
    size += part.length
    if (size > largestCaptions) throw new Problem('too-large', { params: { limit: bytesInWords(largestCaptions) } })
    parts.push(part)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts))
  } catch {
    throw new Problem('malformed', { errors: [{ path: '', code: 'not_captions' }] })
  }
}

async function told(ctx: WriteCtx, row: FileRow, verb: string, language: string): Promise<void> {
  await setWords(ctx, row.id)
  // The place in the course says which languages there are, so that open pages look again.
  await changeItem(ctx, { kind: fileKind, refId: row.id, detail: await detailOf(ctx, row) })
  await audit.record(ctx, {
    verb,
    subject: { kind: 'file', id: row.id },
    details: { courseId: row.courseId, language },
  })
}

/** Puts captions beside a film or sound, in place of those in this language. Throws `malformed`, `too-many`, `not-found`. */
export async function setCaptions(
  ctx: WriteCtx,
  row: FileRow,
  { language, brought }: { readonly language: string; readonly brought: string },
): Promise<Captions> {
  demand(row.form === 'video' || row.form === 'audio', 'not-found')
  const read = readCaptions(brought)
  if (!read) throw new Problem('malformed', { errors: [{ path: '', code: 'not_captions' }] })
  // Also of what stands nowhere in the course; the room of the course before the file: see space.ts.
  await filesChanged(ctx, row.courseId)
  // One after the other for a file: its words are made of all of them.
  await files.findByPk(row.id, { lock: true })
  const there = await listCaptions(ctx, row.id)
  const before = there.find(one => one.language === language)
  demand(before !== undefined || there.length < mostCaptions, 'too-many', { params: { most: mostCaptions } })
  const next = { text: read.text, cues: read.cues, version: (before?.version ?? 0) + 1, changedAt: ctx.now }
  const by = { changedBy: actorOf(ctx.who) }
  if (before) await captions.update({ ...next, ...by }, { where: { fileId: row.id, language } })
  else await captions.create({ fileId: row.id, language, ...next, ...by })
  await told(ctx, row, 'captions.set', language)
  return { language, cues: next.cues, version: next.version, changedAt: ctx.now.toISOString() }
}

/** Takes captions away. Throws `not-found`. */
export async function removeCaptions(ctx: WriteCtx, row: FileRow, language: string): Promise<void> {
  await filesChanged(ctx, row.courseId)
  await files.findByPk(row.id, { lock: true })
  demand((await captions.destroy({ where: { fileId: row.id, language } })) > 0, 'not-found')
  await told(ctx, row, 'captions.removed', language)
}
