// One person's grade in one column with its arithmetic, for that person: held as long as the total would tell what is
// not over for them. Changes nothing and asks no rights.
import type { AccountId } from '#protocol/base/ids.ts'
import type { GradeItemId } from '#protocol/grades.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { type GradeOf, gradeOf } from '../rules.ts'
import { evidenceIn, getGradeItem, sourcesOf } from './gradebook.ts'
import { heldFor } from './held.ts'
import { measureOf } from './measured.ts'

/** The grade, or null where there is none yet or it is held. */
export async function ownGradeIn(ctx: Ctx, gradeItemId: GradeItemId, accountId: AccountId): Promise<GradeOf | null> {
  if ((await heldFor(ctx, accountId, [gradeItemId])).has(gradeItemId)) return null
  const deliveryIds = await sourcesOf(ctx, gradeItemId)
  const evidence = await evidenceIn(ctx, deliveryIds, [accountId])
  const measure = await measureOf(ctx, deliveryIds, [accountId])
  const { asked } = measure(accountId, new Set(evidence.map(one => `${one.deliveryId}/${one.itemId}`)))
  return evidence.length === 0 ? null : gradeOf(await getGradeItem(ctx, gradeItemId), asked, evidence)
}
