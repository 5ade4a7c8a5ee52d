// Takes files out of the bin for good: rows in the transaction, bytes by a job after it, which may be run twice.
import { demand } from '#protocol/base/problems.ts'
import type { FileId } from '#protocol/files.ts'
import { audit } from '#server/features/audit/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { fileKind } from '../queries/files.ts'
import { type FileRow, files, fileVersions } from '../tables.ts'
import { filesChanged, giveSpace } from './space.ts'
import { blobsGone } from './uploads.ts'

/** How long the bin keeps a file, in milliseconds. */
const keptMs = 30 * 86_400_000

/** Forgets a file that is in the bin, with every version. Throws `not-in-bin` for one that is not there. */
export async function destroyFile(ctx: WriteCtx, row: FileRow): Promise<void> {
  const locked = await files.findOne({ where: { id: row.id }, lock: true, raw: true })
  if (!locked) return
  demand(locked.removedAt !== null, 'not-in-bin')
  const versions = await fileVersions.findAll({ where: { fileId: row.id }, raw: true })
  const sizes = new Map(versions.map(one => [one.blobId, Number(one.size)]))
  await ctx.sql('delete from file_uses where file_id = $1', [row.id])
  await ctx.sql('update uploads set file_id = null where file_id = $1', [row.id])
  await fileVersions.destroy({ where: { fileId: row.id } })
  await files.destroy({ where: { id: row.id } })
  await giveSpace(
    ctx,
    row.courseId,
    [...sizes.values()].reduce((sum, size) => sum + size, 0),
  )
  await ctx.enqueue(blobsGone, { blobIds: [...sizes.keys()] })
  await audit.record(ctx, {
    verb: 'file.destroyed',
    subject: { kind: 'file', id: row.id },
    details: { courseId: row.courseId, kind: fileKind },
  })
  await filesChanged(ctx, row.courseId)
}

/** Forgets what has been in the bin for 30 days, twenty at a time, of one course: an action writes to few scopes. */
export async function emptyBins(ctx: WriteCtx): Promise<void> {
  const rows = await ctx.sql<{ id: FileId }>(
    `select id from files where removed_at < $1
        and course_id = (select course_id from files where removed_at < $1 order by removed_at limit 1)
      order by removed_at limit 20`,
    [new Date(ctx.now.getTime() - keptMs)],
  )
  for (const { id } of rows) {
    const row = await files.findByPk(id, { raw: true })
    if (row) await destroyFile(ctx, row)
  }
}
