// What somebody was asked to mend, as it stands now. Things they may no longer change are left out. Changes nothing.
import type { FindingsRequestId, RequestedThing } from '#protocol/accessibility.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import { mayEach } from '#server/features/access/index.ts'
import type { NoticeAbout } from '#server/features/notifications/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { courseNames } from '../rules.ts'
import { apartSql, placeOf, thingsSql } from './things.ts'

interface Row extends RequestedThing {
  readonly requestId: string
  readonly apart: string | null
}

// Those of the person's own courses alone.
async function thingsOf(ctx: Ctx, accountId: AccountId, requestIds: readonly string[]): Promise<Row[]> {
  const rows = await ctx.sql<Row>(
    `select r.request_id as "requestId", t.course_id as "courseId", c.title as "courseTitle", t.kind,
            t.ref_id as "refId", t.title, t.within, t.findings, ${apartSql} as apart
       from findings_requested r
       join (${thingsSql(
         'c.ref_id in (select q.ref_id from findings_requested q where q.account_id = $1 and q.request_id = any($2::uuid[]))',
       )}) t on t.kind = r.kind and t.ref_id = r.ref_id
       join courses c on c.id = t.course_id and c.removed_at is null
      where r.account_id = $1 and r.request_id = any($2::uuid[])
      order by c.title, t.title, t.ref_id`,
    [accountId, requestIds],
  )
  const places = new Map(rows.map(row => [placeOf(row).id, placeOf(row)]))
  const may = await mayEach(
    ctx,
    [...places.values()].map(context => ({ accountId, context })),
  )
  return rows.filter(row => may({ accountId, context: placeOf(row) }, 'content.change'))
}

/** One request. Throws `not-found` for whoever was not asked. */
export async function getRequest(
  ctx: Ctx,
  accountId: AccountId,
  requestId: FindingsRequestId,
): Promise<{ at: string; by: string | null; note: string; things: RequestedThing[] }> {
  const [row] = await ctx.sql<{ at: Date; by: string | null; note: string }>(
    `select r.at, r.note, case when a.erased_at is null then a.name end as by
       from findings_requests r left join accounts a on a.id = r.by_account
      where r.id = $1 and exists (select from findings_requested q where q.request_id = r.id and q.account_id = $2)`,
    [requestId, accountId],
  )
  if (!row) throw new Problem('not-found')
  return { ...row, at: new Date(row.at).toISOString(), things: await thingsOf(ctx, accountId, [requestId]) }
}

/** How notifications of requests are shown: by whom, about which courses. */
export async function aboutRequests(
  ctx: Ctx,
  accountId: AccountId,
  requestIds: readonly string[],
): Promise<Map<string, NoticeAbout>> {
  const rows = await ctx.sql<{ id: string; name: string | null }>(
    `select r.id, case when a.erased_at is null then a.name end as name
       from findings_requests r left join accounts a on a.id = r.by_account where r.id = any($1::uuid[])`,
    [requestIds],
  )
  const things = await thingsOf(ctx, accountId, requestIds)
  return new Map(
    rows.flatMap(({ id, name }) => {
      const titles = [...new Set(things.filter(one => one.requestId === id).map(one => one.courseTitle))]
      // Nothing of it is theirs any more.
      if (titles.length === 0) return []
      return [[id, { name, title: courseNames(titles), place: { at: 'findings', requestId: id } }] as const]
    }),
  )
}
