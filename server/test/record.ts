// The record for tests: a course with its instructor, an activity with items whose keys are known, and answers sent as
// a group. Only for tests; it writes through the same actions as the product.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { ActivityKindName, ActivityMove } from '#protocol/activities/registry.ts'
import type { Steer } from '#protocol/activities/staged.ts'
import type { Activity, ActivityId, ActivityItem, DeliveryId, ItemId, Receipt } from '#protocol/activities.ts'
import type { AccountId, OperationId, SessionId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { GradeItemId } from '#protocol/grades.ts'
import type { Run, RunId } from '#protocol/live.ts'
import type { WrittenQuestion } from '#protocol/question-types/registry.ts'
import { answerAll } from '#server/features/activities/actions/answers.ts'
import {
  addItem,
  advanceDelivery,
  createActivity,
  type DeliveryState,
  deliveryState,
  steerDelivery,
} from '#server/features/activities/index.ts'
import { createCourse, enrol } from '#server/features/courses/index.ts'
import { joinAll } from '#server/features/live/actions/join.ts'
import { endRun, startRun } from '#server/features/live/actions/runs.ts'
import { addToAgenda } from '#server/features/live/actions/stage.ts'
import { agendaOf, getRun } from '#server/features/live/queries/runs.ts'
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
  readonly attempt?: number
  readonly operation?: string
}

/** An answer as the dispatcher hands it to the storm. */
export const answerItem = (
  one: TestAnswer,
): StormItem<{ deliveryId: DeliveryId; itemId: ItemId; move: ActivityMove; attempt: number }> & { ctx: Ctx } => ({
  ctx: testCtx({ who: whoIs(one.by), ...(one.at ? { now: one.at } : {}) }),
  operationId: (one.operation ?? randomUUID()) as OperationId,
  input: {
    ...{ deliveryId: one.deliveryId, itemId: one.itemId, attempt: one.attempt ?? 1 },
    move: one.move ?? { optionIds: [...one.chose] },
  },
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

/** A course with whoever teaches it. */
interface Taught {
  readonly courseId: string
  readonly instructor: AccountId
}

/** Starts a class of a course with these activities on its agenda. */
export const openClass = (
  { courseId, instructor }: Taught,
  given: Omit<Parameters<typeof startRun>[1], 'courseId'>,
): Promise<Run> => arrange(ctx => startRun(ctx, { courseId, ...given }), { who: whoIs(instructor) })

/** Seats people in a class, each where they may sit: who is not of its course comes in by the code. */
export async function sitDown(runId: RunId, by: 'code' | 'run', ...people: AccountId[]): Promise<void> {
  const items = people.map(accountId => ({
    ctx: testCtx({ who: whoIs(accountId) }),
    operationId: randomUUID() as OperationId,
    input: { runId, by },
  }))
  for (const one of await arrange(ctx => joinAll(ctx, items))) if (one instanceof Problem) throw one
}

/** Gives an activity out in a class that runs; answers the delivery. */
export const giveOut = (runId: RunId, activityId: ActivityId): Promise<DeliveryId> =>
  arrange(async ctx => addToAgenda(ctx, await getRun(ctx, runId, 'to change'), activityId))

/**
 * A class of two questions that is over, in a column of 10 points, half for taking part and half for being right:
 * `accountId`, who learns in the course, answered both, the first one right.
 */
export async function holdClass(course: Taught, accountId: AccountId) {
  const made = await makeActivity(course.courseId, [singleQuestion('b', 'First'), singleQuestion('c', 'Second')])
  const grade = { participation: 50, correctness: 50, points: '10' }
  const { id: activityId, title } = made.activity
  const run = await openClass(course, { title, activityIds: [activityId], grade })
  await sitDown(run.id, 'run', accountId)
  const live = (await agendaOf(testCtx(), run.id)).map(one => ({ id: one.deliveryId }))[0] ?? assert.fail()
  for (const [index, chosen] of ['b', 'a'].entries()) {
    await steerTo(live.id, 'next')
    const itemId = made.items[index]?.id as ItemId
    const sent = [answerItem({ by: accountId, deliveryId: live.id, itemId, chose: [chosen] })]
    assert.deepEqual(outcomes(await transactPlain(testCtx(), nowhere, ctx => answerAll(ctx, sent))), [1])
    await steerTo(live.id, 'lock')
    await steerTo(live.id, 'reveal')
  }
  await arrange(ctx => endRun(ctx, run.id), { who: whoIs(course.instructor) })
  return { ...made, live, gradeItemId: run.gradeItemId as GradeItemId }
}

/** The outside of a group that is told to nobody. */
export const nowhere: Outside = {
  publish: () => undefined,
  rightsChanged: () => undefined,
  enqueue: async () => undefined,
  enqueued: () => undefined,
}
