// Gives homework out, takes it in and closes it. Answers go through `activities.answer` as in class; what they come to
// lands in the same column of the gradebook.
import * as z from 'zod/mini'
import { flushMs } from '#protocol/activities/staged.ts'
import {
  type ActivityId,
  type Audience,
  type Delivery,
  type DeliveryId,
  deliveryId as deliveryIdSchema,
  type Shows,
} from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import type { ItemDetail } from '#protocol/courses.ts'
import type { GradeRules } from '#protocol/grades.ts'
import type { HomeworkResult } from '#protocol/quizzes.ts'
import { bumpUser } from '#server/features/accounts/index.ts'
import {
  closeHomework,
  createDelivery,
  finishAttempt,
  getActivity,
  getDelivery,
  listItems,
  longestExtraSeconds,
  redateDelivery,
} from '#server/features/activities/index.ts'
import { audit } from '#server/features/audit/index.ts'
import { type CourseDates, changeItem, courseContext, findItem, placeItem } from '#server/features/courses/index.ts'
import { addSource, computeGradesOf, createGradeItem, getGradeItem, tellGrades } from '#server/features/grades/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { type Given, homeworkResult, standingOf } from '../queries/homework.ts'
import { takersOf, unansweredIn } from '../queries/people.ts'
import { demandMayFinish, homeworkKind, isOver } from '../rules.ts'

const closeData = z.object({ deliveryId: deliveryIdSchema })

/** Closes a homework when its time is up. */
export const closeJob: JobBinding = {
  name: 'quizzes.close',
  run: async (ctx, data) => closeDue(ctx, z.parse(closeData, data).deliveryId),
}

/** When the close job comes: a little after the last answer can have been flushed, so that it is not a moment too early. */
export const closeAfter = (dueAt: Date, extraSeconds: number): Date =>
  new Date(dueAt.getTime() + extraSeconds * 1000 + 2 * flushMs)

/**
 * Gives an activity as homework: on the course home at once, in the column of `gradeItemId` or in one of its own.
 * Throws `malformed` without items or when it is due before it opens or already, `not-found` for a strange column.
 * `audience` 'unanswered' gives it only to those who have answered nothing so far; `malformed` when there is nobody.
 */
export async function assignHomework(
  ctx: WriteCtx,
  given: {
    activityId: ActivityId
    opensAt?: string | undefined
    dueAt: string
    gradeItemId?: string | undefined
    audience?: Audience | undefined
    /** These alone, instead of an audience. */
    only?: readonly AccountId[] | undefined
    shows?: Shows | undefined
    grade?: GradeRules | undefined
    /** What the course home says of it beside when it is due. */
    detail?: ItemDetail | undefined
  },
): Promise<Delivery & { people: number | null }> {
  const activity = await getActivity(ctx, given.activityId)
  const { courseId, title } = activity
  demand(new Date(given.dueAt) > ctx.now, 'malformed', { errors: [{ path: 'dueAt', code: 'too_small' }] })
  demand((await listItems(ctx, activity.id)).length > 0, 'malformed', {
    errors: [{ path: 'activityId', code: 'no_items' }],
  })
  if (given.gradeItemId !== undefined)
    demand((await getGradeItem(ctx, given.gradeItemId)).courseId === courseId, 'not-found')
  const only = given.only ?? (given.audience === 'unanswered' ? await unansweredIn(ctx, given) : undefined)
  demand(only?.length !== 0, 'malformed', { errors: [{ path: 'audience', code: 'nobody' }] })
  const { activityId, opensAt, dueAt, shows } = given
  const delivery = await createDelivery(ctx, { activityId, mode: 'homework', opensAt, dueAt, only, shows })
  const people = only?.length ?? null
  const gradeItemId = given.gradeItemId ?? (await createGradeItem(ctx, { courseId, title, ...given.grade })).id
  await addSource(ctx, { gradeItemId, deliveryId: delivery.id })
  // Where its activity stands, so that a course reads in its own order.
  const place = await findItem(ctx, { kind: 'activity', refId: activity.id })
  await placeItem(ctx, {
    courseId,
    moduleId: place?.moduleId,
    audience: only ? 'some' : 'everybody',
    kind: homeworkKind,
    refId: delivery.id,
    title,
    published: true,
    badge: 'open',
    detail: {
      ...given.detail,
      dueAt: delivery.dueAt,
      opensAt: delivery.opensAt,
      activityId: activity.id,
      audience: delivery.audience,
    },
  })
  await ctx.enqueue(closeJob, { deliveryId: delivery.id }, { startAfter: closeAfter(new Date(given.dueAt), 0) })
  await audit.record(ctx, {
    verb: 'homework.assigned',
    subject: { kind: 'delivery', id: delivery.id },
    context: courseContext(courseId),
    details: { title, dueAt: delivery.dueAt, audience: delivery.audience, people },
  })
  return { ...delivery, people }
}

/**
 * Hands in for one person, once; answers the result. Throws `not-open` and `time-over` by arrival. A second time answers the
 * same result.
 */
export async function finishHomework(ctx: WriteCtx, given: Given, accountId: AccountId): Promise<HomeworkResult> {
  const standing = await standingOf(ctx, given, accountId)
  demandMayFinish(standing, ctx.now)
  if (!isOver(standing)) {
    await finishAttempt(ctx, given.delivery.id, accountId)
    await computeGradesOf(ctx, [given.delivery.id], [accountId])
    // Their other devices no longer list it as due, whatever it is worth.
    await bumpUser(ctx, accountId, 'courses')
  }
  return homeworkResult(ctx, given, accountId)
}

/** The close job: closes, settles what was not handed in and computes the column; comes again for extra time. */
export async function closeDue(ctx: WriteCtx, deliveryId: DeliveryId): Promise<void> {
  if (await closeHomework(ctx, deliveryId)) {
    await changeItem(ctx, { kind: homeworkKind, refId: deliveryId, badge: 'ended' })
    await computeGradesOf(ctx, [deliveryId])
    // What was held until now is told, whether or not the figure is another one.
    await tellGrades(ctx, await takersOf(ctx, deliveryId))
    return
  }
  const delivery = await getDelivery(ctx, deliveryId)
  if (delivery.closedAt || !delivery.dueAt) return
  const again = closeAfter(delivery.dueAt, await longestExtraSeconds(ctx, deliveryId))
  await ctx.enqueue(closeJob, { deliveryId }, { startAfter: again })
}

/**
 * Moves when homework opens and is due. What is over stays where it is; so does what would be due already, or before it
 * opens. The jobs that close it and remind of it look again when they come.
 */
export const homeworkDates: CourseDates = {
  move: async (ctx, { items }, to) => {
    const [moved, left, details] = [[] as string[], [] as string[], new Map<string, ItemDetail>()]
    const given = items.filter(one => one.kind === homeworkKind).sort((a, b) => (a.refId < b.refId ? -1 : 1))
    for (const { id, refId, detail } of given) {
      const next = await redateDelivery(ctx, refId as DeliveryId, to)
      if (next === 'left') left.push(id)
      if (typeof next === 'string' || next.dueAt === null) continue
      moved.push(id)
      details.set(id, { ...detail, dueAt: next.dueAt, opensAt: next.opensAt })
      const extra = await longestExtraSeconds(ctx, next.id)
      await ctx.enqueue(closeJob, { deliveryId: next.id }, { startAfter: closeAfter(new Date(next.dueAt), extra) })
    }
    return { moved, left, details }
  },
}
