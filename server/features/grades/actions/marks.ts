// Columns that somebody marks: the feature whose things are marked makes the column and says what each person has; nothing
// here is computed. Asks no rights.
import { decimalOf, tenThousandths } from '#protocol/base/decimal.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import type { Lateness } from '#protocol/grades/late.ts'
import { type GradeItemId, gradebookScope } from '#protocol/grades.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { type GradeItemRow, gradeItems } from '../tables.ts'
import { countChange, drop, lockGradeItem, tellGrades, upsert } from './compute.ts'
import { announceItem } from './items.ts'

/** A mark as the gradebook keeps it: `score` is a decimal string of at most two decimals, null for none. */
export interface GivenMark {
  readonly accountId: AccountId
  readonly score: string | null
  /** What the late policy made of it; left out where it did nothing. */
  readonly late?: Lateness | null | undefined
}

const gradeOf = (row: Pick<GradeItemRow, 'points'>, score: string, late: GivenMark['late']) => ({
  ...{ score, points: decimalOf(tenThousandths(row.points)), answered: late?.is === 'missing' ? 0 : 1, asked: 1 },
  modes: [],
})

/**
 * Sets the grades of these people in a column that is marked, and takes away those of whom there is no mark. Announces the
 * gradebook once and tells each of them, whether or not the figure is another one: what was said to it may be. Where all of
 * a class is worked out `anew`, those alone whose grade is another one are told. Answers whose it is. Throws `not-found`.
 */
export async function setGrades(
  ctx: WriteCtx,
  gradeItemId: GradeItemId,
  marks: readonly GivenMark[],
  why: 'marked' | 'anew' = 'marked',
): Promise<AccountId[]> {
  if (marks.length === 0) return []
  const row = await lockGradeItem(ctx, gradeItemId)
  const given = marks.flatMap(({ accountId, score, late }) =>
    score === null ? [] : [{ accountId, grade: gradeOf(row, score, late), caughtUp: false, late }],
  )
  const without = marks.filter(one => one.score === null).map(one => one.accountId)
  const changed = [...(await upsert(ctx, row, given)), ...(await drop(ctx, row, without))]
  if (changed.length > 0) {
    const changes = await countChange(ctx, row.courseId)
    ctx.announce(gradebookScope, row.courseId, { kind: 'gradesComputed', body: { gradeItemId: row.id, changes } })
  }
  await tellGrades(ctx, why === 'anew' ? changed : marks.map(one => one.accountId))
  return changed
}

/**
 * Renames a column that is marked, or has it count another number of points: of as many are the grades in it, then. Throws
 * `not-found`.
 */
export async function changeMarkedColumn(
  ctx: WriteCtx,
  gradeItemId: GradeItemId,
  { title, points }: { readonly title: string; readonly points: string },
): Promise<void> {
  const row = await lockGradeItem(ctx, gradeItemId)
  demand(row.markedKind !== null, 'not-found')
  const next: GradeItemRow = { ...row, title, points, version: row.version + 1 }
  await gradeItems.update({ title, points, version: next.version }, { where: { id: row.id } })
  const told = await ctx.sql<{ account_id: AccountId }>(
    'update grades set points = $2 where grade_item_id = $1 and points <> $2 returning account_id',
    [row.id, points],
  )
  await announceItem(ctx, next)
  await tellGrades(
    ctx,
    told.map(one => one.account_id),
  )
}
