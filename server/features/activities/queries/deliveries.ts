// What is read of a delivery as it stands: its state for both audiences, live tallies, who has answered, what is due.
// Changes nothing and asks no rights: whoever hands a host's view on has asked.
import type { ActivityHostView, ActivityKindName, ActivityMove, ActivityView } from '#protocol/activities/registry.ts'
import type { Tally } from '#protocol/activities/staged.ts'
import type { ActivityId, DeliveryId, ItemId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Counted } from '#protocol/question-types/question-type.ts'
import { writtenOf } from '#server/features/questions/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import type { Plan, Shared } from '../kinds/kind.ts'
import { kindOf } from '../kinds/registry.ts'
import type { ActivityRow, DeliveryRow } from '../tables.ts'
import { getActivity, getDelivery, loadPlan } from './activities.ts'

/** A live delivery as it stands. `view` is safe for learners; `hostView` holds the keys. */
export interface DeliveryState {
  readonly deliveryId: DeliveryId
  readonly activityId: ActivityId
  readonly kind: ActivityKindName
  readonly title: string
  /** Counts the changes of the shared part; grows with each steer and each transition that time makes. */
  readonly step: number
  readonly view: ActivityView
  readonly hostView: ActivityHostView
  readonly items: number
  /** How many items were opened so far. */
  readonly asked: number
  readonly done: boolean
  readonly currentItemId: ItemId | null
  /** The item on stage and those opened last: whatever a steer or the time has just changed is about one of them. */
  readonly lately: readonly ItemId[]
  /** When `advanceDelivery` has something to write, in database time; null while nothing runs out. */
  readonly dueTransitionAt: Date | null
}

/** The state made of what is stored. */
export function stateOf(delivery: DeliveryRow, activity: ActivityRow, plan: Plan): DeliveryState {
  const kind = kindOf(activity.kind)
  const { shared } = delivery
  return {
    deliveryId: delivery.id,
    activityId: activity.id,
    kind: activity.kind,
    title: activity.title,
    step: delivery.step,
    view: kind.view(plan, shared),
    hostView: kind.hostView(plan, shared),
    items: plan.items.length,
    asked: shared.opened.length,
    done: shared.phase === 'done',
    currentItemId: shared.phase === 'done' ? null : shared.itemId,
    lately: [...new Set([...shared.opened.slice(-2), ...(shared.itemId === null ? [] : [shared.itemId])])],
    dueTransitionAt: delivery.dueTransitionAt,
  }
}

/** The delivery as it stands, or `not-found`. */
export async function deliveryState(ctx: Ctx, deliveryId: DeliveryId): Promise<DeliveryState> {
  const delivery = await getDelivery(ctx, deliveryId)
  const activity = await getActivity(ctx, delivery.activityId)
  return stateOf(delivery, activity, await loadPlan(ctx, activity))
}

/** The moves that count in an item right now, equal ones together. One query. */
export async function countedMoves(
  ctx: Ctx,
  deliveryId: DeliveryId,
  itemId: ItemId,
  counts: 'first' | 'last',
): Promise<Counted<ActivityMove>[]> {
  return ctx.sql<{ answer: ActivityMove; times: number }>(
    `select move as answer, count(*)::int as times from (
       select distinct on (attempt_id) move from responses where delivery_id = $1 and item_id = $2
        order by attempt_id, revision ${counts === 'last' ? 'desc' : 'asc'}
     ) as counted group by move`,
    [deliveryId, itemId],
  )
}

/** How many people have answered an item. One query. */
async function countAnswered(ctx: Ctx, deliveryId: DeliveryId, itemId: ItemId): Promise<number> {
  const [row] = await ctx.sql<{ answered: number }>(
    'select count(distinct attempt_id)::int as answered from responses where delivery_id = $1 and item_id = $2',
    [deliveryId, itemId],
  )
  return row?.answered ?? 0
}

interface OpenRow {
  kind: ActivityKindName
  settings: unknown
  shared: Shared
  step: number
  type: string
  body: unknown
  key: unknown
}

/** The numbers of an item that takes answers. */
export interface OpenNumbers {
  /** For hosts. */
  readonly tally: Tally
  /** What everybody may see, and the step of the delivery it holds for; absent where nothing may be seen. */
  readonly shown?: { readonly step: number; readonly tally: Tally }
}

/**
 * How often each thing is answered right now, by the response of each person that would count. Two queries; also on a
 * storm's connection. Nobody has answered an item that is not there.
 */
export async function openNumbers(ctx: Ctx, deliveryId: DeliveryId, itemId: ItemId): Promise<OpenNumbers> {
  const [row] = await ctx.sql<OpenRow>(
    `select a.kind, a.settings, d.shared, d.step, v.type, v.body, v.key
       from deliveries d
       join activities a on a.id = d.activity_id
       join activity_items i on i.id = $2 and i.activity_id = a.id
       join question_versions v on v.id = i.question_version_id
      where d.id = $1`,
    [deliveryId, itemId],
  )
  if (!row) return { tally: { answered: 0, counts: {} } }
  const kind = kindOf(row.kind)
  if (kind.counted === 'people')
    return { tally: { answered: await countAnswered(ctx, deliveryId, itemId), counts: {} } }
  const given = await countedMoves(ctx, deliveryId, itemId, kind.counts(row.settings))
  const tally = kind.tally(row.settings, { id: itemId, question: writtenOf(row) }, row.shared, given)
  const shown = kind.shownLive?.(row.settings, row.shared, itemId, tally)
  return { tally, ...(shown ? { shown: { step: row.step, tally: shown } } : {}) }
}

/** Whether a delivery still is where something was read of it. */
export async function isAtStep(ctx: Ctx, deliveryId: DeliveryId, step: number): Promise<boolean> {
  const [row] = await ctx.sql<{ step: number }>('select step from deliveries where id = $1', [deliveryId])
  return row?.step === step
}

/** The tally alone. */
export const liveTally = async (ctx: Ctx, deliveryId: DeliveryId, itemId: ItemId): Promise<Tally> =>
  (await openNumbers(ctx, deliveryId, itemId)).tally

/** Which of these people have answered an item. One query. */
export async function answeredAccounts(
  ctx: Ctx,
  deliveryId: DeliveryId,
  itemId: ItemId,
  accountIds: readonly AccountId[],
): Promise<Set<AccountId>> {
  const rows = await ctx.sql<{ account_id: AccountId }>(
    `select a.account_id from attempts a
      where a.delivery_id = $1 and a.account_id = any($3::uuid[])
        and exists (select from responses r where r.attempt_id = a.id and r.item_id = $2)`,
    [deliveryId, itemId, [...accountIds]],
  )
  return new Set(rows.map(row => row.account_id))
}

/** The longest extra time anybody in a delivery has, in seconds. */
export async function longestExtraSeconds(ctx: Ctx, deliveryId: DeliveryId): Promise<number> {
  const [row] = await ctx.sql<{ extra: number }>(
    'select coalesce(max(extra_seconds), 0)::int as extra from attempts where delivery_id = $1',
    [deliveryId],
  )
  return row?.extra ?? 0
}

/** Whether any class has something on its stage that ends by itself. */
export async function liveClockRuns(ctx: Ctx): Promise<boolean> {
  const [row] = await ctx.sql<{ runs: boolean }>(
    "select exists (select from deliveries where due_transition_at is not null and mode = 'live') as runs",
  )
  return row?.runs ?? false
}
