// Which items deliveries have asked: what grades are measured against. Changes nothing and asks no rights.
import type { ActivityKindName } from '#protocol/activities/registry.ts'
import type { DeliveryId, DeliveryMode, ItemId } from '#protocol/activities.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { kindOf } from '../kinds/registry.ts'

/** An item that a delivery asked. */
export interface AskedItem {
  readonly deliveryId: DeliveryId
  readonly mode: DeliveryMode
  readonly itemId: ItemId
  /** A decimal string. */
  readonly points: string
  /** Whether an answer can be right or wrong here. */
  readonly scored: boolean
  /** Homework that is still open asks only those who have handed in. */
  readonly closed: boolean
  /** Whether everybody was shown the result: revealed in class, or the delivery is over. */
  readonly shown: boolean
}

/** Live: items that closed. Homework: every item. In the order of the activity. One query. */
export async function askedItems(ctx: Ctx, deliveryIds: readonly DeliveryId[]): Promise<AskedItem[]> {
  const rows = await ctx.sql<{
    delivery_id: DeliveryId
    mode: DeliveryMode
    item_id: ItemId
    points: string
    kind: ActivityKindName
    settings: unknown
    closed: boolean
    shown: boolean
  }>(
    `select d.id as delivery_id, d.mode, i.id as item_id, trim_scale(i.points)::text as points, a.kind, a.settings,
            d.closed_at is not null or d.mode = 'live' as closed,
            d.closed_at is not null or d.shared -> 'revealed' ? i.id::text as shown
       from deliveries d
       join activities a on a.id = d.activity_id
       join activity_items i on i.activity_id = a.id and i.removed_at is null
      where d.id = any($1::uuid[]) and (d.mode = 'homework' or d.shared -> 'closed' ? i.id::text)
      order by d.id, i.position, i.id`,
    [[...deliveryIds]],
  )
  return rows.map(row => ({
    deliveryId: row.delivery_id,
    mode: row.mode,
    itemId: row.item_id,
    points: row.points,
    scored: kindOf(row.kind).scored(row.settings),
    closed: row.closed,
    shown: row.shown,
  }))
}

/** Whether items of an activity have a right answer that earns points. */
export const isScored = (kind: ActivityKindName, settings: unknown): boolean => kindOf(kind).scored(settings)
