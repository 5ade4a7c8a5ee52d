// What is kept of a person's work and of the marks they gave, for the copy of it. Changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import type { GradeItemId } from '#protocol/grades.ts'
import { heldFor } from '#server/features/grades/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { type AssignmentRow, assignments, submissions } from '../tables.ts'

/** What somebody handed in, the oldest first. */
export const exportHandIns = (ctx: Ctx, accountId: AccountId): Promise<object[]> =>
  ctx.sql<object>(
    `select c.title as course, a.title, h.number, h.text, h.at, h.late_seconds as "lateSeconds",
            coalesce((select array_agg(f.name order by f.at) from submission_files f where f.id = any(h.file_ids)), '{}') as files
       from submissions s join assignments a on a.id = s.assignment_id join courses c on c.id = a.course_id
       join hand_ins h on h.submission_id = s.id
      where s.account_id = $1 order by h.at, h.number`,
    [accountId],
  )

/** What they write, and what they were given; of a mark whose grade is held for them, nothing. */
export async function exportSubmissions(ctx: Ctx, accountId: AccountId): Promise<object[]> {
  const rows = await ctx.sql<{ gradeItemId: GradeItemId; score: string | null }>(
    `select c.title as course, a.title, nullif(s.draft_text, '') as draft, trim_scale(s.score)::text as score,
            s.comment, s.waived, s.marked_at as "markedAt", a.grade_item_id as "gradeItemId"
       from submissions s join assignments a on a.id = s.assignment_id join courses c on c.id = a.course_id
      where s.account_id = $1 order by s.id`,
    [accountId],
  )
  const held = await heldFor(
    ctx,
    accountId,
    rows.map(row => row.gradeItemId),
  )
  return rows.map(({ gradeItemId, ...row }) =>
    held.has(gradeItemId) ? { ...row, score: null, comment: '', waived: null, markedAt: null } : row,
  )
}

/** To what they gave marks, and when. */
export const exportMarksGiven = (ctx: Ctx, accountId: AccountId): Promise<object[]> =>
  ctx.sql<object>(
    `select a.title, s.marked_at as at from submissions s join assignments a on a.id = s.assignment_id
      where s.marked_by = $1 order by s.marked_at`,
    [accountId],
  )

/** Assignments that this person has written for. */
export async function listWritten(_ctx: Ctx, accountId: AccountId): Promise<AssignmentRow[]> {
  const marked = await submissions.findAll({ where: { accountId }, raw: true })
  return assignments.findAll({
    where: { id: marked.map(one => one.assignmentId) },
    order: [['id', 'asc']],
    raw: true,
  })
}

/** Submissions of the first that stand beside one of the second for the same assignment. */
export const listTwice = (ctx: Ctx, from: AccountId, into: AccountId): Promise<{ old: string; kept: string }[]> =>
  ctx.sql(
    `select f.id as old, i.id as kept from submissions f join submissions i on i.assignment_id = f.assignment_id
      where f.account_id = $1 and i.account_id = $2 order by 1`,
    [from, into],
  )
