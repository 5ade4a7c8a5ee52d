// Ranks: counted when an item is revealed, shown when a host says so, gone from the screens with the next steer. They come
// from server-measured times alone and are never grades.

import * as z from 'zod/mini'
import type { DeliveryId, ItemId } from '#protocol/activities.ts'
import type { Input } from '#protocol/base/call.ts'
import { demand } from '#protocol/base/problems.ts'
import { type liveCalls, type RunId, runId, runScope } from '#protocol/live.ts'
import { answerSpeeds, type DeliveryState } from '#server/features/activities/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { boardOf } from '../queries/ranks.ts'
import { getRun, type RunFacts, runOf, stagedOf } from '../queries/runs.ts'
import { ranked, shareOf, speedPoints } from '../rules.ts'
import { hostedRun } from './hosted.ts'

/** Writes what each seat has in a delivery, with `earned` for the item; without it the item counts no more. */
async function write(
  ctx: WriteCtx,
  deliveryId: DeliveryId,
  itemId: ItemId,
  earned: ReadonlyMap<string, number>,
): Promise<void> {
  const rows = await ctx.sql<{ account_id: string; items: Record<string, number> }>(
    'select account_id, items from run_ranks where delivery_id = $1',
    [deliveryId],
  )
  const seats = new Map(rows.map(row => [row.account_id, { ...row.items }]))
  for (const items of seats.values()) delete items[itemId]
  for (const [accountId, points] of earned) seats.set(accountId, { ...seats.get(accountId), [itemId]: points })
  const totals = ranked(
    [...seats].map(([accountId, items]) => ({
      accountId,
      items,
      points: Object.values(items).reduce((sum, one) => sum + one, 0),
    })),
  )
  if (totals.length === 0) return
  await ctx.sql(
    `insert into run_ranks (delivery_id, account_id, items, points, gained, rank)
     select $1, * from unnest($2::uuid[], $3::text[]::jsonb[], $4::int[], $5::int[], $6::int[])
     on conflict (delivery_id, account_id) do update
       set items = excluded.items, points = excluded.points, gained = excluded.gained, rank = excluded.rank`,
    [
      deliveryId,
      totals.map(one => one.accountId),
      totals.map(one => JSON.stringify(one.items)),
      totals.map(one => one.points),
      totals.map(one => earned.get(one.accountId) ?? 0),
      totals.map(one => one.rank),
    ],
  )
}

/** What a steer has done to the ranks: a reveal counts its item, one that is open again counts no more. */
export async function rankStage(ctx: WriteCtx, run: RunFacts, state: DeliveryState): Promise<void> {
  const { deliveryId, currentItemId, view } = state
  if (run.ranks === 'off' || !currentItemId) return
  if (view.phase === 'open') return write(ctx, deliveryId, currentItemId, new Map())
  if (view.phase !== 'revealed' || view.openedAt === null) return
  const openedAt = Date.parse(view.openedAt)
  const speeds = await answerSpeeds(ctx, deliveryId, currentItemId)
  const earned = speeds.flatMap(({ accountId, score, points, at, travelMs, extraMs }) => {
    const share = shareOf(score, points)
    if (share === null) return []
    const elapsedMs = at.getTime() - openedAt
    const speed = speedPoints({ share, elapsedMs, travelMs, limitSeconds: view.limitSeconds, extraMs })
    return [[accountId, speed] as const]
  })
  await write(ctx, deliveryId, currentItemId, new Map(earned))
}

/** Tells the board as it stands. Throws `not-found`. */
export async function announceBoard(ctx: WriteCtx, runId: RunId): Promise<void> {
  const board = await boardOf(ctx, await getRun(ctx, runId))
  ctx.announce(runScope, runId, { kind: 'ranked', body: { board } })
}

/** Takes the board off the screens, if it is on them. */
export async function hideBoard(ctx: WriteCtx, run: RunFacts): Promise<void> {
  if (!run.ranks_shown) return
  await ctx.sql('update runs set ranks_shown = null where id = $1', [run.id])
  ctx.announce(runScope, run.id, { kind: 'ranked', body: { board: null } })
}

/** Says whether this class has ranks, and whether they name people; counted is what is revealed from now on. Throws as `hostedRun`. */
export async function changeRanks(ctx: WriteCtx, input: Input<typeof liveCalls.changeRanks>): Promise<void> {
  const run = await hostedRun(ctx, input.runId)
  if (run.ranks === input.ranks) return
  await ctx.sql('update runs set ranks = $2 where id = $1', [run.id, input.ranks])
  ctx.announce(runScope, run.id, { kind: 'runChanged', body: { run: runOf({ ...run, ranks: input.ranks }) } })
  if (run.ranks_shown) await announceBoard(ctx, run.id)
}

/** Shows the board of what is on stage, or takes it away. Throws as `hostedRun`, `ranks-off`, and `wrong-phase` while something is asked. */
export async function showRanks(ctx: WriteCtx, input: Input<typeof liveCalls.showRanks>): Promise<void> {
  const run = await hostedRun(ctx, input.runId)
  if (input.form === null) return hideBoard(ctx, run)
  const staged = await stagedOf(ctx, run)
  const phase = staged?.view.phase
  demand(run.ranks !== 'off', 'ranks-off')
  demand(phase === 'revealed' || phase === 'done', 'wrong-phase', { params: { phase: phase ?? null } })
  await ctx.sql('update runs set ranks_shown = $2 where id = $1', [run.id, input.form])
  await announceBoard(ctx, run.id)
}

const retellBoardData = z.object({ runId })

/** Tells a board that is shown anew, after somebody on it has another name. */
export const retellBoardJob: JobBinding = {
  name: 'live.retell-board',
  run: async (ctx, data) => {
    const run = await getRun(ctx, z.parse(retellBoardData, data).runId, 'to change')
    if (run.ranks_shown) await announceBoard(ctx, run.id)
  },
}
