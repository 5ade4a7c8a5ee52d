// Gives a missed class as homework: all it was asked, into its own column of grades, to those who were not there.
import type { Input, Output } from '#protocol/base/call.ts'
import { demand } from '#protocol/base/problems.ts'
import type { liveRoutes } from '#protocol/live.ts'
import { demandMay } from '#server/features/access/index.ts'
import { demandActivity } from '#server/features/activities/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import { assignHomework } from '#server/features/quizzes/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { absentFrom } from '../queries/catch-up.ts'
import { agendaOf, getRun } from '../queries/runs.ts'
import { demandHost } from '../queries/standing.ts'

/**
 * Gives each activity that the class was asked something of. Whoever has homework in the column already is left out, so
 * that doing it again reaches those alone who came into the course's list since. Throws as `demandHost` and `demandMay`,
 * `still-running` while the class runs, `nobody-left` and `nothing-asked` where there is nobody or nothing to give, and
 * `malformed` where it would be due already.
 */
export async function giveCatchUp(
  ctx: WriteCtx,
  input: Input<typeof liveRoutes.catchUp>,
): Promise<Output<typeof liveRoutes.catchUp>> {
  await demandHost(ctx, input.runId)
  const run = await getRun(ctx, input.runId, 'to change')
  await demandMay(ctx, 'activity.change', courseContext(run.course_id))
  demand(run.phase === 'ended', 'still-running')
  const only = (await absentFrom(ctx, run)).filter(one => !one.given).map(one => one.accountId)
  demand(only.length > 0, 'nobody-left')
  const asked = (await agendaOf(ctx, run.id)).filter(entry => entry.asked > 0)
  const activityIds = [...new Set(asked.map(entry => entry.activityId))]
  demand(activityIds.length > 0, 'nothing-asked')
  for (const id of activityIds) await demandActivity(ctx, { courseId: run.course_id, id })
  const { dueAt, shows } = input
  const detail = { runId: run.id, classTitle: run.title, classAt: new Date(run.started_at).toISOString() }
  for (const activityId of activityIds)
    await assignHomework(ctx, { activityId, dueAt, gradeItemId: run.grade_item_id, only, shows, detail })
  return { people: only.length, activities: activityIds.length }
}
