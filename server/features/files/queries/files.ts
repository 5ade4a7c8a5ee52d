// Files as they are read, and how people stand to them. Changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { CourseId, CourseItem } from '#protocol/courses.ts'
import type { File, FileId, FileVersion, Folder, FolderId } from '#protocol/files.ts'
import { capabilitiesIn, demandMay, may } from '#server/features/access/index.ts'
import { shutFor } from '#server/features/conditions/index.ts'
import {
  courseContext,
  demandThing,
  findItem,
  getCourse,
  itemRights,
  type ThingOf,
  thingContext,
} from '#server/features/courses/index.ts'
import { actorOf, type Ctx } from '#server/platform/ctx.ts'
import { mayReadFile } from '../rules/files.ts'
import { type FileRow, type FileVersionRow, type FolderRow, files, fileVersions, folders } from '../tables.ts'

/** The kind under which files are placed in a course. */
export const fileKind = 'file'
/** The kind under which folders are. */
export const folderKind = 'folder'

/** A row as it travels. */
export const fileOf = (row: FileRow): File => ({
  kind: 'file',
  id: row.id,
  folderId: row.folderId,
  name: row.name,
  form: row.form,
  type: row.type,
  size: Number(row.size),
  number: row.number,
  changedAt: row.changedAt.toISOString(),
  removedAt: row.removedAt?.toISOString() ?? null,
  version: row.version,
})

/** A row as it travels. */
export const folderOf = (row: FolderRow): Folder => ({
  kind: 'folder',
  id: row.id,
  folderId: row.folderId,
  name: row.name,
  changedAt: row.changedAt.toISOString(),
  removedAt: row.removedAt?.toISOString() ?? null,
  version: row.version,
})

/** The file as its item names it, where it is placed. */
export const placed = ({ courseId, id }: Pick<FileRow, 'courseId' | 'id'>): ThingOf => ({
  courseId,
  kind: fileKind,
  refId: id,
})

/** A file or folder by where it lies. */
interface Lying {
  readonly courseId: CourseId
  /** Null: asked of a folder. */
  readonly fileId: FileId | null
  readonly folderId: FolderId | null
}

/**
 * The things that are released and open to `ctx.who`, or that they may change, and that show a file: itself, what has it in
 * its text, a folder around it. Of a folder: itself and those around it. A folder in the bin shows nothing; nothing is shut for
 * staff.
 */
export async function shownBy(
  ctx: Ctx,
  { courseId, fileId, folderId }: Lying,
  reader: 'staff' | 'learner',
): Promise<readonly { kind: string; refId: string }[]> {
  const showing = await ctx.sql<{ id: string; kind: string; refId: string; out: boolean }>(
    `with recursive up as (
       select id, folder_id from folders where id = $5 and removed_at is null
       union select f.id, f.folder_id from folders f join up on f.id = up.folder_id where f.removed_at is null
     )
     select i.id, i.kind, i.ref_id as "refId", i.published and i.audience = 'everybody' as out
       from items i left join modules m on m.id = i.module_id
      where i.course_id = $1 and i.removed_at is null and m.removed_at is null
        and ((i.kind = $3 and i.ref_id = $2)
          or (i.kind = $4 and i.ref_id in (select id from up))
          or exists (select from file_uses u where u.file_id = $2 and u.kind = i.kind and u.ref_id = i.ref_id))`,
    [courseId, fileId, fileKind, folderKind, folderId],
  )
  const accountId = actorOf(ctx.who)
  if (showing.length === 0 || accountId === null) return []
  const out = showing.filter(one => one.out)
  if (reader === 'staff' && out.length > 0) return out
  const rights = await itemRights(
    ctx,
    courseId,
    showing.map(one => one.id),
  )
  const own = showing.filter(one => rights.apart.includes(one.id) && rights.may(one.id, 'content.change', 'reading'))
  if (out.length === 0) return own
  const shut = await shutFor(ctx, [courseId], [accountId])
  return [...own, ...out.filter(one => shut(accountId, one) === null)]
}

export interface StandingFile {
  readonly row: FileRow
  readonly mayChange: boolean
  readonly mayManage: boolean
}

/** The file, if `ctx.who` may read it; throws `not-found` otherwise: an id tells nobody that a file is there. */
export async function getFile(ctx: Ctx, fileId: FileId): Promise<StandingFile> {
  const row = await files.findByPk(fileId, { raw: true })
  if (!row) throw new Problem('not-found')
  await getCourse(ctx, row.courseId)
  const held = new Set(await capabilitiesIn(ctx, courseContext(row.courseId)))
  const context = await thingContext(ctx, placed(row))
  const views = held.has('course.view')
  const prepares = held.has('content.change')
  const mayChange =
    context.kind === 'item' ? (views || prepares) && (await may(ctx, 'content.change', context, 'writing')) : prepares
  const changes = prepares || mayChange
  const standing = {
    ...{ views, changes, removed: row.removedAt !== null },
    released:
      changes ||
      (await shownBy(ctx, { ...row, fileId: row.id }, held.has('grade.view-all') ? 'staff' : 'learner')).length > 0,
  }
  demand(mayReadFile(standing), 'not-found')
  return { row, mayChange, mayManage: held.has('site.manage') }
}

/**
 * The file, if `ctx.who` may change it. Throws `not-published`, `not-found` for who may not see it, `not-allowed` for
 * who only reads, `concluded` where the course is over.
 */
export async function getOwnFile(ctx: Ctx, fileId: FileId): Promise<FileRow> {
  const { row } = await getFile(ctx, fileId)
  await demandThing(ctx, 'content.change', placed(row))
  return row
}

/** A folder that staff may change. Throws `not-found` for those who do not see the course; else as `getOwnFile`. */
export async function getOwnFolder(ctx: Ctx, folderId: FolderId): Promise<FolderRow> {
  const row = await folders.findByPk(folderId, { raw: true })
  if (!row) throw new Problem('not-found')
  await getCourse(ctx, row.courseId)
  const may = new Set(await capabilitiesIn(ctx, courseContext(row.courseId)))
  demand(may.has('course.view') || may.has('content.change'), 'not-found')
  await demandMay(ctx, 'content.change', courseContext(row.courseId))
  return row
}

/** The place of a file in its course. */
export const placeOf = async (ctx: Ctx, fileId: FileId): Promise<CourseItem | null> =>
  (await findItem(ctx, { kind: fileKind, refId: fileId })) ?? null

/** The version that holds, or an earlier one. Asks no rights. Throws `not-found`. */
export async function getVersion(fileId: FileId, number: number): Promise<FileVersionRow> {
  const row = await fileVersions.findOne({ where: { fileId, number }, raw: true })
  if (!row) throw new Problem('not-found')
  return row
}

const mostVersions = 200

/** Every version, the newest first, 200 at most. Asks no rights. */
export async function listVersions(ctx: Ctx, fileId: FileId): Promise<FileVersion[]> {
  const rows = await ctx.sql<{ number: number; name: string; type: string; size: string; at: Date; by: string | null }>(
    `select v.number, v.name, v.type, v.size, v.at, case when a.erased_at is null then a.name end as by
       from file_versions v left join accounts a on a.id = v.by_account
      where v.file_id = $1 order by v.number desc limit ${mostVersions}`,
    [fileId],
  )
  return rows.map(row => ({ ...row, size: Number(row.size), at: new Date(row.at).toISOString() }))
}

/** How often the files of a course have changed. */
export async function filesState(ctx: Ctx, courseId: string): Promise<{ changes: number }> {
  const [row] = await ctx.sql<{ changes: number }>('select changes from file_spaces where course_id = $1', [courseId])
  return { changes: row?.changes ?? 0 }
}

/** Those of `fileIds` that are files of this course and in no bin. */
export async function filesOfCourse(courseId: CourseId, fileIds: readonly string[]): Promise<FileRow[]> {
  if (fileIds.length === 0) return []
  return files.findAll({ where: { courseId, id: [...fileIds], removedAt: null }, raw: true })
}

/**
 * A folder and what is in it, at any depth, that stands in the course, or stood there, and is not in the bin itself; the folder
 * asked of comes along in any case.
 */
export async function listPlacedBelow(ctx: Ctx, folderId: FolderId): Promise<{ kind: string; refId: string }[]> {
  return ctx.sql<{ kind: string; refId: string }>(
    `with recursive below(id) as (
       select $1::uuid union select f.id from folders f join below b on f.folder_id = b.id where f.removed_at is null
     )
     select i.kind, i.ref_id as "refId" from items i
      where (i.kind = $3 and i.ref_id in (select id from below))
        or (i.kind = $2 and i.ref_id in (
          select f.id from files f where f.folder_id in (select id from below) and f.removed_at is null))
      order by i.ref_id`,
    [folderId, fileKind, folderKind],
  )
}

/** Whether a file or folder stands in its course or once stood there. */
export async function wasPlaced(ctx: Ctx, kind: string, refId: FileId | FolderId): Promise<boolean> {
  const found = await ctx.sql('select from items where kind = $1 and ref_id = $2', [kind, refId])
  return found.length > 0
}

/** What somebody uploaded and when, for the copy of what is kept about them. */
export const exportUploaded = (ctx: Ctx, accountId: AccountId): Promise<object[]> =>
  ctx.sql<object>(
    `select v.name, v.size::float8 as size, v.at, c.title as course from file_versions v
       join files f on f.id = v.file_id join courses c on c.id = f.course_id
      where v.by_account = $1 order by v.at`,
    [accountId],
  )

/** The bytes somebody uploaded and what they were called then, oldest first. */
export const listUploaded = (ctx: Ctx, accountId: AccountId): Promise<{ blobId: string; name: string }[]> =>
  ctx.sql(`select blob_id as "blobId", name from file_versions where by_account = $1 order by at, file_id, number`, [
    accountId,
  ])
