// Who may change an activity: asked of its item, or of the course for one that is not placed. Changes nothing.
import type { ActivityId } from '#protocol/activities.ts'
import { demandThing } from '#server/features/courses/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'

/** The kind under which activities are placed in a course. */
export const activityKind = 'activity'

/** Throws as `demandThing` unless `ctx.who` may change the activity. Two queries. */
export const demandActivity = (
  ctx: Ctx,
  { courseId, id }: { readonly courseId: string; readonly id: ActivityId },
): Promise<void> => demandThing(ctx, 'activity.change', { courseId, kind: activityKind, refId: id })
