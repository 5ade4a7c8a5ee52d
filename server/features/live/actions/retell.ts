// Tells a running class anew what stands on its stage, after a question of it was corrected beside the class: its hosts
// read the key, and so does everybody once it was revealed.
import * as z from 'zod/mini'
import type { ActivityId } from '#protocol/activities.ts'
import { runId } from '#protocol/live.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { getRun, listRunsShowing, stagedOf } from '../queries/runs.ts'
import { announceStage } from './stage.ts'

const retellData = z.object({ runId })

/** In a transaction of its own: whoever corrects holds the deliveries, and a class locks its run before them. */
export const retellJob: JobBinding = {
  name: 'live.retell',
  run: async (ctx, data) => {
    const run = await getRun(ctx, z.parse(retellData, data).runId, 'to change')
    const staged = await stagedOf(ctx, run)
    if (run.phase === 'open' && staged) await announceStage(ctx, run.id, staged, 'new')
  },
}

/** Has the classes told that have this activity on their stage now. */
export async function retellStages(ctx: WriteCtx, activityId: ActivityId): Promise<void> {
  for (const id of await listRunsShowing(ctx, activityId)) await ctx.enqueue(retellJob, { runId: id })
}
