// Takes files out of the bin for good: rows in the transaction, bytes by a job after it, which may be run twice. By hand, or
// when their time is over.
import { demand } from '#protocol/base/problems.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { FileId, FolderId } from '#protocol/files.ts'
import { audit } from '#server/features/audit/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { countBin, nextInBin } from '../queries/bin.ts'
import { fileKind } from '../queries/files.ts'
import { type FileRow, type FolderRow, files, fileVersions, folders } from '../tables.ts'
import { filesChanged, giveSpace, lockSpace } from './space.ts'
import { blobsGone } from './uploads.ts'

/** How long the bin keeps a file, in milliseconds. */
const keptMs = 30 * 86_400_000

/** How many files one turn forgets: an action stays short. */
const turn = 20

/** Forgets a file that is in the bin, with every version. Throws `not-in-bin` for one that is not there. */
export async function destroyFile(ctx: WriteCtx, row: FileRow): Promise<void> {
  await lockSpace(ctx, row.courseId)
  const locked = await files.findOne({ where: { id: row.id }, lock: true, raw: true })
  if (!locked) return
  demand(locked.removedAt !== null, 'not-in-bin')
  await forget(ctx, locked)
  await filesChanged(ctx, row.courseId)
}

/** Forgets a file whose course's room is locked. */
async function forget(ctx: WriteCtx, row: FileRow): Promise<void> {
  const versions = await fileVersions.findAll({ where: { fileId: row.id }, raw: true })
  const sizes = new Map(versions.map(one => [one.blobId, Number(one.size)]))
  await ctx.sql('delete from file_uses where file_id = $1', [row.id])
  await ctx.sql('update uploads set file_id = null where file_id = $1', [row.id])
  await fileVersions.destroy({ where: { fileId: row.id } })
  await files.destroy({ where: { id: row.id } })
  await giveSpace(
    ctx,
    row,
    [...sizes.values()].reduce((sum, size) => sum + size, 0),
  )
  await ctx.enqueue(blobsGone, { blobIds: [...sizes.keys()] })
  await audit.record(ctx, {
    verb: 'file.destroyed',
    subject: { kind: 'file', id: row.id },
    context: courseContext(row.courseId),
    details: { courseId: row.courseId, kind: fileKind, name: row.name },
  })
}

/**
 * Forgets a folder that is in the bin, with all it holds, and of much only the first files; its course's room is locked.
 * Answers how many files went: as many as `most` means that it stands still.
 */
async function forgetFolder(ctx: WriteCtx, { id, courseId, name }: FolderRow, most: number): Promise<number> {
  const below = `with recursive below(id, depth) as (
    select $1::uuid, 0 union all select f.id, below.depth + 1 from folders f join below on f.folder_id = below.id
  )`
  const held = await ctx.sql<{ id: FileId }>(
    `${below} select id from files where folder_id in (select id from below) order by id limit ${most}`,
    [id],
  )
  for (const one of held) {
    const row = await files.findOne({ where: { id: one.id }, lock: true, raw: true })
    if (row) await forget(ctx, row)
  }
  if (held.length === most) return most
  const rows = await ctx.sql<{ id: FolderId }>(`${below} select id from below order by depth desc`, [id])
  const ids = rows.map(row => row.id)
  await ctx.sql('update uploads set folder_id = null where folder_id = any($1::uuid[])', [ids])
  for (const one of ids) await folders.destroy({ where: { id: one } })
  await audit.record(ctx, {
    ...{ verb: 'folder.destroyed', subject: { kind: 'folder', id }, context: courseContext(courseId) },
    details: { courseId, name },
  })
  return held.length
}

/**
 * Forgets a folder that is in the bin, with all it holds; of much only the first files. Answers how many files and folders
 * are left, to go when it is asked again. Throws `not-in-bin` for one that is not there.
 */
export async function destroyFolder(ctx: WriteCtx, { id, courseId }: FolderRow): Promise<number> {
  await lockSpace(ctx, courseId)
  const locked = await folders.findOne({ where: { id }, lock: true, raw: true })
  if (!locked) return 0
  demand(locked.removedAt !== null, 'not-in-bin')
  await forgetFolder(ctx, locked, turn)
  await filesChanged(ctx, courseId)
  const { files: some, folders: more } = await countBin(ctx, courseId, { folderId: id })
  return some + more
}

/**
 * Forgets what came into the bin of a course until then, some files a turn. Answers how many files and folders are left,
 * to go when it is asked again.
 */
export async function emptyBin(ctx: WriteCtx, courseId: CourseId, until: Date): Promise<number> {
  await lockSpace(ctx, courseId)
  for (let most = turn; most > 0; ) {
    const next = await nextInBin(ctx, courseId, until)
    if (!next) break
    if (next.kind === 'file') {
      await forget(ctx, await files.findByPk(next.id, { rejectOnEmpty: true, raw: true }))
      most -= 1
    } else most -= Math.max(1, await forgetFolder(ctx, await folderOf(next.id), most))
  }
  await filesChanged(ctx, courseId)
  const { files: some, folders: more } = await countBin(ctx, courseId, { until })
  return some + more
}

const folderOf = (id: string): Promise<FolderRow> => folders.findByPk(id, { rejectOnEmpty: true, raw: true })

/**
 * Forgets what has been in the bin for 30 days: some files of one course, or else a folder of one. Throws what
 * `destroyFile` throws.
 */
export async function emptyBins(ctx: WriteCtx): Promise<void> {
  const before = new Date(ctx.now.getTime() - keptMs)
  const rows = await ctx.sql<{ id: FileId }>(
    `select id from files where removed_at < $1
        and course_id = (select course_id from files where removed_at < $1 order by removed_at limit 1)
      order by removed_at limit ${turn}`,
    [before],
  )
  for (const { id } of rows) {
    const row = await files.findByPk(id, { raw: true })
    if (row) await destroyFile(ctx, row)
  }
  if (rows.length > 0) return
  const [folder] = await ctx.sql<{ id: FolderId }>(
    'select id from folders where removed_at < $1 order by removed_at limit 1',
    [before],
  )
  const row = folder && (await folders.findByPk(folder.id, { raw: true }))
  if (!row) return
  await lockSpace(ctx, row.courseId)
  await forgetFolder(ctx, row, turn)
  await filesChanged(ctx, row.courseId)
}
