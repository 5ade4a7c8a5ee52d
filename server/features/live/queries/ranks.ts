// What is read of ranks: the board that is shown, and one's own. Changes nothing and asks no rights.
import type { AccountId } from '#protocol/base/ids.ts'
import { boardSize, type EndRank, type OwnRank, type RankBoard } from '#protocol/live/ranks.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import type { RunFacts } from './runs.ts'

// What is on stage where it has ranks, else the latest on the agenda that has: a poll between two quizzes ranks nobody.
const rankedSql = `select p.delivery_id from run_deliveries p
  where p.run_id = $1 and exists (select from run_ranks o where o.delivery_id = p.delivery_id)
  order by p.delivery_id = $2 desc, p.position desc, p.delivery_id limit 1`

/** The board a host shows now, of those who have points; null when none is shown. */
export async function boardOf(
  ctx: Ctx,
  run: Pick<RunFacts, 'id' | 'phase' | 'ranks' | 'ranks_shown' | 'stage_delivery_id'>,
): Promise<RankBoard | null> {
  if (run.phase !== 'open' || run.ranks === 'off' || !run.ranks_shown || !run.stage_delivery_id) return null
  const rows = await ctx.sql<{ rank: number; name: string; points: number; people: number }>(
    `with ranked as (${rankedSql})
     select r.rank, a.name, r.points, (select count(*)::int from run_ranks o join ranked using (delivery_id)) as people
       from run_ranks r join ranked using (delivery_id) join accounts a on a.id = r.account_id
      where r.points > 0 order by r.rank, lower(a.name), r.account_id limit $3`,
    [run.id, run.stage_delivery_id, boardSize],
  )
  return {
    form: run.ranks_shown,
    people: rows[0]?.people ?? 0,
    rows: rows.map(({ rank, name, points }) => ({ rank, name: run.ranks === 'names' ? name : null, points })),
  }
}

/** Somebody's rank in what the board is about; null without one. */
export async function rankOf(
  ctx: Ctx,
  run: Pick<RunFacts, 'id' | 'ranks' | 'stage_delivery_id'>,
  accountId: AccountId,
): Promise<OwnRank | null> {
  if (run.ranks === 'off') return null
  const [row] = await ctx.sql<OwnRank>(
    `with ranked as (${rankedSql})
     select rank, points, gained, (select count(*)::int from run_ranks o where o.delivery_id = r.delivery_id) as people
       from run_ranks r join ranked using (delivery_id) where account_id = $3`,
    [run.id, run.stage_delivery_id, accountId],
  )
  return row ?? null
}

/** Where somebody ended, activity by activity in the order of the agenda; empty where the class has no ranks. */
export async function endRanksOf(
  ctx: Ctx,
  run: Pick<RunFacts, 'id' | 'ranks'>,
  accountId: AccountId,
): Promise<EndRank[]> {
  if (run.ranks === 'off') return []
  return ctx.sql<EndRank>(
    `select a.title, r.rank, r.points,
            (select count(*)::int from run_ranks o where o.delivery_id = r.delivery_id) as people
       from run_deliveries p
       join run_ranks r on r.delivery_id = p.delivery_id and r.account_id = $2
       join deliveries d on d.id = p.delivery_id
       join activities a on a.id = d.activity_id
      where p.run_id = $1 order by p.position, p.delivery_id`,
    [run.id, accountId],
  )
}
