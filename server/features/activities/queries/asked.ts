// Which items deliveries have asked, and whom each delivery reached: what grades are measured against. An item added
// later was not asked by what was over before. Changes nothing and asks no rights.
import type { ActivityKindName } from '#protocol/activities/registry.ts'
import type { Audience, DeliveryId, DeliveryMode, ItemId, Ruling } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { kindOf } from '../kinds/registry.ts'
import { askSeats } from './gates.ts'

/** An item of a delivery's activity. */
export interface AskedItem {
  readonly deliveryId: DeliveryId
  readonly mode: DeliveryMode
  readonly itemId: ItemId
  /** A decimal string. */
  readonly points: string
  /** Whether an answer can be right or wrong here. */
  readonly scored: boolean
  readonly ruling: Ruling
  /** It closed here. Those who handed in homework that is still open were asked what their evidence names. */
  readonly closed: boolean
}

/** Every item of these deliveries, in the order of the activity. One query. */
export async function askedItems(ctx: Ctx, deliveryIds: readonly DeliveryId[]): Promise<AskedItem[]> {
  const rows = await ctx.sql<{
    delivery_id: DeliveryId
    mode: DeliveryMode
    item_id: ItemId
    points: string
    ruling: Ruling
    kind: ActivityKindName
    settings: unknown
    closed: boolean
  }>(
    `select d.id as delivery_id, d.mode, i.id as item_id, trim_scale(i.points)::text as points, i.ruling, a.kind,
            a.settings, d.shared -> 'closed' ? i.id::text as closed
       from deliveries d
       join activities a on a.id = d.activity_id
       join activity_items i on i.activity_id = a.id and i.removed_at is null
      where d.id = any($1::uuid[])
      order by d.id, i.position, i.id`,
    [[...deliveryIds]],
  )
  return rows.map(row => ({
    deliveryId: row.delivery_id,
    mode: row.mode,
    itemId: row.item_id,
    points: row.points,
    scored: kindOf(row.kind).scored(row.settings),
    ruling: row.ruling,
    closed: row.closed,
  }))
}

/** A delivery and whom it reached. */
export interface Reached {
  readonly deliveryId: DeliveryId
  readonly mode: DeliveryMode
  /** In class: they had a seat or an answer. Homework: it was given to them. */
  readonly has: (accountId: AccountId) => boolean
  /** Nobody can answer in it any more. */
  readonly over: boolean
  readonly at: Date
}

/** Whom these deliveries reached, of these people or of everybody. Three queries at most. */
export async function reachOf(
  ctx: Ctx,
  deliveryIds: readonly DeliveryId[],
  accountIds: readonly AccountId[] | null,
): Promise<Reached[]> {
  const rows = await ctx.sql<{ id: DeliveryId; mode: DeliveryMode; audience: Audience; over: boolean; at: Date }>(
    `select id, mode, audience, closed_at is not null as over, created_at as at from deliveries
      where id = any($1::uuid[]) order by id`,
    [[...deliveryIds]],
  )
  const live = rows.filter(row => row.mode === 'live').map(row => row.id)
  const some = rows.filter(row => row.audience !== 'everybody').map(row => row.id)
  const seated = live.length === 0 ? [] : await askSeats(ctx, live, accountIds)
  const named = await ctx.sql<{ of: string }>(
    `select delivery_id || '/' || account_id as of from attempts
      where delivery_id = any($1::uuid[]) and ($3::uuid[] is null or account_id = any($3))
     union all
     select delivery_id || '/' || account_id from delivery_audience
      where delivery_id = any($2::uuid[]) and ($3::uuid[] is null or account_id = any($3))`,
    [live, some, accountIds && [...accountIds]],
  )
  const has = new Set([...named.map(row => row.of), ...seated.map(one => `${one.deliveryId}/${one.accountId}`)])
  return rows.map(row => ({
    deliveryId: row.id,
    mode: row.mode,
    over: row.over,
    at: new Date(row.at),
    has: id => (row.mode === 'homework' && row.audience === 'everybody') || has.has(`${row.id}/${id}`),
  }))
}

/** Whether items of an activity have a right answer that earns points. */
export const isScored = (kind: ActivityKindName, settings: unknown): boolean => kindOf(kind).scored(settings)

/** The versions of questions that stand in activities of a course. */
export async function listAskedVersions(ctx: Ctx, courseId: string): Promise<string[]> {
  const rows = await ctx.sql<{ id: string }>(
    `select distinct i.question_version_id as id from activity_items i join activities a on a.id = i.activity_id
      where a.course_id = $1 and i.removed_at is null`,
    [courseId],
  )
  return rows.map(row => row.id)
}
