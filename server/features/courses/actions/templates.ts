// Makes a template of a course and a plain draft of a template, and keeps learners out of one. Rights were asked by the door.
import { demand, Problem } from '#protocol/base/problems.ts'
import type { CourseRole } from '#protocol/base/roles.ts'
import { mostTemplates } from '#protocol/courses/templates.ts'
import { type Course, type CourseId, courseScope } from '#protocol/courses.ts'
import { bumpUsers } from '#server/features/accounts/index.ts'
import { audit } from '#server/features/audit/index.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import { courseContext, courseOf, listMemberIds } from '../queries/course.ts'
import { type CourseRow, courses } from '../tables.ts'

/** Those whose answers are measured: the others prepare. */
const learning = (role: CourseRole): boolean => role === 'learner' || role === 'guest'

/**
 * Nobody learns in a template. Asked once the enrolment is written: whoever makes the course a template meanwhile waits for
 * this transaction, or this one sees it. Throws `is-template`.
 */
export async function demandTakes(ctx: Ctx, courseId: CourseId | string, role: CourseRole): Promise<void> {
  if (!learning(role)) return
  const [row] = await ctx.sql<{ template: boolean }>('select template from courses where id = $1', [courseId])
  demand(row?.template !== true, 'is-template')
}

/** Whether people come into a course by themselves, such as those of a cohort. Asked while the course is locked for update. */
type Coming = (ctx: Ctx, courseId: CourseId) => Promise<boolean>

const coming: Coming[] = []

/** Adds a way in that a template must not have. Called once, when a feature's index is loaded. */
export const registerComing = (one: Coming): void => {
  coming.push(one)
}

/**
 * Makes a template of a course, or a plain draft of one. What it is already, it stays. Throws `not-found`,
 * `template-unfit` for a course that is no draft, in which somebody learns or into which a cohort comes; `too-many`.
 */
export async function changeTemplate(
  ctx: WriteCtx,
  { courseId, template }: { courseId: CourseId; template: boolean },
): Promise<Course> {
  // For update: an enrolment on its way holds the course, too.
  const row = await courses.findOne({ where: { id: courseId, removedAt: null }, lock: true, raw: true })
  if (!row) throw new Problem('not-found')
  if (row.template === template) return courseOf(row)
  if (template) {
    const people = await listMemberIds(ctx, courseId, ['learner', 'guest'])
    demand(row.state === 'draft' && people.length === 0, 'template-unfit')
    for (const comes of coming) demand(!(await comes(ctx, courseId)), 'template-unfit')
    const standing = await courses.count({ where: { template: true } })
    demand(standing < mostTemplates, 'too-many', { params: { most: mostTemplates } })
  }
  const next: CourseRow = { ...row, template, version: row.version + 1 }
  await courses.update({ template, version: next.version }, { where: { id: courseId } })
  await audit.record(ctx, {
    verb: 'course.template-changed',
    subject: { kind: 'course', id: courseId },
    context: courseContext(courseId),
    details: { before: { template: row.template }, after: { template } },
  })
  ctx.announce(courseScope, courseId, { kind: 'courseChanged', body: { course: courseOf(next) } })
  await bumpUsers(ctx, await listMemberIds(ctx, courseId), 'courses')
  return courseOf(next)
}
