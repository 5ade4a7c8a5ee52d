// The room that a course has for files, and a person for what they send to people alone; and the word that a course's
// files changed. The row of a room is locked by whoever changes anything in it, so that two uploads never take the same
// last bytes.
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { CourseId } from '#protocol/courses.ts'
import { type FileSpace, fileRoomScope, filesScope } from '#protocol/files.ts'
import { audit } from '#server/features/audit/index.ts'
import { changeItem } from '#server/features/courses/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { folderKind } from '../queries/files.ts'
import { folderDetails, listPlacedFolders } from '../queries/folders.ts'
import { bytesInWords, commonSpace, personalSpace } from '../rules/files.ts'

/** Whose room it is: a course's, or, where there is no course, somebody's own. */
export type Roomed = { readonly courseId: CourseId } | { readonly courseId: null; readonly accountId: AccountId }

const roomOf = (of: Roomed) =>
  of.courseId === null
    ? {
        table: 'personal_spaces',
        key: 'account_id',
        id: of.accountId,
        common: personalSpace,
        full: 'no-own-room' as const,
      }
    : { table: 'file_spaces', key: 'course_id', id: of.courseId, common: commonSpace, full: 'no-room' as const }

async function lockRoom(ctx: WriteCtx, of: Roomed): Promise<FileSpace> {
  const { table, key, id, common } = roomOf(of)
  const [row] = await ctx.sql<{ used_bytes: string; limit_bytes: string }>(
    `insert into ${table} (${key}, limit_bytes) values ($1, $2)
     on conflict (${key}) do update set used_bytes = ${table}.used_bytes
     returning used_bytes, limit_bytes`,
    [id, common],
  )
  return { used: Number(row?.used_bytes ?? 0), limit: Number(row?.limit_bytes ?? 0) }
}

/** Locks the room of a course: changes of its files go one after the other. */
export const lockSpace = (ctx: WriteCtx, courseId: CourseId): Promise<FileSpace> => lockRoom(ctx, { courseId })

/** Takes `bytes` of a room; throws `no-room` (of a person's: `no-own-room`) when there is less. */
export async function takeSpace(ctx: WriteCtx, of: Roomed, bytes: number): Promise<void> {
  const { used, limit } = await lockRoom(ctx, of)
  const { table, key, id, full } = roomOf(of)
  if (used + bytes > limit) {
    const left = bytesInWords(Math.max(0, limit - used))
    throw new Problem(full, { params: { left, needs: bytesInWords(bytes) } })
  }
  await ctx.sql(`update ${table} set used_bytes = used_bytes + $2 where ${key} = $1`, [id, bytes])
}

/** Gives `bytes` back. */
export async function giveSpace(ctx: WriteCtx, of: Roomed, bytes: number): Promise<void> {
  const { table, key, id } = roomOf(of)
  await ctx.sql(`update ${table} set used_bytes = greatest(0, used_bytes - $2) where ${key} = $1`, [id, bytes])
}

/** Gives a course more room, or less; what is there already stays. In bytes. */
export async function changeSpace(
  ctx: WriteCtx,
  { courseId, limit }: { courseId: CourseId; limit: number },
): Promise<FileSpace> {
  const { used } = await lockSpace(ctx, courseId)
  await ctx.sql('update file_spaces set limit_bytes = $2 where course_id = $1', [courseId, limit])
  await audit.record(ctx, {
    verb: 'files.space-changed',
    subject: { kind: 'course', id: courseId },
    details: { limit },
  })
  ctx.announce(fileRoomScope, courseId, { kind: 'changed', body: { limit } })
  await filesChanged(ctx, courseId)
  return { used, limit }
}

/**
 * Says to staff that the files of a course changed, and to whoever reads a folder that stands in it what is there now: to be
 * called when all of it is written.
 */
export async function filesChanged(ctx: WriteCtx, courseId: CourseId): Promise<void> {
  await lockSpace(ctx, courseId)
  const [row] = await ctx.sql<{ changes: number }>(
    'update file_spaces set changes = changes + 1 where course_id = $1 returning changes',
    [courseId],
  )
  ctx.announce(filesScope, courseId, { kind: 'changed', body: { changes: row?.changes ?? 0 } })
  const placed = await listPlacedFolders(ctx, courseId)
  const details = await folderDetails(ctx, placed)
  for (const refId of placed) await changeItem(ctx, { kind: folderKind, refId, detail: details.get(refId) })
}
