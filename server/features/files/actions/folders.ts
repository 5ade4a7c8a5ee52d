// Writes folders. Rights were asked by the door. A folder in the bin holds what it held; nothing in it stands anywhere.
import type { AuditVerb } from '#protocol/audit/verbs.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { CourseId, ModuleId } from '#protocol/courses.ts'
import { deepestFolder, type Folder, type FolderId } from '#protocol/files.ts'
import { audit } from '#server/features/audit/index.ts'
import {
  changeItem,
  courseContext,
  findItem,
  placeItem,
  removeItem,
  restoreItem,
} from '#server/features/courses/index.ts'
import { actorOf, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { folderKind, folderOf, listPlacedBelow, wasPlaced } from '../queries/files.ts'
import { folderDetails } from '../queries/folders.ts'
import { findPath, pathOf } from '../queries/lists.ts'
import { type FolderRow, folders } from '../tables.ts'
import { demandFree, holderOf } from './files.ts'
import { filesChanged, lockSpace } from './space.ts'

const record = (ctx: WriteCtx, verb: AuditVerb, { id, courseId, name }: Pick<FolderRow, 'id' | 'courseId' | 'name'>) =>
  audit.record(ctx, {
    ...{ verb, subject: { kind: 'folder', id }, context: courseContext(courseId) },
    details: { courseId, name },
  })

/** How many levels the tree below a folder has, itself counted, in the bin or not. */
async function heightOf(ctx: WriteCtx, folderId: FolderId): Promise<number> {
  const [row] = await ctx.sql<{ height: number }>(
    `with recursive below as (
       select id, 1 as level from folders where id = $1
       union all select f.id, b.level + 1 from folders f join below b on f.folder_id = b.id where b.level < 100
     ) select max(level)::int as height from below`,
    [folderId],
  )
  return row?.height ?? 1
}

const demandRoom = (depth: number): void =>
  demand(depth <= deepestFolder, 'too-deep', { params: { most: deepestFolder } })

/** Makes a folder. Throws `name-taken`, `too-deep`, `not-found` for the one it is to lie in. */
export async function createFolder(
  ctx: WriteCtx,
  { courseId, folderId, name }: { courseId: CourseId; folderId: FolderId | null; name: string },
): Promise<Folder> {
  await lockSpace(ctx, courseId)
  const path = await pathOf(ctx, courseId, folderId)
  demandRoom(path.length + 1)
  await demandFree(ctx, { courseId, folderId, name })
  const row: FolderRow = {
    id: newId<'Folder'>(),
    courseId,
    folderId,
    name,
    version: 0,
    changedAt: ctx.now,
    removedAt: null,
    removedBy: null,
  }
  await folders.create(row)
  await record(ctx, 'folder.created', row)
  await filesChanged(ctx, courseId)
  return folderOf(row)
}

// The room of the course before the folder, as everywhere: see space.ts.
async function lockedFolder(ctx: WriteCtx, id: FolderId): Promise<FolderRow> {
  const found = await folders.findByPk(id, { raw: true })
  if (found) await lockSpace(ctx, found.courseId)
  const row = await folders.findOne({ where: { id }, lock: true, raw: true })
  if (!row) throw new Problem('not-found')
  return row
}

/**
 * Renames a folder or moves it with all it holds. Throws `not-found`, `conflict`, `not-allowed`, `too-deep` and
 * `name-taken`.
 */
export async function changeFolder(
  ctx: WriteCtx,
  input: { folderId: FolderId; version: number; name?: string | undefined; into?: FolderId | null | undefined },
): Promise<Folder> {
  const row = await lockedFolder(ctx, input.folderId)
  if (row.removedAt !== null) throw new Problem('not-found')
  demand(row.version === input.version, 'conflict', { params: { current: folderOf(row) } })
  const folderId = input.into === undefined ? row.folderId : input.into
  const path = await pathOf(ctx, row.courseId, folderId)
  demand(!path.some(one => one.id === row.id), 'not-allowed')
  demandRoom(path.length + (await heightOf(ctx, row.id)))
  const next: FolderRow = {
    ...row,
    name: input.name ?? row.name,
    folderId,
    version: row.version + 1,
    changedAt: ctx.now,
  }
  await demandFree(ctx, next, row.id)
  await folders.update(next, { where: { id: row.id } })
  const placed = await findItem(ctx, { kind: folderKind, refId: row.id })
  // A place that was given a title of its own keeps it.
  if (placed?.title === row.name) await changeItem(ctx, { kind: folderKind, refId: row.id, title: next.name })
  await record(ctx, 'folder.changed', row)
  await filesChanged(ctx, row.courseId)
  return folderOf(next)
}

/** Puts a folder with all it holds into the bin. What of it stood in the course goes from there. Throws `not-found`. */
export async function removeFolder(ctx: WriteCtx, folderId: FolderId): Promise<void> {
  const row = await lockedFolder(ctx, folderId)
  if (row.removedAt !== null) return
  for (const ref of await listPlacedBelow(ctx, folderId)) await removeItem(ctx, ref)
  const removedBy = actorOf(ctx.who)
  await folders.update({ removedAt: ctx.now, removedBy }, { where: { id: folderId } })
  await record(ctx, 'folder.removed', row)
  await filesChanged(ctx, row.courseId)
}

/** Brings a folder back with all it held; to the top where its own folder is gone. Throws `not-found`, `name-taken`. */
export async function restoreFolder(ctx: WriteCtx, folderId: FolderId): Promise<Folder> {
  const row = await lockedFolder(ctx, folderId)
  if (row.removedAt === null) return folderOf(row)
  const stands = (await findPath(ctx, row.courseId, row.folderId)) !== undefined
  const next: FolderRow = {
    ...row,
    folderId: stands ? row.folderId : null,
    removedAt: null,
    removedBy: null,
    version: row.version + 1,
  }
  demand((await holderOf(ctx, next)) === undefined, 'name-taken', { params: { name: row.name } })
  await folders.update(next, { where: { id: folderId } })
  for (const ref of await listPlacedBelow(ctx, folderId)) await restoreItem(ctx, ref, row.removedAt)
  await record(ctx, 'folder.restored', row)
  await filesChanged(ctx, row.courseId)
  return folderOf(next)
}

/** Places a folder in its course. Throws `not-found`. */
export async function placeFolder(
  ctx: WriteCtx,
  { folderId, moduleId, published }: { folderId: FolderId; moduleId: ModuleId | null; published: boolean },
): Promise<void> {
  const row = await lockedFolder(ctx, folderId)
  await pathOf(ctx, row.courseId, folderId)
  const ref = { kind: folderKind, refId: folderId }
  if (await findItem(ctx, ref)) return
  const shown = { ...ref, title: row.name, published, detail: (await folderDetails(ctx, [folderId])).get(folderId) }
  if (await wasPlaced(ctx, folderKind, folderId)) {
    // It stood there once and was taken out: its row comes back, where it was.
    await restoreItem(ctx, ref)
    await changeItem(ctx, shown)
    return
  }
  await placeItem(ctx, { courseId: row.courseId, moduleId, ...shown })
  await record(ctx, 'folder.placed', row)
}
