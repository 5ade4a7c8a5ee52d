// What is read of activities and their items, keys included: for those who may change them, and for the pure rules.
// Changes nothing and asks no rights.

import * as z from 'zod/mini'
import type { AttemptsRule } from '#protocol/activities/attempts.ts'
import { type ActivityKindName, activityKindOf } from '#protocol/activities/registry.ts'
import type {
  Activity,
  ActivityId,
  ActivityItem,
  activityRoutes,
  Delivery,
  DeliveryId,
  ItemId,
  Ruling,
} from '#protocol/activities.ts'
import type { Input } from '#protocol/base/call.ts'
import type { Page } from '#protocol/base/paging.ts'
import { Problem } from '#protocol/base/problems.ts'
import { type QuestionRecord, questionColumns, questionOf, writtenOf } from '#server/features/questions/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readIdCursor } from '#server/platform/db/keyset.ts'
import type { Plan } from '../kinds/kind.ts'
import { type ActivityRow, activities, type DeliveryRow, deliveries } from '../tables.ts'

/** A row as it travels. */
export const activityOf = (row: ActivityRow): Activity => ({
  id: row.id,
  courseId: row.courseId,
  kind: row.kind,
  title: row.title,
  settings: row.settings,
  version: row.version,
})

/** How often one person may take a delivery, and which of their attempts counts. */
export const attemptsOf = ({ attemptsMost: most, attemptsCounts: counts }: DeliveryRow): AttemptsRule => ({
  most,
  counts,
})

/** A row as it travels. */
export const deliveryOf = (row: DeliveryRow): Delivery => ({
  id: row.id,
  activityId: row.activityId,
  mode: row.mode,
  audience: row.audience,
  shows: row.shows,
  attempts: attemptsOf(row),
  opensAt: row.opensAt?.toISOString() ?? null,
  dueAt: row.dueAt?.toISOString() ?? null,
  closedAt: row.closedAt?.toISOString() ?? null,
})

/** The settings of a kind, parsed and with their defaults. Throws `malformed`. */
export function settingsOf(kind: ActivityKindName, settings: unknown): Record<string, unknown> {
  const parsed = z.safeParse(activityKindOf(kind).settings, settings)
  if (parsed.success) return parsed.data as Record<string, unknown>
  throw new Problem('malformed', {
    errors: parsed.error.issues.map(issue => ({
      path: ['settings', ...issue.path].map(String).join('.'),
      code: issue.code,
    })),
  })
}

/** The activity, or `not-found`. */
export async function getActivity(_ctx: Ctx, activityId: ActivityId): Promise<ActivityRow> {
  const row = await activities.findByPk(activityId, { raw: true })
  if (!row) throw new Problem('not-found')
  return row
}

/** The delivery, or `not-found`. */
export async function getDelivery(_ctx: Ctx, deliveryId: DeliveryId): Promise<DeliveryRow> {
  const row = await deliveries.findByPk(deliveryId, { raw: true })
  if (!row) throw new Problem('not-found')
  return row
}

interface ItemRecord extends QuestionRecord {
  id: ItemId
  points: string
  ruling: Ruling
  item_version: number
}

/** Items in order, with questions and keys. */
export async function listItems(ctx: Ctx, activityId: ActivityId): Promise<ActivityItem[]> {
  const rows = await ctx.sql<ItemRecord>(
    `select i.id, trim_scale(i.points)::text as points, i.ruling, i.version as item_version, ${questionColumns}
       from activity_items i
       join question_versions v on v.id = i.question_version_id
       join questions q on q.id = v.question_id
      where i.activity_id = $1 and i.removed_at is null order by i.position, i.id`,
    [activityId],
  )
  return rows.map((row, position) => ({
    id: row.id,
    position,
    points: row.points,
    ruling: row.ruling,
    version: row.item_version,
    question: questionOf(row),
  }))
}

/** The activity with its items, or `not-found`. */
export async function loadActivity(
  ctx: Ctx,
  activityId: ActivityId,
): Promise<{ activity: Activity; items: ActivityItem[] }> {
  return { activity: activityOf(await getActivity(ctx, activityId)), items: await listItems(ctx, activityId) }
}

/** What the pure rules need of an activity. One query. */
export async function loadPlan(ctx: Ctx, activity: Pick<ActivityRow, 'id' | 'settings'>): Promise<Plan> {
  const rows = await ctx.sql<{ id: ItemId; points: string; ruling: Ruling; type: string; body: unknown; key: unknown }>(
    `select i.id, trim_scale(i.points)::text as points, i.ruling, v.type, v.body, v.key
       from activity_items i join question_versions v on v.id = i.question_version_id
      where i.activity_id = $1 and i.removed_at is null order by i.position, i.id`,
    [activity.id],
  )
  return {
    settings: activity.settings,
    items: rows.map(row => ({ id: row.id, points: row.points, ruling: row.ruling, question: writtenOf(row) })),
  }
}

/** Deliveries of an activity, oldest first. */
export async function listDeliveries(_ctx: Ctx, activityId: ActivityId): Promise<Delivery[]> {
  const rows = await deliveries.findAll({ where: { activityId }, order: [['id', 'asc']], raw: true })
  return rows.map(deliveryOf)
}

/** Activities of a course, newest first. Throws `malformed` for a cursor that is none. */
export async function listActivities(
  ctx: Ctx,
  { courseId, after, limit }: Input<typeof activityRoutes.list>,
): Promise<Page<Activity>> {
  const found = await ctx.sql<{ id: ActivityId }>(
    'select id from activities where course_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3',
    [courseId, readIdCursor(after), limit + 1],
  )
  const rows = await activities.findAll({
    where: { id: found.slice(0, limit).map(row => row.id) },
    order: [['id', 'desc']],
    raw: true,
  })
  const last = rows.at(-1)
  return { items: rows.map(activityOf), ...(found.length > limit && last ? { next: last.id } : {}) }
}

/** What type each of these versions of questions is of. One query. */
export async function typesOf(ctx: Ctx, versionIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await ctx.sql<{ id: string; type: string }>(
    'select id, type from question_versions where id = any($1::uuid[])',
    [[...versionIds]],
  )
  return new Map(rows.map(row => [row.id, row.type]))
}
