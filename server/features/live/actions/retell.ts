// Tells classes after a question of theirs was changed or corrected: a running one anew what stands on its stage, since
// that is what people answer, and its hosts read the key; one that has ended, that what it left reads otherwise now.
import * as z from 'zod/mini'
import type { ActivityId } from '#protocol/activities.ts'
import { runId, runScope } from '#protocol/live.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { getRun, listRunsWith, stagedOf } from '../queries/runs.ts'
import { announceStage } from './stage.ts'

const retellData = z.object({ runId })

/** In a transaction of its own: whoever corrects holds the deliveries, and a class locks its run before them. */
export const retellJob: JobBinding = {
  name: 'live.retell',
  run: async (ctx, data) => {
    const run = await getRun(ctx, z.parse(retellData, data).runId, 'to change')
    if (run.phase === 'ended') {
      // Whoever hears it reads at once, and must find what was committed.
      ctx.afterCommit(() => ctx.emit(runScope, run.id, { kind: 'corrected', body: { at: ctx.now.toISOString() } }))
      return
    }
    const staged = await stagedOf(ctx, run)
    if (run.phase === 'open' && staged) await announceStage(ctx, run.id, staged, 'new')
  },
}

/** Has the classes told that have this activity on their stage now, and those it was asked in. */
export async function retellStages(ctx: WriteCtx, activityId: ActivityId): Promise<void> {
  for (const id of await listRunsWith(ctx, activityId)) await ctx.enqueue(retellJob, { runId: id })
}
