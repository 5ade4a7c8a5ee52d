// The classes somebody may read in, for those who look for words in them. Changes nothing.
import type { Run, RunId } from '#protocol/live.ts'
import type { Reader } from '#server/features/search/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { mayWatch, type SeatRole } from '../rules.ts'

interface Row {
  id: RunId
  course_id: string
  phase: Run['phase']
  seat: SeatRole | null
  taken_out: boolean
  put_out: boolean
}

const mineSql = `
  select r.id, r.course_id, r.phase, s.role as seat, coalesce(past.taken_out, false) as taken_out,
    s.put_out_at is not null as put_out
  from runs r
  join courses c on c.id = r.course_id and c.removed_at is null
  left join seats s on s.run_id = r.id and s.account_id = $1
  left join lateral (
    select bool_and(e.ended_at is not null) as taken_out from enrolments e
    where e.course_id = r.course_id and e.account_id = $1
  ) past on s.role = 'guest'
  where r.course_id = any($2::uuid[]) or s.account_id is not null`

/** The classes of their courses and those they have a seat in, as far as they may watch them. One query. */
export async function readableRuns(ctx: Ctx, reader: Reader): Promise<{ runId: RunId; moderates: boolean }[]> {
  const courses = new Map(reader.courses.map(one => [one.id, one]))
  const rows = await ctx.sql<Row>(mineSql, [reader.accountId, [...courses.keys()]])
  return rows.flatMap(({ id, course_id, phase, seat, taken_out: takenOut, put_out: putOut }) => {
    const course = courses.get(course_id)
    const moderates = course?.may('channel.moderate') ?? false
    const standing = {
      attaches: false,
      seat,
      takenOut,
      putOut,
      moderates,
      hosts: course?.may('live.host') ?? false,
      joins: course?.may('live.join', 'writing') ?? false,
      views: course?.may('course.view') ?? false,
      over: false,
      draft: false,
    }
    return mayWatch(standing, phase) ? [{ runId: id, moderates }] : []
  })
}
