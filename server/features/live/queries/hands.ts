// What is read of raised hands: the queue for hosts, one's own for one's seat, how many there are. Changes nothing and
// asks no rights but those of a seat. Speaks SQL through ctx.sql only, since a storm asks too.
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { FleetingOf, StateOf } from '#protocol/base/scope.ts'
import { type HandQueue, handsTold, type OwnHand, type seatScope } from '#protocol/live/hands.ts'
import { accountOf, type Ctx } from '#server/platform/ctx.ts'
import { demandWatch } from './standing.ts'

interface HandFacts {
  raised_at: Date
  called_at: Date | null
}

/** A row as it travels. */
export const handOf = ({ raised_at, called_at }: HandFacts): OwnHand => ({
  raisedAt: new Date(raised_at).toISOString(),
  calledAt: called_at && new Date(called_at).toISOString(),
})

/** The hands of a class: those who are called first, then who waits longest. */
export async function handsOf(ctx: Ctx, runId: string): Promise<HandQueue> {
  const rows = await ctx.sql<HandFacts & { account_id: AccountId; name: string; up: number }>(
    `select h.account_id, a.name, h.raised_at, h.called_at, count(*) over ()::int as up
     from run_hands h join accounts a on a.id = h.account_id
     where h.run_id = $1 and h.lowered_at is null
     order by h.called_at is null, h.raised_at, h.account_id limit $2`,
    [runId, handsTold],
  )
  return {
    up: rows[0]?.up ?? 0,
    first: rows.map(row => ({ accountId: row.account_id, name: row.name, ...handOf(row) })),
  }
}

/** Whose seat an id names: `<runId>~<accountId>`. */
const seatOf = (id: string) => {
  const [runId = '', accountId = ''] = id.split('~')
  return { runId, accountId }
}

/** Throws `not-found` for anybody's seat but one's own, and once the class is none of one's business. */
export async function demandOwnSeat(ctx: Ctx, id: string): Promise<void> {
  const { runId, accountId } = seatOf(id)
  if (accountOf(ctx.who) !== accountId) throw new Problem('not-found')
  await demandWatch(ctx, runId)
}

/** The state of one's own seat. */
export async function seatState(ctx: Ctx, id: string): Promise<StateOf<typeof seatScope>> {
  const { runId, accountId } = seatOf(id)
  const [row] = await ctx.sql<HandFacts>(
    'select raised_at, called_at from run_hands where run_id = $1 and account_id = $2 and lowered_at is null',
    [runId, accountId],
  )
  return { hand: row ? handOf(row) : null }
}

/** How many wait before somebody, if they wait themselves. */
export async function seatNumbers(ctx: Ctx, id: string): Promise<FleetingOf<typeof seatScope>[]> {
  const { runId, accountId } = seatOf(id)
  const rows = await ctx.sql<{ before: number }>(
    `select (select count(*)::int from run_hands o where o.run_id = h.run_id and o.lowered_at is null
              and o.called_at is null and (o.raised_at, o.account_id) < (h.raised_at, h.account_id)) as before
     from run_hands h where h.run_id = $1 and h.account_id = $2 and h.lowered_at is null and h.called_at is null`,
    [runId, accountId],
  )
  return rows.map(({ before }) => ({ kind: 'place', body: { before } }))
}

/** Of each class with hands up: how many, and who waits, the first `handsTold` of them in order. One query. */
export async function waitingIn(
  ctx: Pick<Ctx, 'sql'>,
  runIds: readonly string[],
): Promise<Map<string, { up: number; waiting: readonly AccountId[] }>> {
  const rows = await ctx.sql<{ run_id: string; up: number; waiting: AccountId[] | null }>(
    `select run_id, count(*)::int as up,
       (array_agg(account_id order by raised_at, account_id) filter (where called_at is null))[1:$2::int] as waiting
     from run_hands where run_id = any($1::uuid[]) and lowered_at is null group by run_id`,
    [[...runIds], handsTold],
  )
  return new Map(rows.map(row => [row.run_id, { up: row.up, waiting: row.waiting ?? [] }]))
}
