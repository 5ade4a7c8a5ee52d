// What is told of a thing beside its id, read where it is kept, when it is told. Ids and figures alone. Changes nothing and
// asks no rights.
import type { AccountId } from '#protocol/base/ids.ts'
import type { CourseRole } from '#protocol/base/roles.ts'
import type { GradeItemId } from '#protocol/grades.ts'
import type { DepartmentId } from '#protocol/organisation.ts'
import type { Ctx } from '#server/platform/ctx.ts'

/** The department a course stands in; null where in none. */
export async function departmentOf(ctx: Ctx, courseId: string): Promise<DepartmentId | null> {
  const [row] = await ctx.sql<{ id: DepartmentId | null }>('select department_id as id from courses where id = $1', [
    courseId,
  ])
  return row?.id ?? null
}

/** These enrolments with whose they are, and the role those have now. One query. */
export const enrolmentsOf = (
  ctx: Ctx,
  ids: readonly string[],
): Promise<{ id: string; courseId: string; accountId: AccountId; role: CourseRole | null }[]> =>
  ctx.sql(
    `select e.id, e.course_id as "courseId", e.account_id as "accountId",
            (select r.role from role_assignments r
              where r.account_id = e.account_id and r.context_kind = 'course' and r.context_id = e.course_id
                and r.role = any($2::text[]) limit 1) as role
       from enrolments e where e.id = any($1::uuid[]) order by e.id`,
    [ids, ['instructor', 'assistant', 'learner', 'guest'] satisfies CourseRole[]],
  )

/** When a class began, and in which course; undefined where there is none. */
export async function classOf(ctx: Ctx, runId: string): Promise<{ courseId: string; startedAt: Date } | undefined> {
  const [row] = await ctx.sql<{ courseId: string; startedAt: Date }>(
    'select course_id as "courseId", started_at as "startedAt" from runs where id = $1',
    [runId],
  )
  return row
}

/** The course of an assignment; undefined where there is none. */
export async function assignmentCourse(ctx: Ctx, assignmentId: string): Promise<string | undefined> {
  const [row] = await ctx.sql<{ courseId: string }>('select course_id as "courseId" from assignments where id = $1', [
    assignmentId,
  ])
  return row?.courseId
}

/** Whose grades of a column were computed at this moment and not since; with null, all of it. */
export async function gradedAt(ctx: Ctx, gradeItemId: GradeItemId, at: Date | null): Promise<AccountId[]> {
  const rows = await ctx.sql<{ id: AccountId }>(
    `select account_id as id from grades
      where grade_item_id = $1 and ($2::timestamptz is null or computed_at = $2) order by account_id`,
    [gradeItemId, at],
  )
  return rows.map(row => row.id)
}

export interface GradeFacts {
  readonly accountId: AccountId
  readonly courseId: string
  /** Decimal strings. */
  readonly score: string
  readonly points: string
  readonly computedAt: Date
}

/** The grades of these people in a column as they are now. */
export const gradesOf = (ctx: Ctx, gradeItemId: GradeItemId, ids: readonly AccountId[]): Promise<GradeFacts[]> =>
  ctx.sql<GradeFacts>(
    `select g.account_id as "accountId", i.course_id as "courseId", trim_scale(g.score)::text as score,
            trim_scale(g.points)::text as points, g.computed_at as "computedAt"
       from grades g join grade_items i on i.id = g.grade_item_id
      where g.grade_item_id = $1 and g.account_id = any($2::uuid[]) order by g.account_id`,
    [gradeItemId, ids],
  )

/** Whether a column is held back, and when it was released last; undefined where there is none. */
export async function columnOf(
  ctx: Ctx,
  gradeItemId: GradeItemId,
): Promise<{ held: boolean; releasedAt: Date | null } | undefined> {
  const [row] = await ctx.sql<{ held: boolean; releasedAt: Date | null }>(
    'select held_at is not null as held, released_at as "releasedAt" from grade_items where id = $1',
    [gradeItemId],
  )
  return row && { ...row, releasedAt: row.releasedAt && new Date(row.releasedAt) }
}

/** Columns in which grades wait to be told: those of a course, or those nobody has looked at since a moment. */
export async function waitingColumns(
  ctx: Ctx,
  of: { readonly courseId: string } | { readonly lookedBefore: Date },
): Promise<GradeItemId[]> {
  const [courseId, before] = 'courseId' in of ? [of.courseId, null] : [null, of.lookedBefore]
  const rows = await ctx.sql<{ id: GradeItemId }>(
    `select distinct w.grade_item_id as id from webhook_grades w join grade_items i on i.id = w.grade_item_id
      where ($1::uuid is null or i.course_id = $1) and ($2::timestamptz is null or w.looked_at < $2) limit 200`,
    [courseId, before],
  )
  return rows.map(row => row.id)
}
