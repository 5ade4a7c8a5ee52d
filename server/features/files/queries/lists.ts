// Lists of a course's files, a page at a time: one folder, a search through all, or the bin. Changes nothing.
import type { Input } from '#protocol/base/call.ts'
import type { Page } from '#protocol/base/paging.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { FileEntry, FileForm, FileId, FileSpace, FolderId, fileRoutes } from '#protocol/files.ts'
import type { ItemStands } from '#server/features/courses/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'
import { containing } from '#server/platform/db/like.ts'
import { commonSpace } from '../rules/files.ts'
import { files, folders } from '../tables.ts'

type ListInput = Input<typeof fileRoutes.list>

interface EntryRow {
  id: string
  folder_id: FolderId | null
  name: string
  form: FileForm | null
  type: string | null
  size: string | null
  number: number | null
  changed_at: Date
  removed_at: Date | null
  version: number
  sort: string
}

const asEntry = (row: EntryRow): FileEntry => {
  const shared = {
    folderId: row.folder_id,
    name: row.name,
    changedAt: new Date(row.changed_at).toISOString(),
    removedAt: row.removed_at ? new Date(row.removed_at).toISOString() : null,
    version: row.version,
  }
  return row.form === null
    ? { ...shared, kind: 'folder', id: row.id as FolderId }
    : {
        ...shared,
        kind: 'file',
        id: row.id as FileId,
        form: row.form,
        type: row.type ?? '',
        size: Number(row.size),
        number: row.number ?? 1,
      }
}

// Folders in the bin, and those in them.
const goneSql = `
  gone(id) as (
    select id from folders where course_id = $1 and removed_at is not null
    union select f.id from folders f join gone g on f.folder_id = g.id
  )`

// A thing in a removed folder stands nowhere, and comes back with it: the bin shows the folder alone.
const entriesSql = `
  with recursive ${goneSql}
  select * from (
    select id, folder_id, name, null as form, null as type, null::bigint as size, null::int as number, changed_at,
           removed_at, version, '0 ' || lower(name) as sort
      from folders where course_id = $1
    union all
    select id, folder_id, name, form, type, size, number, changed_at, removed_at, version, '1 ' || lower(name)
      from files where course_id = $1
  ) e
  where case when $2 then removed_at is not null and coalesce(folder_id not in (select id from gone), true)
             else removed_at is null and coalesce(folder_id not in (select id from gone), true) end
    and ($2 or $4::text is not null or $5::text is not null or folder_id is not distinct from $3::uuid)
    and ($4::text is null or name ilike $4)
    and ($5::text is null or form = $5)
    and ($6::text is null or (sort collate "C", id) > ($6 collate "C", $7::uuid))
  order by sort collate "C", id limit $8`

/**
 * A page of what is in a folder, found by a search, or in the bin. Asks no rights. Throws `malformed` for a cursor that
 * is none.
 */
export async function listFiles(ctx: Ctx, input: ListInput): Promise<Page<FileEntry>> {
  const after = readKeyset(input.after)
  const rows = await ctx.sql<EntryRow>(entriesSql, [
    input.courseId,
    input.which === 'removed',
    input.folderId ?? null,
    containing(input.search),
    input.form ?? null,
    after?.[0] ?? null,
    after?.[1] ?? null,
    input.limit + 1,
  ])
  const shown = rows.slice(0, input.limit)
  const last = shown.at(-1)
  return {
    items: shown.map(asEntry),
    ...(rows.length > input.limit && last ? { next: writeKeyset(last.sort, last.id) } : {}),
  }
}

/** From the top of the course down to a folder; undefined for one that does not stand in this course. */
export async function findPath(
  ctx: Ctx,
  courseId: CourseId,
  folderId: FolderId | null,
): Promise<{ id: FolderId; name: string }[] | undefined> {
  if (folderId === null) return []
  const rows = await ctx.sql<{ id: FolderId; name: string; removed_at: Date | null }>(
    `with recursive up as (
       select id, folder_id, name, removed_at, 0 as step from folders where id = $1 and course_id = $2
       union all
       select f.id, f.folder_id, f.name, f.removed_at, up.step + 1 from folders f join up on f.id = up.folder_id
        where up.step < 100
     ) select id, name, removed_at from up order by step desc`,
    [folderId, courseId],
  )
  if (rows.length === 0 || rows.some(row => row.removed_at !== null)) return undefined
  return rows.map(({ id, name }) => ({ id, name }))
}

/** As `findPath`; throws `not-found` for a folder that does not stand in this course. */
export async function pathOf(
  ctx: Ctx,
  courseId: CourseId,
  folderId: FolderId | null,
): Promise<{ id: FolderId; name: string }[]> {
  const path = await findPath(ctx, courseId, folderId)
  if (!path) throw new Problem('not-found')
  return path
}

/** What stands in a course: what is in no bin, nor in a folder that is. */
export async function standingIn(ctx: Ctx, courseId: CourseId): Promise<{ folders: FolderId[]; files: FileId[] }> {
  const rows = await ctx.sql<{ kind: 'folder' | 'file'; id: string }>(
    `with recursive ${goneSql}
     select 'folder' as kind, id from folders where course_id = $1 and id not in (select id from gone)
     union all
     select 'file', id from files where course_id = $1 and removed_at is null
       and (folder_id is null or folder_id not in (select id from gone))
     order by 2`,
    [courseId],
  )
  const of = (kind: 'folder' | 'file') => rows.filter(row => row.kind === kind).map(row => row.id)
  return { folders: of('folder') as FolderId[], files: of('file') as FileId[] }
}

/** How much room the files of a course take and have. */
export async function spaceOf(ctx: Ctx, courseId: CourseId): Promise<FileSpace> {
  const [row] = await ctx.sql<{ used_bytes: string; limit_bytes: string }>(
    'select used_bytes, limit_bytes from file_spaces where course_id = $1',
    [courseId],
  )
  return row ? { used: Number(row.used_bytes), limit: Number(row.limit_bytes) } : { used: 0, limit: commonSpace }
}

/** A file stands while it and the folders around it are in no bin. */
export const fileStands: ItemStands = async (ctx, fileId) => {
  const row = await files.findOne({ where: { id: fileId, removedAt: null }, raw: true })
  return row !== null && (await findPath(ctx, row.courseId, row.folderId)) !== undefined
}

/** A folder stands while it and those around it are in no bin. */
export const folderStands: ItemStands = async (ctx, id) => {
  const row = await folders.findByPk(id, { raw: true })
  return row !== null && (await findPath(ctx, row.courseId, row.id)) !== undefined
}
