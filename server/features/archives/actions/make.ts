// Makes the course of an archive that was looked through: first the bytes of its files, some a turn, so that it shows how
// far it is and can be stopped; then every record in one transaction. What fails leaves nothing.
import * as z from 'zod/mini'
import { archiveKeptDays, type CourseImport, type CourseImportId, courseImportsScope } from '#protocol/archives.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { MovedDate } from '#protocol/courses/copy.ts'
import { demandMay, site } from '#server/features/access/index.ts'
import { identifyAuthor } from '#server/features/accounts/index.ts'
import { audit } from '#server/features/audit/index.ts'
import { type CourseParts, courseContext, makeCourse, planDates } from '#server/features/courses/index.ts'
import { accountOf, type Ctx, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import type { PreparedJob } from '#server/platform/feature.ts'
import type { Piece } from '#server/platform/storage/blobs.ts'
import { type OpenArchive, openArchive, openBytes, readParts } from '../queries/reading.ts'
import { isUnfit, type Manifest, stuckAfterMs } from '../rules.ts'
import { type CourseImportRow, courseImports, type ImportBytesRow, importBytes, type Wish } from '../tables.ts'
import { changeImport, dropImport, forgetBytes, importData, refuse } from './import.ts'

/** Where the dates of an archive that was looked through would lie. */
export function planImport(ctx: Ctx, row: CourseImportRow, wish: Wish): Promise<MovedDate[]> {
  const dates = (row.dates ?? []).map(({ at, ...told }) => ({ ...told, at: new Date(at) }))
  const { termId, shift } = wish
  return planDates(ctx, dates, { timeZone: row.summary?.timeZone ?? 'UTC', termId, shift })
}

/**
 * Begins to make the course. Throws `upload-gone`, `import-not-checked` for what was not looked through, or is begun
 * already.
 */
export async function beginMaking(ctx: WriteCtx, id: CourseImportId, wish: Wish): Promise<CourseImport> {
  const row = await courseImports.findOne({ where: { id, accountId: accountOf(ctx.who) }, lock: true, raw: true })
  if (!row) throw new Problem('upload-gone')
  demand(row.state === 'looked', 'import-not-checked')
  await ctx.enqueue(makeJob, { importId: id })
  return changeImport(ctx, row, { state: 'making', wish })
}

/** Unpacked in one turn at most, in bytes and in files; one file is always. */
const bytesATurn = 64 * 1000 ** 2
const filesATurn = 100
/** How often the person is told, in milliseconds. */
const tellEveryMs = 250

interface Unpacked {
  readonly row: ImportBytesRow
  readonly piece: Piece
}

/** Unpacks some of what does not stand yet. What comes of it belongs to nobody yet. */
async function unpackSome(ctx: Ctx, row: CourseImportRow, archive: OpenArchive): Promise<Unpacked[]> {
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
  const unpacked: Unpacked[] = []
  try {
    for (const one of waiting) {
      if (unpacked.length === filesATurn || (unpacked.length > 0 && done + Number(one.size) > until)) break
      const bytes = openBytes(archive, { id: one.bytesId, sha256: one.sha256, came })
      unpacked.push({ row: one, piece: await ctx.blobs.receive(bytes, Number(one.size)) })
    }
  } catch (error) {
    for (const { piece } of unpacked) await piece.drop()
    throw error
  }
  return unpacked
}

/** The row of an import that is still wanted, locked. */
async function lockedMaking(id: CourseImportId): Promise<CourseImportRow | undefined> {
  const row = await courseImports.findByPk(id, { lock: true, raw: true })
  return row?.state === 'making' ? row : undefined
}

/** Writes down where the bytes go that the parts name; nothing else of an archive is unpacked. */
async function planBytes(
  importId: CourseImportId,
  { bytes }: Manifest,
  named: ReadonlySet<string>,
): Promise<'again' | 'done'> {
  if (!(await lockedMaking(importId))) return 'done'
  // Another attempt was faster.
  if ((await importBytes.count({ where: { importId } })) > 0) return 'again'
  await importBytes.bulkCreate(
    bytes
      .filter(one => named.has(one.id))
      .map(({ id, size, sha256 }) => ({ importId, bytesId: id, blobId: newId(), size, sha256, stands: false })),
  )
  return 'again'
}

/** Puts what was unpacked where it belongs. Whoever gives the import up waits for it, and then removes it. */
async function keep(ctx: WriteCtx, importId: CourseImportId, unpacked: readonly Unpacked[]): Promise<'again' | 'done'> {
  const wanted = await lockedMaking(importId)
  for (const { row, piece } of unpacked) await (wanted ? piece.become(row.blobId) : piece.drop())
  if (!wanted) return 'done'
  await courseImports.update({ touchedAt: ctx.now }, { where: { id: importId } })
  await importBytes.update({ stands: true }, { where: { importId, bytesId: unpacked.map(one => one.row.bytesId) } })
  return 'again'
}

/** Writes every record, in the name of whoever brought the archive. */
async function make(
  ctx: WriteCtx,
  row: CourseImportRow,
  { manifest, parts }: { readonly manifest: Manifest; readonly parts: CourseParts },
): Promise<void> {
  const who = await identifyAuthor(ctx, row.accountId, row.id)
  const as: WriteCtx = { ...ctx, who }
  const { wish } = row
  if (!wish) throw new Error('an import is made that nobody wished for')
  // What was allowed when it began may be so no longer.
  await demandMay(as, 'course.create', site)
  if (wish.departmentId !== null) await demandMay(as, 'site.manage', site)
  const places = await importBytes.findAll({ where: { importId: row.id }, raw: true })
  const bytes = new Map(places.map(one => [one.bytesId, one.blobId]))
  const { summary, timeZone, language } = manifest.course
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
      details: {
        ...{ title, was: manifest.course.title },
        ...(wish.shift.dates === 'removed' ? {} : { days: wish.shift.days }),
      },
    })
    await forgetBytes(ctx, row.id, 'packed')
    // Told in a turn of its own: what is announced here is about the course.
    await courseImports.update({ courseId }, { where: { id: row.id } })
  } catch (error) {
    if (isUnfit(error)) throw new Problem('archive-unfit', { params: { part: manifest.course.title, path: '/' } })
    throw error
  }
}

async function tellDone(ctx: WriteCtx, importId: CourseImportId): Promise<'done'> {
  const row = await lockedMaking(importId)
  if (row) await changeImport(ctx, row, { state: 'done' })
  return 'done'
}

/** Reads outside any transaction, so that stopping it does not wait. */
export const makeJob: PreparedJob = {
  name: 'archives.make',
  prepare: async (ctx, data) => {
    const { importId } = z.parse(importData, data)
    const before = await courseImports.findByPk(importId, { raw: true })
    if (before?.state !== 'making') return async () => 'done'
    if (before.courseId !== null) return tx => tellDone(tx, importId)
    const archive = await openArchive(ctx, { id: importId, size: Number(before.size) })
    if ((await importBytes.count({ where: { importId, stands: false } })) > 0) {
      const unpacked = await unpackSome(ctx, before, archive)
      return tx => keep(tx, importId, unpacked)
    }
    const { parts, bytes } = await readParts(archive)
    if (bytes.length > 0 && (await importBytes.count({ where: { importId } })) === 0)
      return () => planBytes(importId, archive.manifest, new Set(bytes.map(one => one.id)))
    return async tx => {
      const row = await lockedMaking(importId)
      if (row?.courseId === null) await make(tx, row, { manifest: archive.manifest, parts })
      return row ? 'again' : 'done'
    }
  },
  refused: refuse,
}

/** How long one that comes in pieces and one that waits are kept, in milliseconds. */
const patienceMs = { receiving: 2 * 86_400_000, waiting: archiveKeptDays * 86_400_000 }
const droppedATurn = 4

/** Takes imports off the lists that nobody has touched for days, and says that nothing came of what a fault has stopped. */
export async function dropOldImports(ctx: WriteCtx): Promise<void> {
  const ago = (ms: number) => new Date(ctx.now.getTime() - ms)
  const rows = await ctx.sql<Pick<CourseImportRow, 'id' | 'accountId' | 'state'>>(
    `select id, account_id as "accountId", state from course_imports
      where touched_at < case when state = 'receiving' then $1::timestamptz when state in ('looking', 'making') then $2
        else $3 end
      order by id limit ${droppedATurn} for update skip locked`,
    [ago(patienceMs.receiving), ago(stuckAfterMs), ago(patienceMs.waiting)],
  )
  for (const row of rows) {
    const atWork = row.state === 'looking' || row.state === 'making'
    await (atWork ? refuse(ctx, { importId: row.id }, new Problem('internal')) : dropImport(ctx, row))
  }
}
