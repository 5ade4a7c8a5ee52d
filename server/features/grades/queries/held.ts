// What of the gradebook its own learner may read already: a total tells right from wrong as a key does, so it is held
// as long as the key is. Changes nothing and asks no rights.
import type { AccountId } from '#protocol/base/ids.ts'
import type { GradeCell, GradeItemId, OwnGradeCell } from '#protocol/grades.ts'
import { itemsOverFor } from '#server/features/activities/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { cellsOf, evidenceIn } from './gradebook.ts'
import { measuresOf } from './measured.ts'

/**
 * Those of these grade items whose figures this person may not read yet: something in them can be right or wrong, was
 * asked of them and is not over for them everywhere. Seven queries however many there are.
 */
export async function heldFor(
  ctx: Ctx,
  accountId: AccountId,
  gradeItemIds: readonly GradeItemId[],
): Promise<ReadonlySet<GradeItemId>> {
  if (gradeItemIds.length === 0) return new Set()
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
  const { totals } = await itemsOverFor(ctx, [...new Set(telling.flatMap(one => one.items))], accountId)
  return new Set(telling.filter(one => one.items.some(item => !totals.has(item))).map(one => one.id))
}

/** A cell as its learner reads it. Which mode counted tells which answer was the better one, so it is held too. */
export const ownCellOf = (cell: GradeCell, held: ReadonlySet<GradeItemId>): OwnGradeCell =>
  held.has(cell.gradeItemId) ? { ...cell, score: null, modes: [] } : cell

/** The own cells of one person in a course, those that are not over for them held. */
export async function ownCells(ctx: Ctx, courseId: string, accountId: AccountId): Promise<OwnGradeCell[]> {
  const cells = (await cellsOf(ctx, courseId, [accountId])).get(accountId) ?? []
  const held = await heldFor(
    ctx,
    accountId,
    cells.map(cell => cell.gradeItemId),
  )
  return cells.map(cell => ownCellOf(cell, held))
}
