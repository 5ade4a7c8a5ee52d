// Tells classes after something they show was changed beside them: a running one anew what stands on its agenda and on its
// stage, since that is what people answer, and its hosts read the key; one that has ended, that what it left reads otherwise
// now; every class of a course, how that is called.
import * as z from 'zod/mini'
import { type ActivityId, activityId } from '#protocol/activities.ts'
import { uuid } from '#protocol/base/ids.ts'
import { runId, runScope } from '#protocol/live.ts'
import { deliveryState, type Reach } from '#server/features/activities/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { agendaOf, getRun, listRunsWith, runIdsOf, runOf, stagedOf } from '../queries/runs.ts'
import { announceHosts, announceStage, keepEntry, untell } from './stage.ts'

// Jobs of the version before this one name no activity.
const retellData = z.object({ runId, activityId: z.optional(activityId), untold: z.optional(z.boolean()) })

/** In a transaction of its own: whoever corrects holds the deliveries, and a class locks its run before them. */
export const retellJob: JobBinding = {
  name: 'live.retell',
  run: async (ctx, data) => {
    const given = z.parse(retellData, data)
    const run = await getRun(ctx, given.runId, 'to change')
    const entries = (await agendaOf(ctx, run.id)).filter(one => one.activityId === given.activityId)
    if (given.untold) for (const { deliveryId } of entries) await untell(ctx, run.id, deliveryId, 'the hosts too')
    if (run.phase === 'ended') {
      if (given.untold) {
        // Said to both audiences, so that no node replays from its memory what was taken away.
        ctx.announce(runScope, run.id, { kind: 'runChanged', body: { run: runOf(run) } })
        await announceHosts(ctx, run.id, await stagedOf(ctx, run), 'new')
      }
      // Whoever hears it reads at once, and must find what was committed.
      ctx.afterCommit(() => ctx.emit(runScope, run.id, { kind: 'corrected', body: { at: ctx.now.toISOString() } }))
      return
    }
    for (const { deliveryId } of entries) await keepEntry(ctx, await deliveryState(ctx, deliveryId))
    const staged = await stagedOf(ctx, run)
    const shown = staged && (given.activityId === undefined || staged.activityId === given.activityId)
    if (shown) await announceStage(ctx, run.id, staged, 'new')
    else await announceHosts(ctx, run.id, staged)
  },
}

/** Has the classes told that have this activity before them now, and after other scores those it was asked in. */
export async function retellStages(ctx: WriteCtx, activityId: ActivityId, reach: Reach): Promise<void> {
  for (const id of await listRunsWith(ctx, activityId, reach === 'plan' ? 'running' : 'all'))
    await ctx.enqueue(retellJob, { runId: id, activityId, untold: reach === 'words' })
}

const retellCourseData = z.object({ courseId: uuid(), after: z.nullable(runId) })

/** An action announces to few scopes. */
const runsAJob = 4

/** Tells every class of a course how that is called now, a few at a time: also who reads what an ended one left sees it. */
export const retellCourseJob: JobBinding = {
  name: 'live.retell-course',
  run: async (ctx, data) => {
    const { courseId, after } = z.parse(retellCourseData, data)
    const ids = await runIdsOf(ctx, { courseId, after, limit: runsAJob })
    for (const id of ids) {
      const run = runOf(await getRun(ctx, id, 'to change'))
      ctx.announce(runScope, id, { kind: 'runChanged', body: { run } })
    }
    if (ids.length === runsAJob) await ctx.enqueue(retellCourseJob, { courseId, after: ids.at(-1) ?? null })
  },
}

/** Has the classes of a course told that it is called otherwise. */
export const retellCourse = (ctx: WriteCtx, courseId: string): Promise<void> =>
  ctx.enqueue(retellCourseJob, { courseId, after: null })
