// The room a course has for files, and the word that its files changed. The row of a course's room is locked by whoever
// changes anything in it, so that two uploads never take the same last bytes.
import { Problem } from '#protocol/base/problems.ts'
import type { CourseId } from '#protocol/courses.ts'
import { type FileSpace, filesScope } from '#protocol/files.ts'
import { audit } from '#server/features/audit/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { bytesInWords, commonSpace } from '../rules/files.ts'

/** Locks the room of a course: changes of its files go one after the other. */
export async function lockSpace(ctx: WriteCtx, courseId: CourseId): Promise<FileSpace> {
  const [row] = await ctx.sql<{ used_bytes: string; limit_bytes: string }>(
    `insert into file_spaces (course_id, limit_bytes) values ($1, $2)
     on conflict (course_id) do update set used_bytes = file_spaces.used_bytes
     returning used_bytes, limit_bytes`,
    [courseId, commonSpace],
  )
  return { used: Number(row?.used_bytes ?? 0), limit: Number(row?.limit_bytes ?? 0) }
}

/** Takes `bytes` of a course's room; throws `no-room` when there is less. */
export async function takeSpace(ctx: WriteCtx, courseId: CourseId, bytes: number): Promise<void> {
  const { used, limit } = await lockSpace(ctx, courseId)
  if (used + bytes > limit) {
    const left = bytesInWords(Math.max(0, limit - used))
    throw new Problem('no-room', { params: { left, needs: bytesInWords(bytes) } })
  }
  await ctx.sql('update file_spaces set used_bytes = used_bytes + $2 where course_id = $1', [courseId, bytes])
}

/** Gives `bytes` back. */
export async function giveSpace(ctx: WriteCtx, courseId: CourseId, bytes: number): Promise<void> {
  await ctx.sql('update file_spaces set used_bytes = greatest(0, used_bytes - $2) where course_id = $1', [
    courseId,
    bytes,
  ])
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
  await filesChanged(ctx, courseId)
  return { used, limit }
}

/** Says to staff that the files of a course changed. */
export async function filesChanged(ctx: WriteCtx, courseId: CourseId): Promise<void> {
  await lockSpace(ctx, courseId)
  const [row] = await ctx.sql<{ changes: number }>(
    'update file_spaces set changes = changes + 1 where course_id = $1 returning changes',
    [courseId],
  )
  ctx.announce(filesScope, courseId, { kind: 'changed', body: { changes: row?.changes ?? 0 } })
}
