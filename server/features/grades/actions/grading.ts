// Changes how a course grades, and has what hangs on it worked out anew in the same transaction. Asks no rights.
import { Problem } from '#protocol/base/problems.ts'
import type { Grading, GradingChange } from '#protocol/grades/grading.ts'
import { gradebookScope } from '#protocol/grades.ts'
import { audit } from '#server/features/audit/index.ts'
import { courseContext, getCourse, listMemberIds } from '#server/features/courses/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { findGrading } from '../queries/grading.ts'
import { allMarks } from '../queries/marked.ts'
import { gradings } from '../tables.ts'
import { countChange, tellGrades } from './compute.ts'

/** The row of a course, made where there is none and locked to the commit. */
async function lockGrading(ctx: WriteCtx, courseId: string): Promise<Grading> {
  await ctx.sql(
    `insert into gradings (course_id, late, version, changed_at) values ($1, $2, 0, $3)
     on conflict (course_id) do nothing`,
    [courseId, JSON.stringify((await findGrading(courseId)).late), ctx.now],
  )
  await ctx.sql('select from gradings where course_id = $1 for no key update', [courseId])
  return findGrading(courseId)
}

/**
 * Changes how a course grades. A late policy works grades out anew; learners and open gradebooks hear of any change. Throws
 * `not-found`, `conflict` with the `current` one.
 */
export async function changeGrading(
  ctx: WriteCtx,
  { courseId, version, ...given }: GradingChange & { courseId: string; version: number },
): Promise<Grading> {
  const course = await getCourse(ctx, courseId)
  const before = await lockGrading(ctx, course.id)
  if (before.version !== version) throw new Problem('conflict', { params: { current: before } })
  const after: Grading = {
    late: given.late ?? before.late,
    version: version + 1,
  }
  const { late } = after
  await gradings.update({ late, version: after.version, changedAt: ctx.now }, { where: { courseId: course.id } })
  await audit.record(ctx, {
    verb: 'grading.changed',
    subject: { kind: 'course', id: course.id },
    context: courseContext(course.id),
    details: { before, after },
  })
  if (given.late) for (const one of allMarks()) await one.regrade(ctx, course.id)
  const changes = await countChange(ctx, course.id)
  ctx.announce(gradebookScope, course.id, { kind: 'gradingChanged', body: { grading: after, changes } })
  await tellGrades(ctx, await listMemberIds(ctx, course.id, ['learner']))
  return after
}
