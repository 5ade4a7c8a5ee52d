// Makes the course of an archive that was looked through: first the bytes of its files, some a turn, so that it shows how
// far it is and can be stopped; then every record in one transaction. What fails leaves nothing.
import * as z from 'zod/mini'
import { archiveKeptDays, type CourseImport, type CourseImportId, courseImportsScope } from '#protocol/archives.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { MovedDate } from '#protocol/courses/copy.ts'
import { demandMay, site } from '#server/features/access/index.ts'
import { identifyAuthor } from '#server/features/accounts/index.ts'
import { audit } from '#server/features/audit/index.ts'
import { courseContext, makeCourse, planDates } from '#server/features/courses/index.ts'
import { accountOf, type Ctx, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { type OpenArchive, openArchive, openBytes, readParts } from '../queries/reading.ts'
import { isUnfit } from '../rules.ts'
import { type CourseImportRow, courseImports, type ImportBytesRow, importBytes, type Wish } from '../tables.ts'
import { changeImport, dropImport, forgetBytes, importData, refuse } from './import.ts'

/** Where the dates of an archive that was looked through would lie. */
export function planImport(ctx: Ctx, row: CourseImportRow, wish: Wish): Promise<MovedDate[]> {
  const dates = (row.dates ?? []).map(({ title, what, at }) => ({ title, what, at: new Date(at) }))
  const { termId, shift } = wish
  return planDates(ctx, dates, { timeZone: row.summary?.timeZone ?? 'UTC', termId, shift })
}

/** Begins to make the course. Throws `import-not-checked` for what was not looked through, or is begun already. */
export async function beginMaking(ctx: WriteCtx, id: CourseImportId, wish: Wish): Promise<CourseImport> {
  const row = await courseImports.findOne({ where: { id, accountId: accountOf(ctx.who) }, lock: true, raw: true })
  if (!row) throw new Problem('upload-gone')
  demand(row.state === 'looked', 'import-not-checked')
  const { manifest } = await openArchive(ctx, { id, size: Number(row.size) })
  await importBytes.bulkCreate(
    manifest.bytes.map(one => ({
      ...{ importId: id, bytesId: one.id, blobId: newId(), size: one.size, sha256: one.sha256, stands: false },
    })),
  )
  await ctx.enqueue(makeJob, { importId: id })
  return changeImport(ctx, row, { state: 'making', wish })
}

/** Unpacked in one turn at most, in bytes and in files; one file is always. */
const bytesATurn = 64 * 1000 ** 2
const filesATurn = 100
/** How often the person is told, in milliseconds. */
const tellEveryMs = 250

/** Unpacks some of what does not stand yet. */
async function unpackSome(ctx: WriteCtx, row: CourseImportRow, archive: OpenArchive): Promise<'more' | 'all'> {
  const all = await importBytes.findAll({ where: { importId: row.id }, order: [['bytesId', 'asc']], raw: true })
  const of = all.reduce((sum, one) => sum + Number(one.size), 0)
  const waiting = all.filter(one => !one.stands)
  let done = of - waiting.reduce((sum, one) => sum + Number(one.size), 0)
  let told = 0
  const until = done + bytesATurn
  const came = (bytes: number): void => {
    done += bytes
    if (Date.now() - told < tellEveryMs) return
    told = Date.now()
    ctx.emit(courseImportsScope, row.accountId, { kind: 'progress', body: { id: row.id, done, of } })
  }
  const now: ImportBytesRow[] = []
  for (const one of waiting) {
    if (now.length === filesATurn || (now.length > 0 && done + Number(one.size) > until)) break
    const stream = openBytes(archive, { id: one.bytesId, sha256: one.sha256, came })
    // What an attempt that died has left there goes first.
    await ctx.blobs.remove(one.blobId)
    await ctx.blobs.put(one.blobId, stream, Number(one.size))
    now.push(one)
  }
  const unpacked = { importId: row.id, bytesId: now.map(one => one.bytesId) }
  const [kept] = await importBytes.update({ stands: true }, { where: unpacked })
  // Given up meanwhile: what was unpacked since is removed by nobody else.
  if (kept < now.length) for (const one of now) await ctx.blobs.remove(one.blobId)
  return now.length < waiting.length ? 'more' : 'all'
}

/** Writes every record, in the name of whoever brought the archive. */
async function make(ctx: WriteCtx, row: CourseImportRow, archive: OpenArchive): Promise<void> {
  const who = await identifyAuthor(ctx, row.accountId, row.id)
  const as: WriteCtx = { ...ctx, who }
  // What was allowed when it began may be so no longer.
  await demandMay(as, 'course.create', site)
  const { wish } = row
  if (!wish) throw new Error('an import is made that nobody wished for')
  const { parts } = await readParts(archive)
  const places = await importBytes.findAll({ where: { importId: row.id }, raw: true })
  const bytes = new Map(places.map(one => [one.bytesId, one.blobId]))
  const { summary, timeZone, language } = archive.manifest.course
  try {
    const { id: courseId, title } = await makeCourse(
      as,
      { ...wish, summary, timeZone, language, from: null, bytes },
      parts,
    )
    await audit.record(as, {
      verb: 'course.imported',
      subject: { kind: 'course', id: courseId },
      context: courseContext(courseId),
      details: { title, was: archive.manifest.course.title, days: wish.shift.days },
    })
    await forgetBytes(ctx, row.id, 'packed')
    await changeImport(ctx, row, { state: 'done', courseId })
  } catch (error) {
    if (isUnfit(error))
      throw new Problem('archive-unfit', { params: { part: archive.manifest.course.title, path: '/' } })
    throw error
  }
}

export const makeJob = {
  name: 'archives.make',
  run: async (ctx: WriteCtx, data: unknown): Promise<'again' | 'done'> => {
    const { importId } = z.parse(importData, data)
    // Unlocked while it unpacks, so that stopping it does not wait.
    const before = await courseImports.findByPk(importId, { raw: true })
    if (before?.state !== 'making') return 'done'
    const archive = await openArchive(ctx, { id: importId, size: Number(before.size) })
    if ((await importBytes.count({ where: { importId, stands: false } })) > 0) {
      await unpackSome(ctx, before, archive)
      return 'again'
    }
    const row = await courseImports.findByPk(importId, { lock: true, raw: true })
    if (row?.state === 'making') await make(ctx, row, archive)
    return 'done'
  },
  refused: refuse,
} satisfies JobBinding

/** How long what nothing comes of is kept, in milliseconds: an archive that comes in pieces, and one that waits. */
const patienceMs = { receiving: 2 * 86_400_000, waiting: archiveKeptDays * 86_400_000 }
const droppedATurn = 4

/** Takes imports off the lists that nobody has touched for days. */
export async function dropOldImports(ctx: WriteCtx): Promise<void> {
  const rows = await ctx.sql<Pick<CourseImportRow, 'id' | 'accountId'>>(
    `select id, account_id as "accountId" from course_imports
      where touched_at < case when state = 'receiving' then $1::timestamptz else $2 end
        and state not in ('looking', 'making')
      order by id limit ${droppedATurn} for update skip locked`,
    [new Date(ctx.now.getTime() - patienceMs.receiving), new Date(ctx.now.getTime() - patienceMs.waiting)],
  )
  for (const row of rows) await dropImport(ctx, row)
}
