// What stands on the stage and how it is steered: one writer at a time, since every action here locks the run's row
// first. Learners hear the view made for them, hosts the one with the keys; nothing else leaves.

import { isModerate } from '#protocol/activities/staged.ts'
import type { ActivityId, DeliveryId } from '#protocol/activities.ts'
import type { Input, Output } from '#protocol/base/call.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import { type liveCalls, type RunId, runHostsScope, runScope } from '#protocol/live.ts'
import {
  addItem,
  advanceDelivery,
  createActivity,
  createDelivery,
  type DeliveryState,
  deliveryState,
  loadActivity,
  lockActivity,
  steerDelivery,
  takesAway,
} from '#server/features/activities/index.ts'
import { audit } from '#server/features/audit/index.ts'
import { addSource, computeGrades } from '#server/features/grades/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { blankEvents } from '#server/platform/events/log.ts'
import {
  agendaOf,
  findRunOf,
  getRun,
  hostStageOf,
  hostStageSince,
  type RunFacts,
  stagedOf,
  stageOf,
} from '../queries/runs.ts'
import { runsOn, titleOf } from '../rules.ts'
import { advanceInTime } from './clock.ts'
import { hostedRun } from './hosted.ts'
import { hideBoard, rankStage } from './ranks.ts'

/** How many deliveries a class may have on its agenda. */
export const mostOnAgenda = 200

/** Writes what the agenda says of a delivery. The caller holds the run. */
export async function keepEntry(ctx: WriteCtx, state: DeliveryState): Promise<void> {
  await ctx.sql(
    'update run_deliveries set kind = $2, title = $3, items = $4, asked = $5, done = $6 where delivery_id = $1',
    [state.deliveryId, state.kind, state.title, state.items, state.asked, state.done],
  )
  advanceInTime(ctx, state.deliveryId, state.dueTransitionAt)
}

/** Whether hosts have heard of what is on stage before, or hear all of it. */
type Heard = 'before' | 'new'

/** Says to the hosts alone what is on the agenda and on stage. The caller holds the run. */
export async function announceHosts(
  ctx: WriteCtx,
  runId: RunId,
  staged: DeliveryState | null,
  heard: Heard = 'before',
): Promise<void> {
  const agenda = await agendaOf(ctx, runId)
  const stage = staged && (heard === 'new' ? hostStageOf(staged) : hostStageSince(staged))
  ctx.announce(runHostsScope, runId, { kind: 'staged', body: { agenda, stage } })
}

/** Says to everybody in the class, and to its hosts, what stands on stage. The caller holds the run. */
export async function announceStage(
  ctx: WriteCtx,
  runId: RunId,
  staged: DeliveryState | null,
  heard: Heard = 'before',
): Promise<void> {
  ctx.announce(runScope, runId, { kind: 'staged', body: { stage: staged && stageOf(staged) } })
  await announceHosts(ctx, runId, staged, heard)
}

/**
 * What the class was told of this delivery is not told again: something in it was taken away. The caller holds the run, and
 * announces something to the class, and to its hosts where they forget too: they go on seeing what they themselves hid.
 */
export async function untell(
  ctx: WriteCtx,
  runId: RunId,
  deliveryId: DeliveryId,
  forgets: 'the class' | 'the hosts too' = 'the class',
): Promise<void> {
  const told = { stage: { deliveryId } }
  await blankEvents(ctx.client, runScope, runId, 'staged', told)
  if (forgets === 'the hosts too') await blankEvents(ctx.client, runHostsScope, runId, 'staged', told)
}

/** Steers the delivery on stage. Throws as `hostedRun`, `not-on-stage`, `conflict` for another step, and as `steerDelivery`. */
export async function steerRun(
  ctx: WriteCtx,
  input: Input<typeof liveCalls.steer>,
): Promise<Output<typeof liveCalls.steer>> {
  const run = await hostedRun(ctx, input.runId)
  if (run.stage_delivery_id !== input.deliveryId)
    throw new Problem('not-on-stage', { params: { onStage: run.stage_delivery_id } })
  const state = await steerDelivery(ctx, input.deliveryId, { step: input.step, steer: input.steer })
  await keepEntry(ctx, state)
  if (['open', 'next', 'reveal'].includes(input.steer.do)) {
    await rankStage(ctx, run, state)
    await hideBoard(ctx, run)
  }
  if (isModerate(input.steer) && takesAway(input.steer)) await untell(ctx, run.id, state.deliveryId)
  await announceStage(ctx, run.id, state)
  return { step: state.step }
}

/** An item must not stay open behind the scenes: what runs is locked before something else takes the stage. */
async function leaveStage(ctx: WriteCtx, run: RunFacts): Promise<void> {
  const staged = await stagedOf(ctx, run)
  if (!staged || !runsOn(staged.view.phase)) return
  await keepEntry(ctx, await steerDelivery(ctx, staged.deliveryId, { step: staged.step, steer: { do: 'lock' } }))
}

async function takeStage(ctx: WriteCtx, run: RunFacts, deliveryId: DeliveryId | null): Promise<void> {
  await leaveStage(ctx, run)
  await hideBoard(ctx, run)
  await ctx.sql('update runs set stage_delivery_id = $2 where id = $1', [run.id, deliveryId])
}

/**
 * Puts a delivery of the agenda on stage, or clears it. What is there already stays as it is. Throws as `hostedRun`,
 * `conflict` where the stage moves on meanwhile, and `not-found` for a delivery of another class.
 */
export async function putOnStage(ctx: WriteCtx, input: Input<typeof liveCalls.putOnStage>): Promise<void> {
  const run = await hostedRun(ctx, input.runId)
  if (run.stage_delivery_id === input.deliveryId) return
  if (input.deliveryId !== null) {
    const found = await findRunOf(ctx, input.deliveryId)
    demand(found?.runId === run.id, 'not-found')
  }
  await takeStage(ctx, run, input.deliveryId)
  await announceStage(ctx, run.id, input.deliveryId && (await deliveryState(ctx, input.deliveryId)), 'new')
}

/**
 * Gives an activity out live and writes it at the end of the agenda; its answers count in the class's grade item.
 * Throws `malformed`, `not-found` unless the activity is of the run's course, `too-many` on a full agenda. Announces
 * nothing.
 */
export async function addToAgenda(
  ctx: WriteCtx,
  run: Pick<RunFacts, 'id' | 'course_id' | 'grade_item_id'>,
  activityId: ActivityId,
): Promise<DeliveryId> {
  // Whoever changes it at this moment comes before, or finds the class that is to be told.
  await lockActivity(ctx, activityId)
  const { activity, items } = await loadActivity(ctx, activityId)
  demand(activity.courseId === run.course_id, 'not-found')
  const [found] = await ctx.sql<{ many: number; last: number }>(
    'select count(*)::int as many, coalesce(max(position), -1) as last from run_deliveries where run_id = $1',
    [run.id],
  )
  demand((found?.many ?? 0) < mostOnAgenda, 'too-many', { params: { most: mostOnAgenda } })
  const delivery = await createDelivery(ctx, { activityId, mode: 'live' })
  await ctx.sql(
    `insert into run_deliveries (run_id, delivery_id, activity_id, position, kind, title, items, asked, done)
     values ($1, $2, $3, $4, $5, $6, $7, 0, false)`,
    [run.id, delivery.id, activityId, (found?.last ?? -1) + 1, activity.kind, activity.title, items.length],
  )
  await addSource(ctx, { gradeItemId: run.grade_item_id, deliveryId: delivery.id })
  return delivery.id
}

/**
 * Adds an activity of the course to the agenda; the stage stays as it is. Throws as `hostedRun`, and `not-found` and
 * `too-many` as `addToAgenda`.
 */
export async function addActivity(
  ctx: WriteCtx,
  input: Input<typeof liveCalls.addActivity>,
): Promise<Output<typeof liveCalls.addActivity>> {
  const run = await hostedRun(ctx, input.runId)
  const deliveryId = await addToAgenda(ctx, run, input.activityId)
  // Whole, for what is on stage may have been changed beside the class as well.
  await announceHosts(ctx, run.id, await stagedOf(ctx, run), 'new')
  return { deliveryId }
}

/**
 * A question typed on the spot: a draft in the bank, in an activity of its own that is not placed in the course, given
 * out, on stage and open. `limitSeconds` null leaves it open until it is locked. Throws as `hostedRun`, `conflict`
 * where the stage moves on meanwhile, `malformed` as `addItem`, and `too-many` on a full agenda.
 */
export async function askOnTheSpot(
  ctx: WriteCtx,
  input: Input<typeof liveCalls.ask>,
): Promise<Output<typeof liveCalls.ask>> {
  const run = await hostedRun(ctx, input.runId)
  const activity = await createActivity(ctx, {
    courseId: run.course_id,
    kind: input.kind,
    title: titleOf(input.question.body.prompt),
    settings: { limitSeconds: input.limitSeconds },
    place: false,
  })
  const item = await addItem(ctx, { activityId: activity.id, question: input.question, points: '1', status: 'draft' })
  const deliveryId = await addToAgenda(ctx, run, activity.id)
  await takeStage(ctx, run, deliveryId)
  const { step } = await deliveryState(ctx, deliveryId)
  const state = await steerDelivery(ctx, deliveryId, { step, steer: { do: 'open', itemId: item.id } })
  await keepEntry(ctx, state)
  await announceStage(ctx, run.id, state, 'new')
  await audit.record(ctx, {
    verb: 'run.question-asked',
    subject: { kind: 'run', id: run.id },
    details: { deliveryId, itemId: item.id },
  })
  return { deliveryId, itemId: item.id }
}

/**
 * Writes the transition time has made in a delivery of a class and says so. Needs no host and may be called from any
 * node, any number of times. After the end of the class the grades are computed with what came in last. Throws
 * `not-found`.
 */
export async function advanceRun(ctx: WriteCtx, deliveryId: DeliveryId): Promise<void> {
  const found = await findRunOf(ctx, deliveryId)
  if (!found) {
    await advanceDelivery(ctx, deliveryId)
    return
  }
  const run = await getRun(ctx, found.runId, 'to change')
  const state = await advanceDelivery(ctx, deliveryId)
  if (!state) return
  await keepEntry(ctx, state)
  if (run.phase === 'open' && run.stage_delivery_id === deliveryId) await announceStage(ctx, run.id, state)
  else await announceHosts(ctx, run.id, await stagedOf(ctx, run))
  if (run.phase === 'ended') await computeGrades(ctx, run.grade_item_id)
}

/**
 * Ends every delivery of the agenda; what is open closes by the closing rule, its last answers are still taken. Answers
 * whether all of them are over, or one still closes. Throws `not-found`, and `conflict` where a delivery moves on
 * meanwhile.
 */
export async function finishAll(ctx: WriteCtx, run: RunFacts): Promise<'over' | 'closing'> {
  let end: 'over' | 'closing' = 'over'
  for (const { deliveryId, done } of await agendaOf(ctx, run.id)) {
    if (done) continue
    const { step, done: over } = await deliveryState(ctx, deliveryId)
    if (over) continue
    const state = await steerDelivery(ctx, deliveryId, { step, steer: { do: 'finish' } })
    await keepEntry(ctx, state)
    if (!state.done) end = 'closing'
  }
  await announceHosts(ctx, run.id, null)
  return end
}
