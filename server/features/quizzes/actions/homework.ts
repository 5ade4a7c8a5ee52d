// Gives homework out, takes it in and closes it. Answers go through `activities.answer` as in class; what they come to
// lands in the same column of the gradebook.
import * as z from 'zod/mini'
import type { AttemptsRule } from '#protocol/activities/attempts.ts'
import { flushMs } from '#protocol/activities/staged.ts'
import {
  type ActivityId,
  type Audience,
  type Delivery,
  type DeliveryId,
  deliveryId as deliveryIdSchema,
  type SeatView,
  type Shows,
} from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import type { ItemDetail } from '#protocol/courses.ts'
import type { GradeRules } from '#protocol/grades.ts'
import type { HomeworkResult } from '#protocol/quizzes.ts'
import { bumpUser } from '#server/features/accounts/index.ts'
import {
  beginAttempt,
  changeAttempts,
  closeHomework,
  createDelivery,
  finishAttempt,
  getActivity,
  getDelivery,
  listItems,
  longestExtraSeconds,
  mySeat,
  redateDelivery,
} from '#server/features/activities/index.ts'
import { audit } from '#server/features/audit/index.ts'
import { type CourseDates, changeItem, courseContext, findItem, placeItem } from '#server/features/courses/index.ts'
import {
  addSource,
  computeGradesOf,
  createGradeItem,
  findGrading,
  getGradeItem,
  tellGrades,
} from '#server/features/grades/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { type Given, homeworkResult, standingOf } from '../queries/homework.ts'
import { takersOf, unansweredIn } from '../queries/people.ts'
import { demandMayBegin, demandMayFinish, homeworkKind, isOver } from '../rules.ts'

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
 * Throws `malformed` without items or when it is due before it opens or already, `not-found` for an activity or a strange column.
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
    /** How often it may be taken; as its course says when left out. */
    attempts?: AttemptsRule | undefined
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
  const attempts = given.attempts ?? (await findGrading(courseId)).attempts
  const delivery = await createDelivery(ctx, { activityId, mode: 'homework', opensAt, dueAt, only, shows, attempts })
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
 * Hands an attempt in for one person, once; answers the result. Throws `not-open` and `time-over` by arrival,
 * `not-found`, and `attempt-not-begun` also for one that the close took away. A second time answers the same result.
 */
export async function finishHomework(
  ctx: WriteCtx,
  given: Given,
  accountId: AccountId,
  attempt: number,
): Promise<HomeworkResult> {
  const standing = await standingOf(given, accountId)
  demandMayFinish(standing, ctx.now)
  // The first is there for everybody, answered or not.
  demand(attempt <= Math.max(standing.begun, 1), 'attempt-not-begun')
  if (!isOver(standing)) {
    await finishAttempt(ctx, given.delivery.id, accountId, attempt)
    await computeGradesOf(ctx, [given.delivery.id], [accountId])
    // Their other devices no longer list it as due, whatever it is worth, and no longer ask for answers.
    await bumpUser(ctx, accountId, 'courses')
    await bumpUser(ctx, accountId, 'grades')
  }
  return homeworkResult(ctx, given, accountId, attempt)
}

/**
 * Begins another attempt of one person, and tells their other devices. Throws `not-open` and `time-over` by arrival, and what
 * `beginAttempt` throws.
 */
export async function beginAgain(
  ctx: WriteCtx,
  given: Given,
  accountId: AccountId,
  attempt: number,
): Promise<SeatView> {
  demandMayBegin(await standingOf(given, accountId), ctx.now)
  if (await beginAttempt(ctx, given.delivery.id, accountId, attempt)) {
    await bumpUser(ctx, accountId, 'courses')
    await bumpUser(ctx, accountId, 'grades')
  }
  return mySeat(ctx, given.delivery.id)
}

/**
 * Changes how often a homework may be taken and which attempt counts, also after it was handed in: grades are worked
 * out anew. Whoever takes it is told. Throws `not-found`.
 */
export async function changeHomeworkAttempts(ctx: WriteCtx, given: Given, to: AttemptsRule): Promise<Delivery> {
  const { id } = given.delivery
  const { before, delivery, people } = await changeAttempts(ctx, id, to)
  await audit.record(ctx, {
    verb: 'homework.attempts-changed',
    subject: { kind: 'delivery', id },
    context: courseContext(given.activity.courseId),
    details: { title: given.activity.title, before, after: to },
  })
  if (people.length > 0) await computeGradesOf(ctx, [id], people)
  await tellGrades(ctx, await takersOf(ctx, id))
  return delivery
}

/**
 * The close job: closes, settles what was not handed in and computes the column; comes again for extra time. Throws
 * `not-found`.
 */
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
