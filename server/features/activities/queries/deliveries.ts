// What is read of a delivery as it stands: its state for both audiences, live tallies, who has answered, what is due.
// Changes nothing and asks no rights: whoever hands a host's view on has asked.
import type { ActivityHostView, ActivityKindName, ActivityView } from '#protocol/activities/registry.ts'
import type { Tally } from '#protocol/activities/staged.ts'
import type { ActivityId, DeliveryId, ItemId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import type { Plan } from '../kinds/kind.ts'
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
  /** When `advanceDelivery` has something to write, in database time; null while nothing runs out. */
  readonly dueTransitionAt: Date | null
}

/** The state made of what is stored, at `now`. */
export function stateOf(delivery: DeliveryRow, activity: ActivityRow, plan: Plan, now: Date): DeliveryState {
  const kind = kindOf(activity.kind)
  const { shared } = delivery
  return {
    deliveryId: delivery.id,
    activityId: activity.id,
    kind: activity.kind,
    title: activity.title,
    step: delivery.step,
    view: kind.view(plan, shared, now),
    hostView: kind.hostView(plan, shared, now),
    items: plan.items.length,
    asked: shared.opened.length,
    done: shared.phase === 'done',
    currentItemId: shared.phase === 'done' ? null : shared.itemId,
    dueTransitionAt: delivery.dueTransitionAt,
  }
}

/** The delivery as it stands, or `not-found`. */
export async function deliveryState(ctx: Ctx, deliveryId: DeliveryId): Promise<DeliveryState> {
  const delivery = await getDelivery(ctx, deliveryId)
  const activity = await getActivity(ctx, delivery.activityId)
  return stateOf(delivery, activity, await loadPlan(ctx, activity), ctx.now)
}

/**
 * How often each option is chosen right now, by the response of each person that would count. One query; also on a
 * storm's connection.
 */
export async function liveTally(ctx: Ctx, deliveryId: DeliveryId, itemId: ItemId): Promise<Tally> {
  const rows = await ctx.sql<{ answered: number; option_id: string | null; chosen: number }>(
    `with mine as (
       select r.attempt_id, r.revision, r.move,
              coalesce((a.settings ->> 'mayChange')::boolean, true) as may_change
         from responses r
         join deliveries d on d.id = r.delivery_id
         join activities a on a.id = d.activity_id
        where r.delivery_id = $1 and r.item_id = $2
     ), counted as (
       select distinct on (attempt_id) move from mine
        order by attempt_id, case when may_change then -revision else revision end
     ), chosen as (
       select option_id, count(*)::int as chosen
         from counted, jsonb_array_elements_text(move -> 'optionIds') as option_id group by option_id
     )
     select (select count(*)::int from counted) as answered, option_id, chosen
       from (select 1) as one left join chosen on true`,
    [deliveryId, itemId],
  )
  const counts = rows.flatMap(row => (row.option_id === null ? [] : [[row.option_id, row.chosen] as const]))
  return { answered: rows[0]?.answered ?? 0, counts: Object.fromEntries(counts) }
}

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
