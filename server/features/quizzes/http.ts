// The door of homework: given out by staff, read and handed in by the learners of its course.
import type { DeliveryId } from '#protocol/activities.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { quizRoutes } from '#protocol/quizzes.ts'
import { demandMay } from '#server/features/access/index.ts'
import { demandActivity, getActivity } from '#server/features/activities/index.ts'
import { demandOpen } from '#server/features/conditions/index.ts'
import { courseContext, demandThing, findItem, sightOfItem } from '#server/features/courses/index.ts'
import { accountOf, type WriteCtx } from '#server/platform/ctx.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { assignHomework, beginAgain, changeHomeworkAttempts, finishHomework } from './actions/homework.ts'
import { type Given, getHomework, homeworkFor } from './queries/homework.ts'
import { demandGivenTo, maySitHomework, unansweredIn } from './queries/people.ts'
import { statesIn } from './queries/today.ts'
import { homeworkKind, seenAs } from './rules.ts'

/** How many of a course's homework are told about at once. */
const mostStates = 500

/** The homework, for somebody who may answer it now. */
async function takenBy(ctx: WriteCtx, deliveryId: DeliveryId): Promise<Given> {
  const given = await getHomework(ctx, deliveryId)
  await demandMay(ctx, 'activity.answer', courseContext(given.activity.courseId))
  const accountId = accountOf(ctx.who)
  await demandGivenTo(ctx, given, accountId)
  await demandOpen(ctx, given.activity.courseId, { kind: homeworkKind, refId: deliveryId })
  const [sits] = await maySitHomework(ctx, [{ deliveryId, accountId }])
  if (sits !== true) throw new Problem(sits ?? 'not-found')
  return given
}

export const httpHandlers: Handlers<typeof quizRoutes> = {
  assign: async (ctx, input) => {
    const { courseId } = await getActivity(ctx, input.activityId)
    await demandActivity(ctx, { courseId, id: input.activityId })
    // What it becomes is new in the course.
    await demandMay(ctx, 'activity.change', courseContext(courseId))
    return assignHomework(ctx, input)
  },
  unanswered: async (ctx, input) => {
    const { courseId } = await getActivity(ctx, input.activityId)
    await demandMay(ctx, 'activity.change', courseContext(courseId))
    return { people: (await unansweredIn(ctx, input)).length }
  },
  states: async (ctx, { courseId }) => {
    await demandMay(ctx, 'grade.view-all', courseContext(courseId))
    const states = await statesIn(ctx, [courseId], { openOnly: false, limit: mostStates })
    return {
      items: states.map(({ deliveryId, given, answered, handedIn }) => ({ deliveryId, given, answered, handedIn })),
    }
  },
  get: async (ctx, { deliveryId }) => {
    const given = await getHomework(ctx, deliveryId)
    const course = courseContext(given.activity.courseId)
    // A guest of a class sees nothing of the course around it.
    const here = await demandMay(ctx, 'course.view', course)
    const placed = await findItem(ctx, { kind: homeworkKind, refId: deliveryId })
    const prepares = placed
      ? (await sightOfItem(ctx, here, placed.id, 'activity.change')).seesAll
      : here.may('activity.change')
    if (seenAs({ prepares, published: placed?.published === true }) === 'learner') {
      await demandGivenTo(ctx, given, accountOf(ctx.who))
      await demandOpen(ctx, given.activity.courseId, { kind: homeworkKind, refId: deliveryId })
    }
    return homeworkFor(ctx, given, accountOf(ctx.who))
  },
  finish: async (ctx, { deliveryId, attempt }) =>
    finishHomework(ctx, await takenBy(ctx, deliveryId), accountOf(ctx.who), attempt),
  again: async (ctx, { deliveryId, attempt }) =>
    beginAgain(ctx, await takenBy(ctx, deliveryId), accountOf(ctx.who), attempt),
  changeAttempts: async (ctx, { deliveryId, ...to }) => {
    const given = await getHomework(ctx, deliveryId)
    const { courseId } = given.activity
    await demandThing(ctx, 'activity.change', { courseId, kind: homeworkKind, refId: deliveryId })
    return changeHomeworkAttempts(ctx, given, to)
  },
}
