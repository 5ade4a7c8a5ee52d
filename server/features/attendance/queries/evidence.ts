// What the record says of who was in classes, and what was corrected. A query each, for any number of classes and people.
// Changes nothing and asks no rights.
import type { Attendance, AttendanceMark, CorrectedStatus } from '#protocol/attendance.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { RunId } from '#protocol/live.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { type Held, shareOf, statusOf, suggest } from '../rules.ts'

/** A class as its attendance is worked out. */
export interface HeldRun {
  readonly id: RunId
  readonly title: string
  readonly startedAt: Date
  readonly endedAt: Date | null
}

interface SeatFacts {
  run_id: RunId
  account_id: AccountId
  joined_at: Date
  seen_at: Date | null
  seconds: number | null
  answered: number
}

// Intervals of several devices overlap: they are laid over one another and cut to the class.
const seatsSql = `
  with held as (
    select id, started_at, coalesce(ended_at, $3::timestamptz) as ended_at from runs where id = any($1::uuid[])
  ), seen as (
    select i.scope_id as run_id, i.account_id,
           range_agg(tstzrange(greatest(i.from_at, h.started_at), least(i.to_at, h.ended_at))) as times,
           max(least(i.to_at, h.ended_at)) as seen_at
      from held h
      join seat_intervals i
        on i.scope = 'run' and i.scope_id = h.id and i.to_at > h.started_at and i.from_at < h.ended_at
     where i.account_id = any($2::uuid[])
     group by i.scope_id, i.account_id
  ), gave as (
    select d.run_id, e.account_id, count(*) filter (where e.answered)::int as answered
      from run_deliveries d join evidence e on e.delivery_id = d.delivery_id
     where d.run_id = any($1::uuid[]) and e.account_id = any($2::uuid[])
     group by d.run_id, e.account_id
  )
  select s.run_id, s.account_id, s.joined_at, n.seen_at,
         (select sum(extract(epoch from upper(t) - lower(t)))::float8 from unnest(n.times) as t) as seconds,
         coalesce(g.answered, 0) as answered
    from seats s
    left join seen n on n.run_id = s.run_id and n.account_id = s.account_id
    left join gave g on g.run_id = s.run_id and g.account_id = s.account_id
   where s.run_id = any($1::uuid[]) and s.account_id = any($2::uuid[]) and s.role <> 'host'`

interface MarkFacts {
  run_id: RunId
  account_id: AccountId
  number: number
  status: CorrectedStatus | null
  note: string
  by: string | null
  at: Date
}

const markOf = ({ status, note, by, at }: MarkFacts): AttendanceMark => ({
  status,
  note,
  by,
  at: new Date(at).toISOString(),
})

/** How people stand in classes; undefined for a person of whom a class has neither a seat nor a correction. */
export type StandingsOf = (run: HeldRun, accountId: AccountId) => Attendance & { readonly seated: boolean }

/** What the record says of these people in these classes. Three queries however many there are. */
export async function standingsIn(
  ctx: Ctx,
  runs: readonly HeldRun[],
  accountIds: readonly AccountId[],
): Promise<StandingsOf> {
  const runIds = runs.map(one => one.id)
  const key = (runId: string, accountId: string) => `${runId} ${accountId}`
  const seats = new Map(
    (await ctx.sql<SeatFacts>(seatsSql, [runIds, [...accountIds], ctx.now])).map(row => [
      key(row.run_id, row.account_id),
      row,
    ]),
  )
  const marks = new Map(
    (
      await ctx.sql<MarkFacts>(
        `select distinct on (m.run_id, m.account_id) m.run_id, m.account_id, m.number, m.status, m.note, a.name as by, m.at
           from attendance_marks m left join accounts a on a.id = m.by
          where m.run_id = any($1::uuid[]) and m.account_id = any($2::uuid[])
          order by m.run_id, m.account_id, m.number desc`,
        [runIds, [...accountIds]],
      )
    ).map(row => [key(row.run_id, row.account_id), row]),
  )
  const asked = new Map(
    (
      await ctx.sql<{ run_id: RunId; asked: number }>(
        'select run_id, sum(asked)::int as asked from run_deliveries where run_id = any($1::uuid[]) group by run_id',
        [runIds],
      )
    ).map(row => [row.run_id, row.asked]),
  )
  return (run, accountId) => {
    const seat = seats.get(key(run.id, accountId))
    const mark = marks.get(key(run.id, accountId))
    const held: Held = { startedAt: run.startedAt.getTime(), endedAt: run.endedAt?.getTime() ?? null }
    const seenAt = seat?.seen_at ? new Date(seat.seen_at) : null
    const seenMs = seat?.seconds == null ? null : seat.seconds * 1000
    const joinedAt = seat && new Date(seat.joined_at)
    const suggested = suggest(
      held,
      joinedAt ? { joinedAt: joinedAt.getTime(), seenAt: seenAt?.getTime() ?? null, seenMs } : null,
    )
    return {
      seated: seat !== undefined,
      evidence: {
        joinedAt: joinedAt?.toISOString() ?? null,
        seenAt: seenAt?.toISOString() ?? null,
        share: shareOf(held, seenMs, ctx.now.getTime()),
        answered: seat?.answered ?? 0,
        asked: asked.get(run.id) ?? 0,
      },
      suggested,
      status: statusOf(suggested, mark?.status ?? null),
      mark: mark?.status ? markOf(mark) : null,
      version: mark?.number ?? 0,
    }
  }
}

/** Every correction of one person in a class, the latest first. One query. */
export async function listMarks(ctx: Ctx, runId: RunId, accountId: AccountId): Promise<AttendanceMark[]> {
  const rows = await ctx.sql<MarkFacts>(
    `select m.run_id, m.account_id, m.number, m.status, m.note, a.name as by, m.at
       from attendance_marks m left join accounts a on a.id = m.by
      where m.run_id = $1 and m.account_id = $2 order by m.number desc limit 100`,
    [runId, accountId],
  )
  return rows.map(markOf)
}
