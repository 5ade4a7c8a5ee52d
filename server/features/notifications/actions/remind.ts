// Calls homework to mind a day before it is due: those it is for who have not handed it in.
import * as z from 'zod/mini'
import type { DeliveryId } from '#protocol/activities.ts'
import { Problem } from '#protocol/base/problems.ts'
import { getActivity, getDelivery } from '#server/features/activities/index.ts'
import { shutFor } from '#server/features/conditions/index.ts'
import { findItem } from '#server/features/courses/index.ts'
import { homeworkKind, learnersFor } from '#server/features/quizzes/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { listFinished } from '../queries/people.ts'
import { remindAt } from '../rules.ts'
import { tellAll } from './tell.ts'

const remindData = z.object({ deliveryId: z.uuid() })

/** Plans the reminder of a homework that was given; none when it is due within a day. */
export async function planReminder(ctx: WriteCtx, deliveryId: string, dueAt: Date | null): Promise<void> {
  const at = remindAt(dueAt, ctx.now)
  if (at) await ctx.enqueue(remindJob, { deliveryId }, { startAfter: at })
}

export const remindJob: JobBinding = {
  name: 'notifications.remind',
  run: async (ctx, data) => {
    const deliveryId = z.parse(remindData, data).deliveryId as DeliveryId
    const delivery = await getDelivery(ctx, deliveryId).catch((error: unknown) => {
      if (error instanceof Problem) return undefined
      throw error
    })
    if (!delivery?.dueAt || delivery.closedAt || delivery.dueAt <= ctx.now) return
    // It was given more time meanwhile.
    if (remindAt(delivery.dueAt, ctx.now)) return planReminder(ctx, deliveryId, delivery.dueAt)
    const item = await findItem(ctx, { kind: homeworkKind, refId: deliveryId })
    if (!item?.published) return
    const done = new Set(await listFinished(ctx, deliveryId))
    const { courseId } = await getActivity(ctx, delivery.activityId)
    const learners = (await learnersFor(ctx, deliveryId)).filter(id => !done.has(id))
    const shut = await shutFor(ctx, [courseId], learners)
    const people = learners.filter(id => shut(id, item) !== 'hidden')
    const source = `due ${deliveryId} ${delivery.dueAt.toISOString()}`
    await tellAll(ctx, people, { kind: 'due', source, refId: deliveryId, courseId, messageId: null })
  },
}
