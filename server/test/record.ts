// The record for tests: a course with its instructor, an activity with items whose keys are known, and answers sent as
// a group. Only for tests; it writes through the same actions as the product.
import { randomUUID } from 'node:crypto'
import type { ActivityKindName, ActivityMove } from '#protocol/activities/registry.ts'
import type { Steer } from '#protocol/activities/staged.ts'
import type { Activity, ActivityItem, DeliveryId, ItemId, Receipt } from '#protocol/activities.ts'
import type { AccountId, OperationId, SessionId } from '#protocol/base/ids.ts'
import type { Problem } from '#protocol/base/problems.ts'
import type { WrittenQuestion } from '#protocol/question-types/registry.ts'
import { answerAll } from '#server/features/activities/actions/answers.ts'
import {
  addItem,
  advanceDelivery,
  createActivity,
  createDelivery,
  type DeliveryState,
  deliveryState,
  steerDelivery,
} from '#server/features/activities/index.ts'
import { createCourse, enrol } from '#server/features/courses/index.ts'
import { addSource, computeGrades, createGradeItem } from '#server/features/grades/index.ts'
import type { Ctx, Who } from '#server/platform/ctx.ts'
import { type Outside, transactPlain } from '#server/platform/db/transact.ts'
import type { StormItem } from '#server/platform/feature.ts'
import { arrange, makeAccount, testCtx } from './factories.ts'
import { waitFor } from './wait-for.ts'

/** Who an account is, as a door would say. */
export const whoIs = (accountId: AccountId, name = 'Somebody'): Who => ({
  kind: 'account',
  accountId,
  sessionId: randomUUID() as SessionId,
  siteRole: 'member',
  name,
})

/** A course with one instructor. */
export async function makeCourse(title = 'Biology'): Promise<{ courseId: string; instructor: AccountId }> {
  const instructor = await makeAccount({ name: `Teacher of ${title}` })
  const words = { title, shortName: '', summary: '', timeZone: 'UTC' }
  const course = await arrange(ctx => createCourse(ctx, words), { who: whoIs(instructor) })
  return { courseId: course.id, instructor }
}

/** Puts people into a course as learners; makes as many as `names` has. */
export async function makeLearners(courseId: string, ...names: string[]): Promise<AccountId[]> {
  const made: AccountId[] = []
  for (const name of names) {
    const accountId = await makeAccount({ name })
    await arrange(ctx => enrol(ctx, { courseId, accountId, role: 'learner', how: 'by hand' }))
    made.push(accountId)
  }
  return made
}

/** The options that an answer or a key names; undefined for others and for nothing. */
export const pickedIn = (given: object | null | undefined): readonly string[] | undefined =>
  given && 'optionIds' in given ? (given.optionIds as readonly string[]) : undefined

/** A single-choice question with options a, b and c; `right` is its key. */
export const singleQuestion = (right: 'a' | 'b' | 'c' = 'b', prompt = 'Which one'): WrittenQuestion => ({
  type: 'single',
  body: { prompt, options: ['a', 'b', 'c'].map(id => ({ id, text: `Option ${id}` })) },
  key: { optionIds: [right] },
})

/** An activity with these questions, each of `points`. */
export async function makeActivity(
  courseId: string,
  questions: readonly WrittenQuestion[],
  over: { kind?: ActivityKindName; settings?: Record<string, unknown>; points?: string; title?: string } = {},
): Promise<{ activity: Activity; items: ActivityItem[] }> {
  return arrange(async ctx => {
    const { kind = 'quiz', settings = { limitSeconds: null }, title = 'Cells' } = over
    const activity = await createActivity(ctx, { courseId, kind, title, settings, place: true })
    const items: ActivityItem[] = []
    for (const question of questions)
      items.push(await addItem(ctx, { activityId: activity.id, question, points: over.points ?? '1' }))
    return { activity, items }
  })
}

export interface TestAnswer {
  readonly by: AccountId
  readonly deliveryId: DeliveryId
  readonly itemId: ItemId
  readonly chose: readonly string[]
  /** Instead of `chose`, where no option is answered. */
  readonly move?: ActivityMove
  readonly at?: Date
  readonly operation?: string
}

/** An answer as the dispatcher hands it to the storm. */
export const answerItem = (
  one: TestAnswer,
): StormItem<{ deliveryId: DeliveryId; itemId: ItemId; move: ActivityMove }> & { ctx: Ctx } => ({
  ctx: testCtx({ who: whoIs(one.by), ...(one.at ? { now: one.at } : {}) }),
  operationId: (one.operation ?? randomUUID()) as OperationId,
  input: { deliveryId: one.deliveryId, itemId: one.itemId, move: one.move ?? { optionIds: [...one.chose] } },
})

/** What became of answers: the receipt's revision, or the code of the refusal. */
export const outcomes = (results: readonly (Receipt | Problem | { code: string })[]): (number | string)[] =>
  results.map(one => ('revision' in one ? one.revision : one.code))

/** Steers a live delivery and waits until what time makes of it is written, by this test or a node's ticker. */
export async function steerTo(deliveryId: DeliveryId, verb: Steer['do']): Promise<DeliveryState> {
  const { step } = await deliveryState(testCtx(), deliveryId)
  await arrange(ctx => steerDelivery(ctx, deliveryId, { step, steer: { do: verb } as Steer }))
  return waitFor(async () => {
    const state = await deliveryState(testCtx(), deliveryId)
    if (state.view.phase !== 'closing') return state
    await arrange(ctx => advanceDelivery(ctx, deliveryId))
    return undefined
  }, `the steer ${verb} to be done`)
}

/**
 * A class of two questions that is over, in a column of 10 points, half for taking part and half for being right:
 * `accountId` answered both, the first one right. Needs a gate that lets them in.
 */
export async function holdClass(courseId: string, accountId: AccountId) {
  const made = await makeActivity(courseId, [singleQuestion('b', 'First'), singleQuestion('c', 'Second')])
  const live = await arrange(ctx => createDelivery(ctx, { activityId: made.activity.id, mode: 'live' }))
  const { title } = made.activity
  const weights = { participation: 50, correctness: 50, points: '10' }
  const { id: gradeItemId } = await arrange(ctx => createGradeItem(ctx, { courseId, title, ...weights }))
  await arrange(ctx => addSource(ctx, { gradeItemId, deliveryId: live.id }))
  for (const [index, chosen] of ['b', 'a'].entries()) {
    await steerTo(live.id, 'next')
    const itemId = made.items[index]?.id as ItemId
    const sent = [answerItem({ by: accountId, deliveryId: live.id, itemId, chose: [chosen] })]
    await transactPlain(testCtx(), nowhere, ctx => answerAll(ctx, sent))
    await steerTo(live.id, 'lock')
    await steerTo(live.id, 'reveal')
  }
  await steerTo(live.id, 'finish')
  await arrange(ctx => computeGrades(ctx, gradeItemId))
  return { ...made, live, gradeItemId }
}

/** The outside of a group that is told to nobody. */
export const nowhere: Outside = {
  publish: () => undefined,
  rightsChanged: () => undefined,
  enqueue: async () => undefined,
}
