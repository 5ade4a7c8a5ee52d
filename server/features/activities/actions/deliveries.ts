// Makes deliveries and changes their shared part: a host's steer, and the transitions that time alone makes. One writer
// at a time; nothing is announced here, the feature that runs the delivery does that in the same transaction.

import { type AttemptsRule, usualAttempts } from '#protocol/activities/attempts.ts'
import type { ActivityMove } from '#protocol/activities/registry.ts'
import { isModerate, type Moderate, type Steer } from '#protocol/activities/staged.ts'
import type { ActivityId, Delivery, DeliveryId, DeliveryMode, ItemId, Shows } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import { actorOf, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import type { Plan, Shared } from '../kinds/kind.ts'
import { kindOf } from '../kinds/registry.ts'
import { deliveryOf, getActivity, getDelivery, loadPlan } from '../queries/activities.ts'
import { countedMoves, type DeliveryState, stateOf } from '../queries/deliveries.ts'
import { type ActivityRow, type DeliveryRow, deliveries } from '../tables.ts'
import { settleItem } from './evidence.ts'
import { deliveryLock, dueLocks, lockAlone } from './locks.ts'

/** Instants as ISO strings, as they travel. */
export interface NewDelivery {
  activityId: ActivityId
  mode: DeliveryMode
  opensAt?: string | undefined
  dueAt?: string | undefined
  /** Whom it is for alone; everybody when left out. */
  only?: readonly AccountId[] | undefined
  /** When homework tells what was right; after it is due when left out. */
  shows?: Shows | undefined
  /** How often homework may be taken; once when left out. */
  attempts?: AttemptsRule | undefined
}

/** Gives an activity out in one mode. Throws `not-found`, or `malformed` when it would be due before it opens. */
export async function createDelivery(ctx: WriteCtx, given: NewDelivery): Promise<Delivery> {
  const activity = await getActivity(ctx, given.activityId)
  const opensAt = given.opensAt === undefined ? null : new Date(given.opensAt)
  const dueAt = given.dueAt === undefined ? null : new Date(given.dueAt)
  if (dueAt && dueAt <= (opensAt ?? ctx.now))
    throw new Problem('malformed', { errors: [{ path: 'dueAt', code: 'too_small' }] })
  const row: DeliveryRow = {
    id: newId<'Delivery'>(),
    activityId: activity.id,
    mode: given.mode,
    audience: given.only ? 'unanswered' : 'everybody',
    shows: given.shows ?? 'after-due',
    attemptsMost: (given.attempts ?? usualAttempts).most,
    attemptsCounts: (given.attempts ?? usualAttempts).counts,
    opensAt,
    dueAt,
    closedAt: null,
    shared: kindOf(activity.kind).start(),
    step: 0,
    dueTransitionAt: null,
    createdBy: actorOf(ctx.who),
    createdAt: ctx.now,
  }
  await deliveries.create(row)
  if (given.only)
    await ctx.sql('insert into delivery_audience (delivery_id, account_id) select $1, unnest($2::uuid[])', [
      row.id,
      [...given.only],
    ])
  return deliveryOf(row)
}

interface Locked {
  readonly delivery: DeliveryRow
  readonly activity: ActivityRow
  readonly plan: Plan
  /** Database time after the lock was got: every answer taken so far was stamped before it. */
  readonly now: Date
  readonly extraMs: number
}

async function lockDelivery(ctx: WriteCtx, deliveryId: DeliveryId): Promise<Locked> {
  await lockAlone(ctx, deliveryLock(deliveryId))
  const [row] = await ctx.sql<{ now: Date; extra: number }>(
    `select coalesce($2::timestamptz, clock_timestamp()) as now,
            (select coalesce(max(extra_seconds), 0) from attempts where delivery_id = $1) as extra`,
    [deliveryId, ctx.playedAt ?? null],
  )
  const delivery = await getDelivery(ctx, deliveryId)
  if (!row || delivery.mode !== 'live') throw new Problem('not-found')
  const activity = await getActivity(ctx, delivery.activityId)
  const plan = await loadPlan(ctx, activity)
  return { delivery, activity, plan, now: new Date(row.now), extraMs: row.extra * 1000 }
}

/** Stores the next state, one step on; an item that closed with it gets its final tally and its evidence. */
async function write(ctx: WriteCtx, locked: Locked, next: Shared): Promise<Locked> {
  const { delivery, activity, plan } = locked
  const itemId = next.itemId
  const closes = next.phase === 'closed' || next.phase === 'done'
  const ran = delivery.shared.phase === 'open' || delivery.shared.phase === 'closing'
  let shared = next
  if (itemId !== null && closes && ran) {
    const tally = await settleItem(ctx, activity, plan, delivery.id, itemId, next)
    shared = { ...next, tallies: { ...next.tallies, [itemId]: tally } }
  }
  const row: DeliveryRow = {
    ...delivery,
    shared,
    step: delivery.step + 1,
    dueTransitionAt: kindOf(activity.kind).dueAt(shared),
    closedAt: shared.phase === 'done' ? (delivery.closedAt ?? locked.now) : null,
  }
  const { step, dueTransitionAt, closedAt } = row
  await deliveries.update({ shared, step, dueTransitionAt, closedAt }, { where: { id: delivery.id } })
  return { ...locked, delivery: row }
}

const stateIn = ({ delivery, activity, plan }: Locked): DeliveryState => stateOf(delivery, activity, plan)

/**
 * A host's steer of a live delivery. `step` is the one the host saw, else `conflict` with the current one; whether it fits
 * the phase says the kind, which throws what `Kind.steer` names. Throws `not-found` for what is not given out live, and for a
 * response to show that is not there. Acts of moderation need no step: they fit each. `lock` and `finish` begin a close that is written `flushMs` later, by
 * `advanceDelivery`. Asks no rights.
 */
export async function steerDelivery(
  ctx: WriteCtx,
  deliveryId: DeliveryId,
  { step, steer }: { step: number; steer: Steer },
): Promise<DeliveryState> {
  let locked = await lockDelivery(ctx, deliveryId)
  const kind = kindOf(locked.activity.kind)
  if (locked.delivery.step !== step && !isModerate(steer))
    throw new Problem('conflict', { params: { current: locked.delivery.step } })
  const due = kind.advance(locked.delivery.shared, locked.now)
  if (due) locked = await write(ctx, locked, due)
  const quoted =
    kind.quotes && isModerate(steer) && steer.do === 'show' ? await quoteOf(ctx, deliveryId, steer) : undefined
  const next = kind.steer(locked.plan, locked.delivery.shared, steer, locked.now, locked.extraMs, quoted)
  return stateIn(await write(ctx, locked, await withTally(ctx, locked, steer, next)))
}

/** What a response to this item holds, in its own words. Throws `not-found`. */
async function quoteOf(ctx: WriteCtx, deliveryId: DeliveryId, { itemId, mark }: Moderate): Promise<ActivityMove> {
  const [row] = await ctx.sql<{ move: ActivityMove }>(
    'select move from responses where delivery_id = $1 and item_id = $2 and id::text = $3',
    [deliveryId, itemId, mark],
  )
  if (!row) throw new Problem('not-found')
  return row.move
}

/**
 * Where everybody may see answers come, each steer keeps the tally of its moment: whoever has the new state needs no
 * older number, and what a host took away is in neither.
 */
async function withTally(
  ctx: WriteCtx,
  { delivery, activity, plan }: Locked,
  steer: Steer,
  next: Shared,
): Promise<Shared> {
  const kind = kindOf(activity.kind)
  const itemId = isModerate(steer) ? (steer.itemId as ItemId) : next.itemId
  const item = plan.items.find(one => one.id === itemId)
  if (!kind.shownLive || !item) return next
  const given = await countedMoves(ctx, delivery.id, item.id, kind.counts(activity.settings))
  return { ...next, tallies: { ...next.tallies, [item.id]: kind.tally(activity.settings, item, next, given) } }
}

/**
 * Live deliveries whose transition is due, for a ticker: at most 50; those another node has in hand are skipped. The
 * lock behind that is of its own, so that a caller may still lock its own rows before it advances a delivery.
 */
export async function dueDeliveries(ctx: WriteCtx): Promise<DeliveryId[]> {
  const rows = await ctx.sql<{ id: DeliveryId }>(
    `with due as materialized (
       select id from deliveries
        where due_transition_at <= clock_timestamp() and mode = 'live' order by due_transition_at limit 50
     )
     select id from due where pg_try_advisory_xact_lock(hashtextextended('${dueLocks}' || id, 0))`,
  )
  return rows.map(row => row.id)
}

/**
 * Writes the transition that time has made and returns the state after it; undefined when nothing is due. Safe to call
 * at any time, from any node, any number of times. Throws `not-found` for what is not given out live.
 */
export async function advanceDelivery(ctx: WriteCtx, deliveryId: DeliveryId): Promise<DeliveryState | undefined> {
  const locked = await lockDelivery(ctx, deliveryId)
  const next = kindOf(locked.activity.kind).advance(locked.delivery.shared, locked.now)
  return next && stateIn(await write(ctx, locked, next))
}

/**
 * Moves when a delivery opens and is due. `over`: it was closed, or is due at no time. `left`: it would be due already, or
 * before it opens. Throws `not-found`.
 */
export async function redateDelivery(
  ctx: WriteCtx,
  deliveryId: DeliveryId,
  to: (at: Date) => Date,
): Promise<Delivery | 'over' | 'left'> {
  await lockAlone(ctx, deliveryLock(deliveryId))
  const delivery = await getDelivery(ctx, deliveryId)
  if (!delivery.dueAt || delivery.closedAt) return 'over'
  const opensAt = delivery.opensAt && to(delivery.opensAt)
  const dueAt = to(delivery.dueAt)
  if (dueAt <= ctx.now || (opensAt && opensAt >= dueAt)) return 'left'
  await deliveries.update({ opensAt, dueAt }, { where: { id: deliveryId } })
  return deliveryOf({ ...delivery, opensAt, dueAt })
}
