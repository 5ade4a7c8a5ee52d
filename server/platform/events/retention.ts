// Drops what has outlived its use: the tail of the log that nobody is answered from, and remembered operations that no
// client asks about any more. Never touches a table of a feature.
import type { Sql } from '../ctx.ts'
import type { Ticker } from '../feature.ts'
import { pruneEvents } from './log.ts'

/** Days an operation is remembered; clients drop a queued write after 60. */
export const operationsKeptDays = 90

const everyMs = 3_600_000

/** Forgets operations beyond 90 days, at most 50,000 at a time, so that one turn never holds much. Answers how many. */
export async function pruneOperations(query: Sql): Promise<number> {
  const [row] = await query<{ gone: string }>(
    `with old as (
       delete from operations where (author, operation) in (
         select author, operation from operations where at < now() - make_interval(days => $1) limit 50000
       ) returning 1
     ) select count(*) as gone from old`,
    [operationsKeptDays],
  )
  return Number(row?.gone ?? 0)
}

/** What every node does once an hour. */
export const retentionTickers: readonly Ticker[] = [
  {
    name: 'platform.prune-events',
    everyMs,
    run: async ctx => {
      await pruneEvents(ctx.sql)
    },
  },
  {
    name: 'platform.prune-operations',
    everyMs,
    run: async ctx => {
      await pruneOperations(ctx.sql)
    },
  },
]
