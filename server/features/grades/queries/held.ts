// What of the gradebook its own learner may read already: a total tells right from wrong as a key does, so it is held
// as long as the key is. Changes nothing and asks no rights.
import type { AccountId } from '#protocol/base/ids.ts'
import type { GradeCell, GradeItemId, OwnGradeCell } from '#protocol/grades.ts'
import { askedItems, itemsOverFor } from '#server/features/activities/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { gradeSources } from '../tables.ts'
import { cellsOf, evidenceIn } from './gradebook.ts'

/**
 * Those of these grade items whose figures this person may not read yet: something in them can be right or wrong, was
 * asked of them and is not over for them everywhere. Four queries however many there are.
 */
export async function heldFor(
  ctx: Ctx,
  accountId: AccountId,
  gradeItemIds: readonly GradeItemId[],
): Promise<ReadonlySet<GradeItemId>> {
  if (gradeItemIds.length === 0) return new Set()
  const sources = await gradeSources.findAll({ where: { gradeItemId: [...gradeItemIds] }, raw: true })
  const deliveryIds = [...new Set(sources.map(one => one.deliveryId))]
  const settled = new Set(
    (await evidenceIn(ctx, deliveryIds, [accountId])).map(one => `${one.deliveryId}/${one.itemId}`),
  )
  const telling = (await askedItems(ctx, deliveryIds)).filter(
    one => one.scored && (one.wasAsked(accountId) || settled.has(`${one.deliveryId}/${one.itemId}`)),
  )
  const over = await itemsOverFor(ctx, [...new Set(telling.map(one => one.itemId))], accountId)
  const open = new Set(telling.filter(one => !over.has(one.itemId)).map(one => one.deliveryId))
  return new Set(sources.filter(one => open.has(one.deliveryId)).map(one => one.gradeItemId))
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
