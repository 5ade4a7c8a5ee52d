// Who missed a class, and what they were given for it. Changes nothing and asks no rights.
import type { DeliveryId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { CatchUpEntry } from '#protocol/live/report.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import type { RunFacts } from './runs.ts'

type Facts = Pick<RunFacts, 'id' | 'course_id' | 'grade_item_id' | 'ended_at'>

export interface Absent {
  readonly accountId: AccountId
  readonly name: string
  /** Homework of the class's column was given to them already. */
  readonly given: boolean
  /** And they handed all of it in. */
  readonly caughtUp: boolean
}

/** Learners of the course since before the class ended who took no seat, by name. One query. */
export const absentFrom = (ctx: Ctx, run: Facts): Promise<Absent[]> =>
  ctx.sql<Absent>(
    `with homework as (
       select d.id, d.audience from grade_sources g join deliveries d on d.id = g.delivery_id
        where g.grade_item_id = $3 and d.mode = 'homework'
     )
     select a.id as "accountId", a.name, own.given > 0 as given, own.given > 0 and own.given = own.finished as "caughtUp"
       from enrolments e
       join role_assignments r
         on r.account_id = e.account_id and r.context_kind = 'course' and r.context_id = e.course_id
       join accounts a on a.id = e.account_id
       cross join lateral (
         select count(*) as given, count(t.finished_at) as finished
           from homework h
           left join attempts t on t.delivery_id = h.id and t.account_id = e.account_id and t.number = 1
          where h.audience = 'everybody'
             or exists (select from delivery_audience w where w.delivery_id = h.id and w.account_id = e.account_id)
       ) own
      where e.course_id = $2 and e.ended_at is null and r.role = 'learner' and e.at <= coalesce($4, now())
        and not exists (select from seats s where s.run_id = $1 and s.account_id = e.account_id)
      order by lower(a.name), a.id`,
    [run.id, run.course_id, run.grade_item_id, run.ended_at],
  )

/** What this person was given as homework in the class's column, in the order of the class. One query. */
export async function catchUpOf(ctx: Ctx, run: Facts, accountId: AccountId): Promise<CatchUpEntry[]> {
  const rows = await ctx.sql<{
    id: DeliveryId
    title: string
    due_at: Date | null
    finished_at: Date | null
    over: boolean
  }>(
    `select d.id, a.title, d.due_at, t.finished_at, d.closed_at is not null as over
       from grade_sources g
       join deliveries d on d.id = g.delivery_id and d.mode = 'homework'
       join activities a on a.id = d.activity_id
       left join attempts t on t.delivery_id = d.id and t.account_id = $2 and t.number = 1
       left join run_deliveries r on r.run_id = $3 and r.activity_id = d.activity_id
      where g.grade_item_id = $1
        and (d.audience = 'everybody'
             or exists (select from delivery_audience w where w.delivery_id = d.id and w.account_id = $2))
      order by r.position nulls last, d.id`,
    [run.grade_item_id, accountId, run.id],
  )
  const instant = (at: Date | null) => at && new Date(at).toISOString()
  return rows.map(row => ({
    deliveryId: row.id,
    title: row.title,
    dueAt: instant(row.due_at),
    finishedAt: instant(row.finished_at),
    over: row.over,
  }))
}
