// The roster of a class: a window over everybody who took a seat and every learner of the course who did not. Presence
// comes from memory, the rest from one query.
import type { Input } from '#protocol/base/call.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { liveRoutes, RosterEntry, RunId } from '#protocol/live.ts'
import { answeredAccounts } from '#server/features/activities/index.ts'
import type { Mark } from '#server/features/presence/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'
import { getRun, stagedOf } from './runs.ts'

export type RosterInput = Input<typeof liveRoutes.roster>

interface RosterFacts {
  account_id: AccountId
  name: string
  role: RosterEntry['role']
  out: boolean
  presence: RosterEntry['presence']
  last_here_at: Date | null
  sort: string
  total: number
}

const rosterSql = `
  with people as (
    select s.account_id, s.role, true as seated, s.put_out_at is not null as out from seats s where s.run_id = $1
    union all
    select e.account_id, 'learner', false, false from enrolments e
    join role_assignments ra on ra.account_id = e.account_id and ra.context_kind = 'course' and ra.context_id = $2
    where e.course_id = $2 and e.ended_at is null and ra.role = 'learner'
      and not exists (select from seats s where s.run_id = $1 and s.account_id = e.account_id)
  ), marked as (
    select p.account_id, p.role, p.seated, p.out, a.name, lower(a.name) as sort,
           case when p.account_id = any($3::uuid[]) then 'here'
                when p.account_id = any($4::uuid[]) then 'reconnecting'
                when p.seated then 'left' else 'absent' end as presence
    from people p join accounts a on a.id = p.account_id
  ), asked as (
    select *, count(*) over ()::int as total from marked
    where case $5::text when 'here' then presence = 'here' and role <> 'host'
                        when 'joined' then seated and role <> 'host'
                        when 'reconnecting' then presence = 'reconnecting'
                        when 'absent' then presence in ('left', 'absent') and role <> 'host'
                        when 'silent' then account_id = any($6::uuid[]) and role <> 'host'
                        when 'answered' then account_id = any($6::uuid[]) and role <> 'host'
                        else true end
  )
  select *, case when presence in ('reconnecting', 'left') then (
    select max(i.to_at) from seat_intervals i
     where i.scope = 'run' and i.scope_id = $1 and i.account_id = asked.account_id
  ) end as last_here_at
  from asked where $7::text is null or (sort, account_id) > ($7, $8::uuid)
  order by sort, account_id limit $9`

const seatedIn = async (ctx: Ctx, runId: RunId): Promise<AccountId[]> =>
  (await ctx.sql<{ account_id: AccountId }>('select account_id from seats where run_id = $1', [runId])).map(
    row => row.account_id,
  )

/**
 * One window of the roster, by name. `count`: how many people the filter leaves. Throws `not-found`, and `malformed`
 * for a cursor that is none. Asks no rights.
 */
export async function listRoster(
  ctx: Ctx,
  input: RosterInput,
  marks: ReadonlyMap<AccountId, Mark>,
): Promise<{ items: RosterEntry[]; next?: string; count: number }> {
  const run = await getRun(ctx, input.runId)
  const staged = await stagedOf(ctx, run)
  const after = readKeyset(input.after)
  const withMark = (wanted: Mark) => [...marks].filter(([, mark]) => mark === wanted).map(([account]) => account)
  const here = withMark('here')
  const answered = async (accounts: readonly AccountId[]): Promise<Set<AccountId> | undefined> =>
    staged?.currentItemId ? answeredAccounts(ctx, staged.deliveryId, staged.currentItemId, accounts) : undefined
  // Silent: took a seat, and no answer to what is asked; with those who answered they are all who came.
  const seated = input.filter === 'silent' || input.filter === 'answered' ? await seatedIn(ctx, run.id) : []
  const told = await answered(seated)
  const silent = told && input.filter === 'silent' ? seated.filter(account => !told.has(account)) : []
  const rows = await ctx.sql<RosterFacts>(rosterSql, [
    run.id,
    run.course_id,
    here,
    withMark('reconnecting'),
    input.filter ?? 'all',
    input.filter === 'answered' && told ? [...told] : silent,
    after?.[0] ?? null,
    after?.[1] ?? null,
    input.limit + 1,
  ])
  const shown = rows.slice(0, input.limit)
  const have = await answered(shown.map(row => row.account_id))
  const last = shown.at(-1)
  return {
    items: shown.map(row => ({
      accountId: row.account_id,
      name: row.name,
      role: row.role,
      out: row.out,
      presence: row.presence,
      lastHereAt: row.last_here_at && new Date(row.last_here_at).toISOString(),
      answered: have && row.role !== 'host' ? have.has(row.account_id) : null,
    })),
    ...(rows.length > input.limit && last ? { next: writeKeyset(last.sort, last.account_id) } : {}),
    count: rows[0]?.total ?? 0,
  }
}
