// What of the gradebook its own learner may read already. A total tells right from wrong as a key does, so it is held
// as long as the key is; and of a column that staff hold back nothing is told before they release it. Changes nothing
// and asks no rights.
import type { DeliveryId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { GradeCell, GradeItemId, OwnGradeCell } from '#protocol/grades.ts'
import { itemsOverFor } from '#server/features/activities/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { cellsOf, evidenceIn } from './gradebook.ts'
import { measuresOf } from './measured.ts'

/** Those of these columns that are held back. One query. */
export async function heldBack(ctx: Ctx, gradeItemIds: readonly GradeItemId[]): Promise<ReadonlySet<GradeItemId>> {
  const rows = await ctx.sql<{ id: GradeItemId }>(
    'select id from grade_items where id = any($1::uuid[]) and held_at is not null',
    [[...gradeItemIds]],
  )
  return new Set(rows.map(row => row.id))
}

/** Those of these deliveries that count in a column that is held back: what they earned is not told. One query. */
export async function heldBackIn(ctx: Ctx, deliveryIds: readonly DeliveryId[]): Promise<ReadonlySet<DeliveryId>> {
  const rows = await ctx.sql<{ id: DeliveryId }>(
    `select s.delivery_id as id from grade_sources s join grade_items g on g.id = s.grade_item_id
      where s.delivery_id = any($1::uuid[]) and g.held_at is not null`,
    [[...deliveryIds]],
  )
  return new Set(rows.map(row => row.id))
}

/**
 * Those of these grade items whose figures this person may not read yet: they are held back, or something in them can be
 * right or wrong, was asked of them and is not over for them everywhere. Eight queries however many there are.
 */
export async function heldFor(
  ctx: Ctx,
  accountId: AccountId,
  gradeItemIds: readonly GradeItemId[],
): Promise<ReadonlySet<GradeItemId>> {
  if (gradeItemIds.length === 0) return new Set()
  const back = await heldBack(ctx, gradeItemIds)
  const measures = await measuresOf(ctx, gradeItemIds, [accountId])
  const settled = new Set(
    (await evidenceIn(ctx, measures.deliveryIds, [accountId])).map(one => `${one.deliveryId}/${one.itemId}`),
  )
  const telling = gradeItemIds.map(id => ({
    id,
    items: measures
      .of(id)(accountId, settled)
      .asked.filter(one => one.scored && one.ruling !== 'discarded')
      .map(one => one.itemId),
  }))
  const { inTotal } = await itemsOverFor(ctx, [...new Set(telling.flatMap(one => one.items))], accountId)
  return new Set(
    telling
      .filter(({ id, items }) => back.has(id) || items.some(item => !inTotal(item, measures.within(id))))
      .map(one => one.id),
  )
}

/** A cell as its learner reads it. Which mode counted tells which answer was the better one, so it is held too. */
export const ownCellOf = (cell: GradeCell, held: ReadonlySet<GradeItemId>): OwnGradeCell =>
  held.has(cell.gradeItemId) ? { ...cell, score: null, modes: [], late: null } : cell

/** The own cells of one person in a course: those that are not over for them held, none of a column held back. */
export async function ownCells(ctx: Ctx, courseId: string, accountId: AccountId): Promise<OwnGradeCell[]> {
  const cells = (await cellsOf(ctx, courseId, [accountId])).get(accountId) ?? []
  const held = await heldFor(
    ctx,
    accountId,
    cells.map(cell => cell.gradeItemId),
  )
  const back = await heldBack(
    ctx,
    cells.map(cell => cell.gradeItemId),
  )
  return cells.filter(cell => !back.has(cell.gradeItemId)).map(cell => ownCellOf(cell, held))
}
