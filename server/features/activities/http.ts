// The HTTP door of the record: activities and their items, for those who may change them, and every response behind one.
import type { ActivityId, activityRoutes } from '#protocol/activities.ts'
import type { Capability } from '#protocol/base/roles.ts'
import { demandMay } from '#server/features/access/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { changeActivity, createActivity } from './actions/activities.ts'
import { addItem, changeItem, moveItem, removeItem } from './actions/items.ts'
import { getActivity, listActivities, listDeliveries, loadActivity } from './queries/activities.ts'
import { listResponses } from './queries/responses.ts'
import { demandActivity } from './queries/rights.ts'
import { listWritten } from './queries/written.ts'

async function demandIn(ctx: Ctx, activityId: ActivityId, capability: Capability): Promise<void> {
  const { courseId } = await getActivity(ctx, activityId)
  if (capability === 'activity.change') await demandActivity(ctx, { courseId, id: activityId })
  else await demandMay(ctx, capability, courseContext(courseId))
}

export const httpHandlers: Handlers<typeof activityRoutes> = {
  list: async (ctx, input) => {
    await demandMay(ctx, 'activity.change', courseContext(input.courseId))
    return listActivities(ctx, input)
  },
  create: async (ctx, input) => {
    await demandMay(ctx, 'activity.change', courseContext(input.courseId))
    return createActivity(ctx, { ...input, place: true })
  },
  get: async (ctx, { activityId }) => {
    await demandIn(ctx, activityId, 'activity.change')
    return { ...(await loadActivity(ctx, activityId)), deliveries: await listDeliveries(ctx, activityId) }
  },
  change: async (ctx, input) => {
    await demandIn(ctx, input.activityId, 'activity.change')
    return changeActivity(ctx, input)
  },
  addItem: async (ctx, input) => {
    await demandIn(ctx, input.activityId, 'activity.change')
    return addItem(ctx, input)
  },
  changeItem: async (ctx, input) => {
    await demandIn(ctx, input.activityId, 'activity.change')
    return changeItem(ctx, input)
  },
  moveItem: async (ctx, input) => {
    await demandIn(ctx, input.activityId, 'activity.change')
    await moveItem(ctx, input)
    return {}
  },
  removeItem: async (ctx, input) => {
    await demandIn(ctx, input.activityId, 'activity.change')
    await removeItem(ctx, input)
    return {}
  },
  written: async (ctx, input) => {
    await demandIn(ctx, input.activityId, 'grade.view-all')
    return listWritten(ctx, input)
  },
  responses: async (ctx, input) => {
    await demandIn(ctx, input.activityId, 'grade.view-all')
    return listResponses(ctx, input)
  },
}
