// Archives that are brought in, until they are made: begun, fed piece by piece, looked through, given up. Nothing outside
// this feature's own tables and its own bytes is written, and nothing is left of what is refused.
import type { Readable } from 'node:stream'
import * as z from 'zod/mini'
import {
  type CourseImport,
  type CourseImportId,
  courseImportId,
  courseImportsScope,
  largestArchive,
  largestPiece,
  mostImportBytes,
  mostImports,
} from '#protocol/archives.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import { lockAccount } from '#server/features/accounts/index.ts'
import { type CourseParts, countParts, partDates } from '#server/features/courses/index.ts'
import { bytesInWords } from '#server/features/files/index.ts'
import { accountOf, type Ctx, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import type { JobBinding, PreparedJob } from '#server/platform/feature.ts'
import { preparePiece } from '#server/platform/storage/piece.ts'
import { getImport, importOf } from '../queries/archives.ts'
import { openArchive, readParts } from '../queries/reading.ts'
import { refusalOf } from '../rules.ts'
import { type CourseImportRow, courseImports, importBytes } from '../tables.ts'

export const importData = z.object({ importId: courseImportId })

/** Writes `change` to an import and tells its owner. */
export async function changeImport(
  ctx: WriteCtx,
  row: CourseImportRow,
  change: Partial<CourseImportRow>,
): Promise<CourseImport> {
  const next = { ...row, ...change, touchedAt: ctx.now }
  await courseImports.update({ ...change, touchedAt: ctx.now }, { where: { id: row.id } })
  ctx.announce(courseImportsScope, row.accountId, { kind: 'importChanged', body: { import: importOf(next) } })
  return importOf(next)
}

/** Removes bytes that belong to nothing: those of archives, and those that were unpacked for nothing. */
export const dropBytes: JobBinding = {
  name: 'archives.drop-bytes',
  run: async (ctx, data) => {
    const { blobIds } = z.parse(z.object({ blobIds: z.array(z.uuid()) }), data)
    for (const id of blobIds) await ctx.blobs.remove(id)
  },
}

/** Forgets the bytes of an archive, and with `unpacked` those that came out of it. */
export async function forgetBytes(ctx: WriteCtx, importId: CourseImportId, which: 'packed' | 'unpacked too') {
  const rows = await importBytes.findAll({ where: { importId }, raw: true })
  await importBytes.destroy({ where: { importId } })
  const unpacked = which === 'packed' ? [] : rows.map(row => row.blobId)
  await ctx.enqueue(dropBytes, { blobIds: [importId, ...unpacked] })
}

interface Start {
  readonly name: string
  readonly size: number
  readonly print: string
}

/**
 * Begins to bring an archive in, or finds the same one that was begun before. Rights were asked. Throws
 * `archive-too-large` and `too-many`.
 */
export async function startImport(ctx: WriteCtx, { name, size, print }: Start): Promise<CourseImport> {
  const accountId = accountOf(ctx.who)
  demand(size <= largestArchive, 'archive-too-large', { params: { limit: bytesInWords(largestArchive) } })
  // Two that are begun at once would not see each other.
  await lockAccount(accountId)
  const there = await courseImports.findAll({ where: { accountId }, lock: true, raw: true })
  const begun = there.find(
    one => one.state === 'receiving' && one.name === name && Number(one.size) === size && one.print === print,
  )
  if (begun) return importOf(begun)
  const open = there.filter(one => one.state !== 'done' && one.state !== 'refused')
  const bytes = open.reduce((sum, one) => sum + Number(one.size), size)
  demand(open.length < mostImports && bytes <= mostImportBytes, 'too-many', { params: { most: open.length } })
  const row = await courseImports.create({
    ...{ id: newId<'CourseImport'>(), accountId, state: 'receiving', name, print, size, received: 0 },
    ...{ summary: null, dates: null, wish: null, refusal: null, courseId: null },
    ...{ startedAt: ctx.now, touchedAt: ctx.now },
  })
  ctx.announce(courseImportsScope, accountId, { kind: 'importChanged', body: { import: importOf(row) } })
  return importOf(row)
}

/**
 * Takes one piece (platform/storage/piece.ts); after the last one it is looked through. Throws `upload-gone`,
 * `too-large` and `wrong-offset`.
 */
export async function prepareAppend(
  ctx: Ctx,
  { importId, offset }: { readonly importId: CourseImportId; readonly offset: number },
  bytes: Readable,
): Promise<(tx: WriteCtx) => Promise<{ received: number }>> {
  const { accountId } = await getImport(ctx, importId)
  const find = async (which: 'to read' | 'locked'): Promise<CourseImportRow> => {
    const of = { id: importId, accountId }
    const row = await courseImports.findOne({ where: of, lock: which === 'locked', raw: true })
    if (row?.state !== 'receiving') throw new Problem('upload-gone')
    return row
  }
  const take = await preparePiece(ctx, { offset, most: largestPiece, find, inWords: bytesInWords }, bytes)
  return async tx => {
    const { row, received } = await take(tx)
    const whole = received === Number(row.size)
    await changeImport(tx, row, { received, ...(whole ? { state: 'looking' as const } : {}) })
    if (whole) await tx.enqueue(lookJob, { importId })
    return { received }
  }
}

/** What an archive says of itself, and the dates in it. */
async function look(ctx: Ctx, row: CourseImportRow): Promise<Pick<CourseImportRow, 'summary' | 'dates'>> {
  const archive = await openArchive(ctx, { id: row.id, size: Number(row.size) })
  const { parts, bytes, unknown } = await readParts(archive)
  const { course, exportedAt } = archive.manifest
  const dates = partDates(parts).map(({ at, ...told }) => ({ ...told, at: at.toISOString() }))
  return {
    dates,
    summary: {
      ...{
        title: course.title,
        shortName: course.shortName,
        timeZone: course.timeZone,
        exportedAt,
        unknown: [...unknown],
      },
      ...{ counts: countParts(parts), items: linesIn(parts), dates: dates.length },
      bytes: bytes.reduce((sum, one) => sum + one.size, 0),
    },
  }
}

const linesIn = (parts: CourseParts): number =>
  (parts.get('courses') as { readonly items: readonly unknown[] } | undefined)?.items.length ?? 0

/** Says that nothing came of an archive, and leaves nothing of it. */
export async function refuse(ctx: WriteCtx, data: unknown, problem: Problem): Promise<void> {
  const { importId } = z.parse(importData, data)
  const row = await courseImports.findByPk(importId, { lock: true, raw: true })
  if (row?.state !== 'looking' && row?.state !== 'making') return
  // Its course stands; that alone was not told.
  if (row.courseId !== null) return void (await changeImport(ctx, row, { state: 'done' }))
  await forgetBytes(ctx, importId, 'unpacked too')
  await changeImport(ctx, row, { state: 'refused', refusal: refusalOf(problem) })
}

/** Looks an archive through outside any transaction: all of it but the bytes of files is read and checked. */
export const lookJob: PreparedJob = {
  name: 'archives.look',
  prepare: async (ctx, data) => {
    const { importId } = z.parse(importData, data)
    const before = await courseImports.findByPk(importId, { raw: true })
    if (before?.state !== 'looking') return async () => 'done'
    const found = await look(ctx, before)
    return async tx => {
      // Given up meanwhile: then nobody waits for it.
      const row = await courseImports.findByPk(importId, { lock: true, raw: true })
      if (row?.state === 'looking') await changeImport(tx, row, { state: 'looked', ...found })
      return 'done'
    }
  },
  refused: refuse,
}

/** Stops an import, whatever it is at, and takes it off the list; a course that is made stays. */
export async function dropImport(ctx: WriteCtx, where: Pick<CourseImportRow, 'id' | 'accountId'>): Promise<void> {
  const row = await courseImports.findOne({ where: { ...where }, lock: true, raw: true })
  if (!row) return
  if (row.state !== 'done') await forgetBytes(ctx, row.id, 'unpacked too')
  await courseImports.destroy({ where: { id: row.id } })
  ctx.announce(courseImportsScope, row.accountId, { kind: 'importGone', body: { id: row.id } })
}
