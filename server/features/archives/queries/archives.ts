// Archives as they are read: those of a course, those a person brings in, and the file itself. Changes nothing.
import type { CourseExport, CourseExportId, CourseImport, CourseImportId } from '#protocol/archives.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { CourseId } from '#protocol/courses.ts'
import { getCourse } from '#server/features/courses/index.ts'
import { accountOf, type Ctx } from '#server/platform/ctx.ts'
import { BlobAnswer } from '#server/platform/feature.ts'
import { type CourseExportRow, type CourseImportRow, courseExports, courseImports } from '../tables.ts'

/** Rows as they travel, with who asked. One query. */
export async function exportsOf(ctx: Ctx, rows: readonly CourseExportRow[]): Promise<CourseExport[]> {
  const people = await ctx.sql<{ id: string; name: string }>(
    'select id, name from accounts where id = any($1::uuid[]) and erased_at is null',
    [rows.map(row => row.askedBy)],
  )
  const names = new Map(people.map(one => [one.id, one.name]))
  return rows.map(row => ({
    ...{ id: row.id, state: row.state, askedAt: row.askedAt.toISOString(), refusal: row.refusal },
    by: names.get(row.askedBy) ?? null,
    size: row.size === null ? null : Number(row.size),
    expiresAt: row.expiresAt?.toISOString() ?? null,
  }))
}

/** One row as it travels. Throws `not-found` for one that is gone. */
export async function exportOf(ctx: Ctx, row: CourseExportRow): Promise<CourseExport> {
  const [one] = await exportsOf(ctx, [row])
  if (!one) throw new Problem('not-found')
  return one
}

const byId: [string, string][] = [['id', 'asc']]

/** The archives of a course, the oldest first. */
export async function courseExportsState(ctx: Ctx, courseId: string): Promise<{ exports: CourseExport[] }> {
  const rows = await courseExports.findAll({ where: { courseId: courseId as CourseId }, order: byId, raw: true })
  return { exports: await exportsOf(ctx, rows) }
}

/** An archive. Asks no rights. Throws `not-found`. */
export async function getExport(_ctx: Ctx, id: CourseExportId): Promise<CourseExportRow> {
  const row = await courseExports.findByPk(id, { raw: true })
  if (!row) throw new Problem('not-found')
  return row
}

/** The file of one that is ready. Throws `not-found` for one that has run out. */
export async function exportFile(ctx: Ctx, row: CourseExportRow): Promise<BlobAnswer> {
  demand(row.state === 'ready' && row.expiresAt !== null && row.expiresAt > ctx.now, 'not-found')
  const { title, shortName } = await getCourse(ctx, row.courseId)
  const called = (shortName || title).replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '')
  const { blobs } = ctx
  return new BlobAnswer({
    name: `${called.slice(0, 60) || 'course'}-${row.askedAt.toISOString().slice(0, 10)}.zip`,
    type: 'application/zip',
    as: 'attachment',
    size: Number(row.size),
    tag: row.id,
    open: async range => (await blobs.get(row.id, range)).body,
  })
}

/** A row as it travels. */
export const importOf = (row: CourseImportRow): CourseImport => ({
  ...{ id: row.id, state: row.state, name: row.name, summary: row.summary, refusal: row.refusal },
  ...{ size: Number(row.size), received: Number(row.received), courseId: row.courseId },
  title: row.wish?.title ?? row.summary?.title ?? '',
  startedAt: row.startedAt.toISOString(),
})

/** The archives a person brings in, the oldest first. */
export async function courseImportsState(_ctx: Ctx, accountId: string): Promise<{ imports: CourseImport[] }> {
  const where = { accountId: accountId as AccountId }
  return { imports: (await courseImports.findAll({ where, order: byId, raw: true })).map(importOf) }
}

/** One of the caller's own. Throws `upload-gone` for everybody else's, and what has run out. */
export async function getImport(ctx: Ctx, id: CourseImportId): Promise<CourseImportRow> {
  const row = await courseImports.findOne({ where: { id, accountId: accountOf(ctx.who) }, raw: true })
  if (!row) throw new Problem('upload-gone')
  return row
}
