// Which items deliveries have asked: what grades are measured against. An item added later was not asked by what was
// over before. Changes nothing and asks no rights.
import type { ActivityKindName } from '#protocol/activities/registry.ts'
import type { Audience, DeliveryId, DeliveryMode, ItemId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { kindOf } from '../kinds/registry.ts'

/** An item of a delivery's activity. */
export interface AskedItem {
  readonly deliveryId: DeliveryId
  readonly mode: DeliveryMode
  readonly itemId: ItemId
  /** A decimal string. */
  readonly points: string
  /** Whether an answer can be right or wrong here. */
  readonly scored: boolean
  /**
   * It closed, and the delivery was for this person. Those who handed in homework that is still open were asked what
   * their evidence names.
   */
  readonly wasAsked: (accountId: AccountId) => boolean
}

/** Every item of these deliveries, in the order of the activity. One query, and one where some are not for everybody. */
export async function askedItems(ctx: Ctx, deliveryIds: readonly DeliveryId[]): Promise<AskedItem[]> {
  const rows = await ctx.sql<{
    delivery_id: DeliveryId
    mode: DeliveryMode
    audience: Audience
    item_id: ItemId
    points: string
    kind: ActivityKindName
    settings: unknown
    asked: boolean
  }>(
    `select d.id as delivery_id, d.mode, d.audience, i.id as item_id, trim_scale(i.points)::text as points, a.kind, a.settings,
            d.shared -> 'closed' ? i.id::text as asked
       from deliveries d
       join activities a on a.id = d.activity_id
       join activity_items i on i.activity_id = a.id and i.removed_at is null
      where d.id = any($1::uuid[])
      order by d.id, i.position, i.id`,
    [[...deliveryIds]],
  )
  const some = [...new Set(rows.filter(row => row.audience !== 'everybody').map(row => row.delivery_id))]
  const named =
    some.length === 0
      ? []
      : await ctx.sql<{ of: string }>(
          `select delivery_id || '/' || account_id as of from delivery_audience where delivery_id = any($1::uuid[])`,
          [some],
        )
  const meant = new Set(named.map(row => row.of))
  return rows.map(row => ({
    deliveryId: row.delivery_id,
    mode: row.mode,
    itemId: row.item_id,
    points: row.points,
    scored: kindOf(row.kind).scored(row.settings),
    wasAsked: accountId => row.asked && (row.audience === 'everybody' || meant.has(`${row.delivery_id}/${accountId}`)),
  }))
}

/** Whether items of an activity have a right answer that earns points. */
export const isScored = (kind: ActivityKindName, settings: unknown): boolean => kindOf(kind).scored(settings)
