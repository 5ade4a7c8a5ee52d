// Hands: raised and lowered by their people, a storm; called on and lowered by hosts. Each writer locks the class first, so
// that what hosts are told is the whole queue and always the newest. Speaks SQL through ctx.sql only.

import * as z from 'zod/mini'
import type { Input } from '#protocol/base/call.ts'
import { type AccountId, accountId as accountIdSchema } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import { type OwnHand, seatId, seatScope } from '#protocol/live/hands.ts'
import { type liveCalls, type RunId, runHostsScope, runId as runIdSchema, runScope } from '#protocol/live.ts'
import { paceOfStorm, tooFast } from '#server/platform/call/pace.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { accountOf } from '#server/platform/ctx.ts'
import { blankEvents } from '#server/platform/events/log.ts'
import type { JobBinding, StormItem } from '#server/platform/feature.ts'
import { handOf, handsOf, seatState } from '../queries/hands.ts'
import { getRun } from '../queries/runs.ts'
import { standings } from '../queries/standing.ts'
import { handBudget, mayAnswer, mayWatch } from '../rules.ts'
import { hostedRun } from './hosted.ts'
import { announceBoard } from './ranks.ts'

type HandInput = Input<typeof liveCalls.hand>
type Item = StormItem<HandInput>
type Items = readonly Item[]

const waitOf = paceOfStorm<Item>(handBudget)

async function announceHands(ctx: WriteCtx, runId: string): Promise<void> {
  ctx.announce(runHostsScope, runId, { kind: 'handsChanged', body: { hands: await handsOf(ctx, runId) } })
}

function announceSeat(ctx: WriteCtx, runId: string, accountId: string, hand: OwnHand | null): void {
  ctx.announce(seatScope, seatId(runId, accountId), { kind: 'handChanged', body: { hand } })
}

interface Word extends HandInput {
  accountId: AccountId
  at: Date
}

async function raise(ctx: WriteCtx, words: readonly Word[]): Promise<Set<string>> {
  const rows = await ctx.sql<{ run_id: string; account_id: string; raised_at: Date; called_at: null }>(
    `insert into run_hands (run_id, account_id, raised_at)
     select * from unnest($1::uuid[], $2::uuid[], $3::timestamptz[])
     on conflict (run_id, account_id) do update
       set raised_at = excluded.raised_at, called_at = null, lowered_at = null
       where run_hands.lowered_at is not null
     returning run_id, account_id, raised_at, called_at`,
    [words.map(one => one.runId), words.map(one => one.accountId), words.map(one => one.at)],
  )
  for (const row of rows) announceSeat(ctx, row.run_id, row.account_id, handOf(row))
  return new Set(rows.map(row => row.run_id))
}

async function lower(ctx: WriteCtx, words: readonly Pick<Word, 'runId' | 'accountId'>[]): Promise<Set<string>> {
  const rows = await ctx.sql<{ run_id: string; account_id: string }>(
    `delete from run_hands h using unnest($1::uuid[], $2::uuid[]) as w(run_id, account_id)
     where h.run_id = w.run_id and h.account_id = w.account_id and h.lowered_at is null
     returning h.run_id, h.account_id`,
    [words.map(one => one.runId), words.map(one => one.accountId)],
  )
  for (const row of rows) announceSeat(ctx, row.run_id, row.account_id, null)
  return new Set(rows.map(row => row.run_id))
}

/**
 * Decides and writes a group of hands; each person's last word counts. Refused one by one: `not-found` to strangers,
 * `not-for-hosts` to hosts, who need none, what `mayAnswer` answers to others without a seat, `class-over` after the
 * end, `slow-down` to whoever waves too fast.
 */
export async function handAll(ctx: WriteCtx, items: Items): Promise<(Record<string, never> | Problem)[]> {
  const runIds = [...new Set(items.map(item => item.input.runId))]
  await ctx.sql('select id from runs where id = any($1::uuid[]) order by id for no key update', [runIds])
  const found = await standings(
    ctx,
    items.map(item => ({ runId: item.input.runId, accountId: accountOf(item.ctx.who) })),
  )
  const refusals = items.map((item, index) => {
    const standing = found[index]
    if (!standing || !mayWatch(standing, standing.phase)) return new Problem('not-found')
    const answers = mayAnswer(standing)
    if (answers !== true) return new Problem(answers)
    if (standing.phase !== 'open') return new Problem('class-over')
    const wait = waitOf(item, accountOf(item.ctx.who), item.ctx.now)
    return wait > 0 ? tooFast(wait) : undefined
  })
  const last = new Map<string, Word>()
  items.forEach((item, index) => {
    if (refusals[index]) return
    const accountId = accountOf(item.ctx.who)
    last.set(seatId(item.input.runId, accountId), { ...item.input, accountId, at: item.ctx.now })
  })
  const words = [...last.values()]
  const raised = await raise(
    ctx,
    words.filter(one => one.up),
  )
  const lowered = await lower(
    ctx,
    words.filter(one => !one.up),
  )
  for (const runId of new Set([...raised, ...lowered])) await announceHands(ctx, runId)
  return items.map((_item, index) => refusals[index] ?? {})
}

/** Gives somebody their turn; given twice, it is since the first. Throws as `hostedRun`, and `not-found` when their hand is not up any more. */
export async function callOn(ctx: WriteCtx, input: Input<typeof liveCalls.callOn>): Promise<void> {
  const run = await hostedRun(ctx, input.runId)
  const [row] = await ctx.sql<{ raised_at: Date; called_at: Date }>(
    `update run_hands set called_at = coalesce(called_at, $3)
     where run_id = $1 and account_id = $2 and lowered_at is null returning raised_at, called_at`,
    [run.id, input.accountId, ctx.now],
  )
  demand(row !== undefined, 'not-found')
  announceSeat(ctx, run.id, input.accountId, handOf(row))
  await announceHands(ctx, run.id)
}

/** Lowers somebody's hand; one that is down already stays so. Throws as `hostedRun`. */
export async function lowerHand(ctx: WriteCtx, input: Input<typeof liveCalls.lowerHand>): Promise<void> {
  const run = await hostedRun(ctx, input.runId)
  const changed = await lower(ctx, [{ runId: run.id, accountId: input.accountId }])
  if (changed.size > 0) await announceHands(ctx, run.id)
}

/** Lowers every hand of a class that is locked. Hosts hear it at once, each seat from a job. */
export async function clearHands(ctx: WriteCtx, runId: RunId): Promise<void> {
  const rows = await ctx.sql<{ account_id: string }>(
    'update run_hands set lowered_at = $2 where run_id = $1 and lowered_at is null returning account_id',
    [runId, ctx.now],
  )
  if (rows.length === 0) return
  await announceHands(ctx, runId)
  await ctx.enqueue(tellLoweredJob, { runId })
}

/** Lowers all hands. Throws as `hostedRun`. */
export async function lowerHands(ctx: WriteCtx, input: Input<typeof liveCalls.lowerHands>): Promise<void> {
  await clearHands(ctx, (await hostedRun(ctx, input.runId)).id)
}

const retellHandsData = z.object({
  runId: runIdSchema,
  /** Who is not to be named any more. */
  forget: z.optional(accountIdSchema),
  /** A hand of theirs was in the queue, named or behind those who are. */
  waited: z.optional(z.boolean()),
  /** Whose hand it is now. */
  seat: z.optional(accountIdSchema),
})

/** Tells the queue and the board anew, after somebody in them has another name, is to be forgotten or is somebody else now. */
export const retellHandsJob: JobBinding = {
  name: 'live.retell-hands',
  run: async (ctx, data) => {
    const { runId, forget, waited, seat } = z.parse(retellHandsData, data)
    await getRun(ctx, runId, 'to change')
    const named = { hands: { first: [{ accountId: forget }] } }
    const told = forget && (await blankEvents(ctx.client, runHostsScope, runId, 'handsChanged', named))
    if (told !== 0 || waited) await announceHands(ctx, runId)
    if (seat) announceSeat(ctx, runId, seat, (await seatState(ctx, seatId(runId, seat))).hand)
    if (forget && (await blankEvents(ctx.client, runScope, runId, 'ranked', {})) > 0) await announceBoard(ctx, runId)
  },
}

const tellLoweredData = z.object({ runId: runIdSchema })

/** Tells the seats whose hands were lowered together, as many at a time as an action may announce to. */
export const tellLoweredJob: JobBinding = {
  name: 'live.tell-lowered',
  run: async (ctx, data) => {
    const { runId } = z.parse(tellLoweredData, data)
    const rows = await ctx.sql<{ account_id: string }>(
      `delete from run_hands where run_id = $1 and lowered_at is not null and account_id in
         (select account_id from run_hands where run_id = $1 and lowered_at is not null
          order by account_id limit 4 for update skip locked)
       returning account_id`,
      [runId],
    )
    for (const { account_id } of rows) announceSeat(ctx, runId, account_id, null)
    return rows.length > 0 ? 'again' : 'done'
  },
}
