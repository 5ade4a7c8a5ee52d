// What live owes a person whose seats it keeps. A seat stays a fact about the class; the name goes with the account.
import type { AccountId } from '#protocol/base/ids.ts'
import type { RunId } from '#protocol/live.ts'
import type { Handover } from '#server/features/activities/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import type { AccountHooks } from '#server/platform/feature.ts'
import { standings } from '../queries/standing.ts'
import { retellHandsJob } from './hands.ts'
import { retellBoardJob } from './ranks.ts'

/**
 * Has the boards told anew in which any of these is ranked, in transactions of their own: each locks its class. A board is of
 * what is on stage or of what was ranked before it, and without names it still has a place for each.
 */
async function retellBoards(ctx: WriteCtx, ...accountIds: AccountId[]): Promise<void> {
  const rows = await ctx.sql<{ run_id: string }>(
    `select distinct r.id as run_id from run_ranks k
       join run_deliveries d on d.delivery_id = k.delivery_id
       join runs r on r.id = d.run_id
      where k.account_id = any($1::uuid[]) and r.phase = 'open' and r.ranks_shown is not null`,
    [accountIds],
  )
  for (const { run_id } of rows) await ctx.enqueue(retellBoardJob, { runId: run_id })
}

// Who learns in the course sat there as a learner, also where the device did not know it.
async function seatAsLearner(ctx: WriteCtx, accountId: AccountId): Promise<void> {
  const seats = await ctx.sql<{ run_id: RunId }>(
    "select run_id from seats where account_id = $1 and role = 'guest' order by run_id",
    [accountId],
  )
  const found = await standings(
    ctx,
    seats.map(one => ({ runId: one.run_id, accountId })),
  )
  const learns = seats.filter((_, index) => found[index]?.joins)
  await ctx.sql("update seats set role = 'learner' where account_id = $1 and run_id = any($2::uuid[])", [
    accountId,
    learns.map(one => one.run_id),
  ])
}

export const accountHooks: AccountHooks = {
  columns: ['seats.account_id', 'runs.started_by', 'run_hands.account_id', 'run_ranks.account_id'],
  stays: {
    'seats.account_id': 'record',
    'runs.started_by': 'record',
  },
  export: async (ctx, accountId) => ({
    classes: await ctx.sql<object>(
      `select r.id, r.title, s.role, s.joined_at from seats s join runs r on r.id = s.run_id
       where s.account_id = $1 order by s.joined_at, r.id`,
      [accountId],
    ),
  }),
  erase: async (ctx, accountId) => {
    const rows = await ctx.sql<{ run_id: string }>('select run_id from seats where account_id = $1', [accountId])
    const waited = await ctx.sql<{ run_id: string }>('delete from run_hands where account_id = $1 returning run_id', [
      accountId,
    ])
    await retellBoards(ctx, accountId)
    await ctx.sql('delete from run_ranks where account_id = $1', [accountId])
    const inQueue = new Set(waited.map(one => one.run_id))
    for (const runId of new Set([...rows.map(one => one.run_id), ...inQueue]))
      await ctx.enqueue(retellHandsJob, { runId, forget: accountId, waited: inQueue.has(runId) })
  },
  renamed: async (ctx, accountId) => {
    const rows = await ctx.sql<{ run_id: string }>(
      'select run_id from run_hands where account_id = $1 and lowered_at is null',
      [accountId],
    )
    for (const { run_id } of rows) await ctx.enqueue(retellHandsJob, { runId: run_id })
    await retellBoards(ctx, accountId)
  },
  merge: async (ctx, from, into) => {
    await ctx.sql(
      `insert into seats (run_id, account_id, role, joined_at, put_out_at)
       select run_id, $2, role, joined_at, put_out_at from seats where account_id = $1
       on conflict (run_id, account_id) do update set put_out_at = coalesce(seats.put_out_at, excluded.put_out_at)`,
      [from, into],
    )
    await ctx.sql('delete from seats where account_id = $1', [from])
    await seatAsLearner(ctx, into)
    await ctx.sql(
      `insert into run_hands (run_id, account_id, raised_at, called_at, lowered_at)
       select run_id, $2, raised_at, called_at, lowered_at from run_hands where account_id = $1
       on conflict (run_id, account_id) do nothing`,
      [from, into],
    )
    const raised = await ctx.sql<{ run_id: string }>('delete from run_hands where account_id = $1 returning run_id', [
      from,
    ])
    for (const { run_id } of raised)
      await ctx.enqueue(retellHandsJob, { runId: run_id, forget: from, waited: true, seat: into })
    // Where both are ranked one of the two goes.
    await retellBoards(ctx, from, into)
    await ctx.sql(
      `update run_ranks r set account_id = $2 where account_id = $1 and not exists
         (select from run_ranks o where o.delivery_id = r.delivery_id and o.account_id = $2)`,
      [from, into],
    )
    await ctx.sql('delete from run_ranks where account_id = $1', [from])
    await ctx.sql('update runs set started_by = $2 where started_by = $1', [from, into])
  },
}

/** Hands the seats of these people in the classes of one course over. Ranks and hands of theirs are no part of a record. */
export async function handSeatsOver(ctx: WriteCtx, courseId: string, people: readonly Handover[]): Promise<void> {
  const [from, into] = [people.map(one => one.from), people.map(one => one.into)]
  await ctx.sql(
    `update seats s set account_id = h.other from unnest($2::uuid[], $3::uuid[]) as h(one, other), runs r
      where r.course_id = $1 and s.run_id = r.id and s.account_id = h.one`,
    [courseId, from, into],
  )
  for (const [table, key, of] of [
    ['run_hands', 'run_id', 'select id from runs where course_id = $1'],
    [
      'run_ranks',
      'delivery_id',
      'select d.delivery_id from run_deliveries d join runs r on r.id = d.run_id where r.course_id = $1',
    ],
  ])
    await ctx.sql(`delete from ${table} where account_id = any($2::uuid[]) and ${key} in (${of})`, [courseId, from])
}
