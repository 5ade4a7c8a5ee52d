// The door of every act of a host: the class, locked, for somebody who hosts it while it runs.
import { demand } from '#protocol/base/problems.ts'
import type { RunId } from '#protocol/live.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { getRun, type RunFacts } from '../queries/runs.ts'
import { demandHost } from '../queries/standing.ts'

/** The run, locked, for somebody who hosts it. Throws `not-found`, `not-allowed` and `concluded` as `demandHost`, `class-over` once it has ended. */
export async function hostedRun(ctx: WriteCtx, runId: RunId): Promise<RunFacts> {
  await demandHost(ctx, runId)
  const run = await getRun(ctx, runId, 'to change')
  demand(run.phase === 'open', 'class-over')
  return run
}
