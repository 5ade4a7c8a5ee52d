// Who may answer in a delivery, who hears that answers came, who computes from evidence. All are filled by higher features
// at boot; a mode without a gate is a fault.
import type { ActivityId, DeliveryId, DeliveryMode, ItemId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import type { GateAnswer } from '../rules.ts'

/** One person at one delivery. */
export interface Pair {
  readonly deliveryId: DeliveryId
  readonly accountId: AccountId
}

/**
 * Answers for each pair, in order, whether it may answer, and if not why. A fixed number of queries however many pairs;
 * only `ctx.sql` and `ctx.client`, no models.
 */
export type DeliveryGate = (ctx: WriteCtx, pairs: readonly Pair[]) => Promise<readonly GateAnswer[]>

const gates = new Map<DeliveryMode, DeliveryGate>()

/** Says who may answer in deliveries of a mode. To be called once a mode, when a feature loads. */
export function registerDeliveryGate(mode: DeliveryMode, gate: DeliveryGate): void {
  if (gates.has(mode)) throw new Error(`Two features say who may answer in deliveries of ${mode}`)
  gates.set(mode, gate)
}

/** Asks the gate of a mode. */
export function askGate(ctx: WriteCtx, mode: DeliveryMode, pairs: readonly Pair[]): Promise<readonly GateAnswer[]> {
  const gate = gates.get(mode)
  if (!gate) throw new Error(`Nobody says who may answer in deliveries of ${mode}`)
  return gate(ctx, pairs)
}

/** Who sat where a live delivery was asked. One query. */
export type SeatsOf = (
  ctx: Ctx,
  deliveryIds: readonly DeliveryId[],
  accountIds: readonly AccountId[] | null,
) => Promise<Pair[]>

const seatsOf = new Set<SeatsOf>()

/** Says who sat in live deliveries, of some people or of everybody; hosts have no seat in this sense. */
export function registerSeats(seats: SeatsOf): void {
  seatsOf.add(seats)
}

/** Asks everybody who knows of seats. */
export const askSeats: SeatsOf = async (ctx, deliveryIds, accountIds) => {
  const found: Pair[] = []
  for (const seats of seatsOf) found.push(...(await seats(ctx, deliveryIds, accountIds)))
  return found
}

/** How many answers to an item were just committed on this node. */
export interface AnswerCount {
  readonly deliveryId: DeliveryId
  readonly itemId: ItemId
  readonly count: number
}

const listeners = new Set<(batch: readonly AnswerCount[]) => void>()

/** Hears of answers after their commit, on this node only: for latency, never for truth. Returns the way out. */
export function onAnswers(listener: (batch: readonly AnswerCount[]) => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** Tells every listener. */
export const tellAnswers = (batch: readonly AnswerCount[]): void => {
  for (const listener of listeners) listener(batch)
}

const rescored = new Set<(ctx: WriteCtx, deliveryIds: readonly DeliveryId[]) => Promise<void>>()

/** Registers who computes from evidence: asked in the transaction that scored settled answers anew. */
export function onRescored(compute: (ctx: WriteCtx, deliveryIds: readonly DeliveryId[]) => Promise<void>): void {
  rescored.add(compute)
}

/** Asks everybody who computes from evidence. */
export async function tellRescored(ctx: WriteCtx, deliveryIds: readonly DeliveryId[]): Promise<void> {
  for (const compute of rescored) await compute(ctx, deliveryIds)
}

/**
 * What changed about an activity. record: also what was answered reads otherwise. plan: only what is asked from now on. words: what
 * somebody wrote was taken out, and what told it must not be told again.
 */
export type Reach = 'record' | 'plan' | 'words'

type HearsChanges = (ctx: WriteCtx, activityId: ActivityId, reach: Reach) => Promise<void>

const showing = new Set<HearsChanges>()

/** Registers who shows activities, to hosts with their keys: asked in the transaction that changed anything that is shown of one. */
export function onChanged(hear: HearsChanges): void {
  showing.add(hear)
}

/** Tells everybody who shows activities. Whatever writes an activity or its items calls it, or screens keep what was. */
export const tellChanged: HearsChanges = async (ctx, activityId, reach) => {
  for (const hear of showing) await hear(ctx, activityId, reach)
}

/** Those of these deliveries of which nothing that was earned is told to learners yet. One query. */
export type HoldingBack = (ctx: Ctx, deliveryIds: readonly DeliveryId[]) => Promise<ReadonlySet<DeliveryId>>

const holdingBack = new Set<HoldingBack>()

/** Registers who holds back what was earned, beyond what is not over. */
export function registerHoldingBack(holds: HoldingBack): void {
  holdingBack.add(holds)
}

/** Asks everybody who holds back. */
export const askHoldingBack: HoldingBack = async (ctx, deliveryIds) => {
  const found = new Set<DeliveryId>()
  for (const holds of holdingBack) for (const id of await holds(ctx, deliveryIds)) found.add(id)
  return found
}
