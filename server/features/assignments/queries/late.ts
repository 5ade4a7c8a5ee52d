// What every mark of an assignment comes to by the late policy that holds for it, and who has handed nothing in by its
// cut-off. Changes nothing and asks no rights; what is taken off is decided in protocol/grades/late.ts.
import { decimalOf, tenThousandths } from '#protocol/base/decimal.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { chosenPolicy, type LatePolicy } from '#protocol/grades/late.ts'
import type { GradeItemId } from '#protocol/grades.ts'
import { shutFor } from '#server/features/conditions/index.ts'
import { findGrading, type GivenMark, type OtherGrade } from '#server/features/grades/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { type Worth, worthOf, worthOfMissing } from '../rules.ts'
import { type AssignmentRow, assignments } from '../tables.ts'
import { assignmentKind } from './assignments.ts'

/** What the gradebook is to say of an assignment; and what it says now. */
export interface Settled {
  readonly assignment: AssignmentRow
  /** One for everybody who has a grade or is to have one. */
  readonly marks: readonly GivenMark[]
  readonly others: readonly OtherGrade[]
}

interface MarkedRow {
  id: string
  accountId: AccountId
  score: string
  lateSeconds: number | null
  waived: string | null
}

interface StandingRow {
  gradeItemId: GradeItemId
  accountId: AccountId
  score: string
  missing: boolean
}

// Learners of $1 since before the cut-off, and whoever counts as missing already, without anything handed in or marked;
// of assignments that stand published in the course.
const missingIn = `
  with people as (
    select a.id, e.account_id from assignments a
      join enrolments e on e.course_id = a.course_id and e.ended_at is null and e.at <= a.cut_off_at
      join role_assignments r on r.account_id = e.account_id and r.context_kind = 'course' and r.context_id = e.course_id
     where a.id = any($2::uuid[]) and r.role = 'learner'
    union
    select a.id, g.account_id from assignments a join grades g on g.grade_item_id = a.grade_item_id and g.missing
     where a.id = any($2::uuid[])
  )
  select p.id, p.account_id as "accountId" from people p
    join items i on i.kind = $3 and i.ref_id = p.id and i.course_id = $1 and i.published and i.removed_at is null
    left join modules m on m.id = i.module_id
    left join submissions s on s.assignment_id = p.id and s.account_id = p.account_id
   where m.removed_at is null and coalesce(s.hand_ins, 0) = 0 and s.score is null
     and ($4::uuid[] is null or p.account_id = any($4::uuid[]))
   order by 1, 2`

/** Who counts as missing in these assignments of one course. One query, and those of what is shut. */
async function listMissing(
  ctx: Ctx,
  courseId: string,
  ids: readonly string[],
  accountIds: readonly AccountId[] | null,
): Promise<{ id: string; accountId: AccountId }[]> {
  if (ids.length === 0) return []
  const rows = await ctx.sql<{ id: string; accountId: AccountId }>(missingIn, [
    ...[courseId, [...ids], assignmentKind, accountIds && [...accountIds]],
  ])
  const shut = await shutFor(ctx, [courseId], [...new Set(rows.map(row => row.accountId))])
  return rows.filter(row => shut(row.accountId, { kind: assignmentKind, refId: row.id }) === null)
}

const listMarked = (ctx: Ctx, ids: readonly string[], accountIds: readonly AccountId[] | null) =>
  ctx.sql<MarkedRow>(
    `select assignment_id as id, account_id as "accountId", trim_scale(score)::text as score,
            late_seconds as "lateSeconds", waived
       from submissions where assignment_id = any($1::uuid[]) and score is not null
        and ($2::uuid[] is null or account_id = any($2::uuid[])) order by 1, 2`,
    [[...ids], accountIds && [...accountIds]],
  )

const listStanding = (ctx: Ctx, ids: readonly GradeItemId[], accountIds: readonly AccountId[] | null) =>
  ctx.sql<StandingRow>(
    `select grade_item_id as "gradeItemId", account_id as "accountId", trim_scale(score)::text as score, missing
       from grades where grade_item_id = any($1::uuid[])
        and ($2::uuid[] is null or account_id = any($2::uuid[])) order by 1, 2`,
    [[...ids], accountIds && [...accountIds]],
  )

function settledOf(
  assignment: AssignmentRow,
  policy: LatePolicy,
  marked: readonly MarkedRow[],
  missing: readonly AccountId[],
  standing: readonly StandingRow[],
): Settled {
  const { gradeItemId, title } = assignment
  const points = decimalOf(tenThousandths(assignment.points))
  const marks = new Map<AccountId, Worth>()
  for (const { accountId, ...one } of marked) marks.set(accountId, worthOf(policy, { ...one, points }))
  for (const accountId of missing) {
    const worth = worthOfMissing(policy, points)
    if (worth) marks.set(accountId, worth)
  }
  const now = new Map(standing.map(one => [one.accountId, one.score]))
  const people = [...new Set([...marks.keys(), ...now.keys()])].sort()
  return {
    assignment,
    marks: people.map(accountId => ({ accountId, ...(marks.get(accountId) ?? { score: null }) })),
    others: people.flatMap(accountId => {
      const [before, after] = [now.get(accountId) ?? null, marks.get(accountId)?.score ?? null]
      const same =
        before === after || (before !== null && after !== null && tenThousandths(before) === tenThousandths(after))
      return same ? [] : [{ accountId, gradeItemId, title, before, after }]
    }),
  }
}

/**
 * What these assignments of one course come to under `course` as its policy (the one that stands when left out), for these
 * people or for everybody. Five queries, and those of what is shut.
 */
export async function settle(
  ctx: Ctx,
  courseId: string,
  rows: readonly AssignmentRow[],
  { course, accountIds = null }: { course?: LatePolicy; accountIds?: readonly AccountId[] | null } = {},
): Promise<Settled[]> {
  if (rows.length === 0) return []
  const late = course ?? (await findGrading(courseId)).late
  const policies = new Map(rows.map(row => [row.id as string, chosenPolicy(row.late, late)]))
  const ids = rows.map(row => row.id)
  const marked = await listMarked(ctx, ids, accountIds)
  const over = rows.filter(
    row => row.cutOffAt !== null && row.cutOffAt <= ctx.now && policies.get(row.id)?.missing !== null,
  )
  const missing = await listMissing(
    ctx,
    courseId,
    over.map(row => row.id),
    accountIds,
  )
  const standing = await listStanding(
    ctx,
    rows.map(row => row.gradeItemId),
    accountIds,
  )
  return rows.map(row =>
    settledOf(
      row,
      chosenPolicy(row.late, late),
      marked.filter(one => one.id === row.id),
      missing.filter(one => one.id === row.id).map(one => one.accountId),
      standing.filter(one => one.gradeItemId === row.gradeItemId),
    ),
  )
}

/** Whose grades another late policy of a course would change. */
export async function previewCourse(ctx: Ctx, courseId: string, course: LatePolicy): Promise<OtherGrade[]> {
  const rows = await assignments.findAll({ where: { courseId }, order: [['id', 'asc']], raw: true })
  return (await settle(ctx, courseId, rows, { course })).flatMap(one => one.others)
}
