// Writes who came to meetings. Rights were asked by the door.
import type { AccountId } from '#protocol/base/ids.ts'
import type { MeetingId, MeetingVisit } from '#protocol/meetings.ts'
import type { CourseReset } from '#server/features/courses/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { countVisits, type Visited, visitOf } from '../queries/meetings.ts'

/** Notes that somebody comes, for the first time or again. */
export async function noteVisit(ctx: WriteCtx, meetingId: MeetingId, accountId: AccountId): Promise<MeetingVisit> {
  const [row] = await ctx.sql<Visited>(
    `insert into meeting_visits as v (meeting_id, account_id, first_at, last_at, presses) values ($1, $2, $3, $3, 1)
     on conflict (meeting_id, account_id) do update set last_at = excluded.last_at, presses = v.presses + 1
     returning first_at as "firstAt", last_at as "lastAt", presses, seconds`,
    [meetingId, accountId, ctx.now],
  )
  if (!row) throw new Error('a visit that was written is not there')
  return visitOf(row)
}

/** Who came goes with the other marks of a course that begins anew. */
export const visitsReset: CourseReset = {
  count: countVisits,
  clear: async (ctx, courseId) => {
    await ctx.sql('delete from meeting_visits v using meetings m where m.id = v.meeting_id and m.course_id = $1', [
      courseId,
    ])
  },
}

/** Takes out where somebody came. */
export async function eraseVisits(ctx: WriteCtx, accountId: AccountId): Promise<void> {
  await ctx.sql('delete from meeting_visits where account_id = $1', [accountId])
}

/** Both were the same person: who stays came as often as both. */
export async function mergeVisits(ctx: WriteCtx, from: AccountId, into: AccountId): Promise<void> {
  await ctx.sql(
    `with told as (delete from meeting_visits where account_id = $1 returning *)
     insert into meeting_visits as v (meeting_id, account_id, first_at, last_at, presses, seconds, seen_at)
     select meeting_id, $2, first_at, last_at, presses, seconds, seen_at from told
     on conflict (meeting_id, account_id) do update set first_at = least(v.first_at, excluded.first_at),
       last_at = greatest(v.last_at, excluded.last_at), presses = v.presses + excluded.presses,
       seconds = case when v.seconds is null then excluded.seconds else v.seconds + coalesce(excluded.seconds, 0) end,
       seen_at = greatest(v.seen_at, excluded.seen_at)`,
    [from, into],
  )
}
