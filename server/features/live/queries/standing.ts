// How people stand to a run, many at once and in two queries: for the door of the scopes, the chat, the gate of answers.
// Speaks SQL through ctx.sql only, since storms ask too.
import type { DeliveryId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, refuse } from '#protocol/base/problems.ts'
import type { SiteRole } from '#protocol/base/roles.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { Run, RunId } from '#protocol/live.ts'
import { entitledSince, judge, lawIn } from '#server/features/access/index.ts'
import type { GateAnswer } from '#server/features/activities/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import { accountOf, actorOf, type Ctx } from '#server/platform/ctx.ts'
import { gather } from '#server/platform/db/gather.ts'
import { mayAnswer, mayWatch, noStanding, type SeatRole, type Standing, standingFrom, whyNotHost } from '../rules.ts'
import { getRun } from './runs.ts'

interface StandingRow {
  run_id: RunId
  account_id: AccountId
  course_id: CourseId
  phase: Run['phase']
  site_role: SiteRole
  gone: boolean
  seat: SeatRole | null
  role: string | null
  depth: number | null
  taken_out: boolean
  put_out: boolean
}

// The roles on the way up from the run's course, the seat, and whether the account is in good standing.
const standingSql = `
  with recursive asked as (
    select distinct run_id, account_id from unnest($1::uuid[], $2::uuid[]) as a(run_id, account_id)
  ), way as (
    select r.id as run_id, c.kind, c.id, c.parent_kind, c.parent_id, 0 as depth
    from runs r join contexts c on c.kind = 'course' and c.id = r.course_id
    where r.id in (select run_id from asked)
    union all
    select way.run_id, c.kind, c.id, c.parent_kind, c.parent_id, way.depth + 1
    from contexts c join way on c.kind = way.parent_kind and c.id = way.parent_id
    where way.depth < 16
  ), held as (
    select way.run_id, ra.account_id, ra.role, way.depth
    from way join roles_held ra on ra.context_kind = way.kind and ra.context_id = way.id
    where ra.account_id in (select account_id from asked)
  )
  select asked.run_id, asked.account_id, r.course_id, r.phase, a.site_role,
    coalesce(a.suspended_at, a.erased_at) is not null as gone, s.role as seat, held.role, held.depth,
    coalesce(past.taken_out, false) as taken_out, s.put_out_at is not null as put_out
  from asked
  join runs r on r.id = asked.run_id
  join accounts a on a.id = asked.account_id
  left join seats s on s.run_id = asked.run_id and s.account_id = asked.account_id
  left join lateral (
    select bool_and(e.ended_at is not null) as taken_out from enrolments e
    where e.course_id = r.course_id and e.account_id = asked.account_id
  ) past on true
  left join held on held.run_id = asked.run_id and held.account_id = asked.account_id`

/** One person at one run, with the phase it is in. */
export interface StandingAt extends Standing {
  readonly phase: Run['phase']
}

/**
 * The standing of each pair, in order; undefined when there is no such run or no such account, or the rules leave them
 * none. Two queries.
 */
export async function standings(
  ctx: Pick<Ctx, 'sql'>,
  pairs: readonly { runId: string; accountId: AccountId }[],
): Promise<(StandingAt | undefined)[]> {
  // A class that comes in asks it for each: planning it costs more than running it.
  const rows = await ctx.sql<StandingRow>(
    standingSql,
    [pairs.map(pair => pair.runId), pairs.map(pair => pair.accountId)],
    'live-standings',
  )
  const law = await lawIn(
    ctx,
    rows.map(row => courseContext(row.course_id)),
  )
  const found = new Map<string, { facts: StandingRow; held: { role: string; depth: number }[] }>()
  for (const row of rows) {
    const key = `${row.run_id}/${row.account_id}`
    const entry = found.get(key) ?? { facts: row, held: [] }
    found.set(key, entry)
    if (row.role !== null) entry.held.push({ role: row.role, depth: row.depth ?? 0 })
  }
  return pairs.map(pair => {
    const entry = found.get(`${pair.runId}/${pair.accountId}`)
    if (!entry) return undefined
    const {
      site_role: siteRole,
      course_id: courseId,
      seat,
      gone,
      taken_out: takenOut,
      put_out: putOut,
      phase,
    } = entry.facts
    const question = { siteRole, held: entry.held, ...law(courseContext(courseId)) }
    const standing = standingFrom({
      seat,
      gone,
      takenOut,
      putOut,
      course: question.phase,
      may: (capability, doing) => judge(question, capability, doing) === 'allowed',
    })
    return standing ? { ...standing, phase } : undefined
  })
}

/** The same for one pair. A class that comes in asks it together. */
export const standingAt = gather(standings)

/** How whoever asks stands to a run. Throws `not-signed-in`. */
export async function standingOf(ctx: Ctx, runId: string): Promise<StandingAt> {
  const standing = await standingAt(ctx, { runId, accountId: accountOf(ctx.who) })
  return standing ?? { ...noStanding, phase: 'open' }
}

/** How whoever asks stands to a class they may watch. Throws `not-signed-in`, and `not-found` for those who may not know of it. */
export async function demandWatch(ctx: Ctx, runId: string): Promise<StandingAt> {
  const standing = await standingOf(ctx, runId)
  demand(mayWatch(standing, standing.phase), 'not-found')
  return standing
}

/**
 * Since when somebody belongs to a class: what it showed before is not told again one by one, for its stage may have
 * held a key of what they are still to be asked. Without a seat: since now.
 */
export async function enteredAt(ctx: Ctx, runId: string): Promise<Date> {
  const accountId = actorOf(ctx.who)
  const [seat] = await ctx.sql<{ joined_at: Date }>(
    'select joined_at from seats where run_id = $1 and account_id = $2',
    [runId, accountId],
  )
  return seat ? new Date(seat.joined_at) : ctx.now
}

/** Since when somebody may host a class. Throws `not-found`. */
export async function hostingSince(ctx: Ctx, runId: string): Promise<Date | null> {
  return entitledSince(ctx, 'live.host', courseContext((await getRun(ctx, runId)).course_id))
}

/** Throws `not-signed-in`, and what `whyNotHost` answers for whoever asks. */
export async function demandHost(ctx: Ctx, runId: string): Promise<void> {
  refuse(whyNotHost(await standingOf(ctx, runId), 'announce' in ctx ? 'change' : 'read'))
}

/** Whether each person may answer in a delivery of a class, and if not why: for the gate of activities. Whether it is open is not asked. */
export async function mayAnswerEach(
  ctx: Ctx,
  pairs: readonly { deliveryId: DeliveryId; accountId: AccountId }[],
): Promise<GateAnswer[]> {
  const rows = await ctx.sql<{ delivery_id: DeliveryId; run_id: RunId }>(
    'select delivery_id, run_id from run_deliveries where delivery_id = any($1::uuid[])',
    [[...new Set(pairs.map(pair => pair.deliveryId))]],
  )
  const runOf = new Map(rows.map(row => [row.delivery_id, row.run_id]))
  const nowhere = '00000000-0000-0000-0000-000000000000'
  const found = await standings(
    ctx,
    pairs.map(pair => ({ runId: runOf.get(pair.deliveryId) ?? nowhere, accountId: pair.accountId })),
  )
  return found.map(standing => mayAnswer(standing ?? noStanding))
}
