// Who may do what with a package: asked by the doors of the app, and by the content origin with every file.
import type { AccountId } from '#protocol/base/ids.ts'
import type { OwnAttempts } from '#protocol/packages/attempts.ts'
import { demandMay, may } from '#server/features/access/index.ts'
import { demandSeen } from '#server/features/conditions/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import { heldFor } from '#server/features/grades/index.ts'
import { accountOf, type Ctx } from '#server/platform/ctx.ts'
import { getPackage, learnsIn, type OfPackage } from '../queries/packages.ts'
import type { PackageRow } from '../tables.ts'

/**
 * The package for whoever may look at the course. What is not released is, for learners, not there. Throws `locked`,
 * and what `demandMay` throws.
 */
export async function packageFor(ctx: Ctx, input: OfPackage) {
  const here = await demandMay(ctx, 'course.view', courseContext(input.courseId), 'reading')
  const { row, item } = await getPackage(ctx, input)
  const mayChange = await demandSeen(ctx, here, input.courseId, item, 'reading')
  return { here, row, item, mayChange }
}

/** Whether what this person does in a package is kept: a learner's, while the course runs and it is published. */
export async function isKept(ctx: Ctx, row: PackageRow, published: boolean): Promise<boolean> {
  if (!published || !(await learnsIn(ctx, row.courseId, accountOf(ctx.who)))) return false
  return may(ctx, 'activity.answer', courseContext(row.courseId), 'writing')
}

/**
 * Throws unless what this learner does in a package is kept. What they did before a door was shut is theirs: only
 * rights are asked. Throws what `demandMay` throws.
 */
export async function demandKept(ctx: Ctx, row: Pick<PackageRow, 'courseId'>): Promise<AccountId> {
  await demandMay(ctx, 'course.view', courseContext(row.courseId), 'reading')
  await demandMay(ctx, 'activity.answer', courseContext(row.courseId), 'writing')
  return accountOf(ctx.who)
}

/** Their own as a learner reads it: of a column whose grade is held for them, no score, and not whether it was enough. */
export async function toldTo(ctx: Ctx, row: PackageRow, accountId: AccountId, own: OwnAttempts): Promise<OwnAttempts> {
  if (!(await heldFor(ctx, accountId, [row.gradeItemId])).has(row.gradeItemId)) return own
  return {
    best: null,
    attempts: own.attempts.map(one => ({ ...one, score: null, status: one.over ? 'completed' : 'begun' })),
  }
}
