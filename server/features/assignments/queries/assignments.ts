// Assignments as they are read, and who hands something in for them. Changes nothing and asks no rights.
import type { Assignment, AssignmentId } from '#protocol/assignments.ts'
import { decimalOf, tenThousandths } from '#protocol/base/decimal.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { CourseId, CourseItem } from '#protocol/courses.ts'
import { mayEach } from '#server/features/access/index.ts'
import { courseContext, findItem } from '#server/features/courses/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { type AssignmentRow, assignments } from '../tables.ts'

/** The kind under which assignments are placed in a course. */
export const assignmentKind = 'assignment'

const isoOf = (at: Date | null): string | null => at?.toISOString() ?? null

/** A row as it travels. */
export const assignmentOf = (row: AssignmentRow): Assignment => ({
  id: row.id,
  courseId: row.courseId,
  title: row.title,
  document: row.document,
  takes: { text: row.takesText, most: row.takesFiles, forms: row.takesForms, largest: Number(row.largestFile) },
  points: decimalOf(tenThousandths(row.points)),
  dueAt: isoOf(row.dueAt),
  cutOffAt: isoOf(row.cutOffAt),
  late: row.late,
  gradeItemId: row.gradeItemId,
  version: row.version,
  changedAt: row.changedAt.toISOString(),
})

/** What the line of an assignment says beside its title: when it is due. */
export const detailOf = (row: Pick<AssignmentRow, 'dueAt' | 'version'>) => ({
  ...{ dueAt: isoOf(row.dueAt), version: row.version },
})

/** Names an assignment in its course. */
export interface OfAssignment {
  readonly courseId: CourseId
  readonly assignmentId: AssignmentId
}

/** The assignment with its item; `not-found` when it is not in this course or was removed. */
export async function getAssignment(
  ctx: Ctx,
  { courseId, assignmentId }: OfAssignment,
): Promise<{ row: AssignmentRow; item: CourseItem }> {
  const row = await assignments.findOne({ where: { id: assignmentId, courseId }, raw: true })
  const item = row ? await findItem(ctx, { kind: assignmentKind, refId: assignmentId }) : undefined
  if (!row || !item) throw new Problem('not-found')
  return { row, item }
}

/** SQL: the accounts that learn in course $1 now. */
export const learnersIn = `
  select e.account_id as id from enrolments e
    join role_assignments r on r.account_id = e.account_id and r.context_kind = 'course' and r.context_id = e.course_id
   where e.course_id = $1 and e.ended_at is null and r.role = 'learner'`

/** Whether somebody learns in a course now: who teaches there hands nothing in. */
export async function learnsIn(ctx: Ctx, courseId: string, accountId: AccountId): Promise<boolean> {
  const rows = await ctx.sql(`${learnersIn} and e.account_id = $2`, [courseId, accountId])
  return rows.length > 0
}

/** The course an assignment stands in. Throws `not-found`. */
export async function courseOf(assignmentId: string): Promise<CourseId> {
  const row = await assignments.findByPk(assignmentId, { attributes: ['courseId'], raw: true })
  if (!row) throw new Problem('not-found')
  return row.courseId
}

/** When an assignment is due, and in which course; undefined for none. */
export async function findDue(assignmentId: string): Promise<Pick<AssignmentRow, 'courseId' | 'dueAt'> | undefined> {
  const attributes = ['courseId', 'dueAt']
  return (await assignments.findByPk(assignmentId, { attributes, raw: true })) ?? undefined
}

/**
 * Who learns in the course of an assignment and may hand in there, and whether they have; a mark is as good. Three
 * queries. Throws `not-found`.
 */
export async function listAsked(ctx: Ctx, assignmentId: string): Promise<{ accountId: AccountId; done: boolean }[]> {
  const courseId = await courseOf(assignmentId)
  const rows = await ctx.sql<{ accountId: AccountId; done: boolean }>(
    `with people as (${learnersIn})
     select p.id as "accountId", coalesce(s.hand_ins > 0 or s.score is not null, false) as done
       from people p left join submissions s on s.assignment_id = $2 and s.account_id = p.id order by 1`,
    [courseId, assignmentId],
  )
  const asked = rows.map(({ accountId }) => ({ accountId, context: courseContext(courseId) }))
  const may = await mayEach(ctx, asked)
  return rows.filter((_, at) => {
    const one = asked[at]
    return one !== undefined && may(one, 'activity.answer')
  })
}
