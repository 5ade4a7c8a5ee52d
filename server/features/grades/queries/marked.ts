// Columns that somebody marks, and who knows why somebody has no mark there: the features whose things are marked, above
// this one. Changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import type { LatePolicy } from '#protocol/grades/late.ts'
import type { EmptyCell, GradeItemId } from '#protocol/grades.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import { gradeItems } from '../tables.ts'

type Why = EmptyCell['why']

/** Why people without a mark have none, for those pairs that are asked. A fixed number of queries. */
export type WhyUnmarked = (
  ctx: Ctx,
  refIds: readonly string[],
  accountIds: readonly AccountId[],
) => Promise<(refId: string, accountId: AccountId) => Why>

/** A grade that would be another one; null for none. */
export interface OtherGrade {
  readonly accountId: AccountId
  readonly gradeItemId: GradeItemId
  readonly title: string
  readonly before: string | null
  readonly after: string | null
}

/** What a feature whose things are marked answers for its columns. */
export interface Marks {
  readonly why: WhyUnmarked
  /** Whose grades in a course another late policy of that course would change. A fixed number of queries. */
  readonly preview: (ctx: Ctx, courseId: string, late: LatePolicy) => Promise<OtherGrade[]>
  /** Works the grades of a course out anew by its late policy. */
  readonly regrade: (ctx: WriteCtx, courseId: string) => Promise<void>
}

const known = new Map<string, Marks>()

/** Answers for the columns of a kind of items. Called once, when a feature's index is loaded. */
export function registerMarked(kind: string, marks: Marks): void {
  if (known.has(kind)) throw new Error(`Two features mark ${kind}`)
  known.set(kind, marks)
}

/** All that are marked. */
export const allMarks = (): readonly Marks[] => [...known.values()]

/** Says why these people have no mark, of those of these columns that are marked; undefined for the others. One query. */
export async function unmarkedCells(
  ctx: Ctx,
  gradeItemIds: readonly GradeItemId[],
  accountIds: readonly AccountId[],
): Promise<(gradeItemId: GradeItemId, accountId: AccountId) => Why | undefined> {
  const rows = await gradeItems.findAll({
    where: { id: [...gradeItemIds] },
    attributes: ['id', 'markedKind', 'markedId'],
    raw: true,
  })
  const marked = new Map(rows.flatMap(row => (row.markedKind === null ? [] : [[row.id, row] as const])))
  const answers = new Map<string, (refId: string, accountId: AccountId) => Why>()
  for (const [kind, { why }] of known) {
    const refIds = [...marked.values()].flatMap(row => (row.markedKind === kind ? (row.markedId ?? []) : []))
    if (refIds.length > 0) answers.set(kind, await why(ctx, refIds, accountIds))
  }
  return (gradeItemId, accountId) => {
    const row = marked.get(gradeItemId)
    return row && (answers.get(row.markedKind ?? '')?.(row.markedId ?? '', accountId) ?? 'not-given')
  }
}
