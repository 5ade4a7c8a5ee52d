// Cohorts in courses: linked and unlinked, and the job that brings a course in line with its cohorts, some hundred people
// a transaction. Running it again changes nothing, so that it may be asked for whenever something could be different.

import * as z from 'zod/mini'
import type { AuditVerb } from '#protocol/audit/verbs.ts'
import { demand } from '#protocol/base/problems.ts'
import { type CohortId, cohortRoles, type LinkedRole } from '#protocol/cohorts.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { type CourseId, courseId as courseIdSchema } from '#protocol/courses.ts'
import { demandNotOver, enrolmentWith } from '#server/features/access/index.ts'
import { audit } from '#server/features/audit/index.ts'
import { closedBecause, courseContext, endEnrolments, enrolMany, getCourse } from '#server/features/courses/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { coursesToLookAt, leftBehind, membershipsOutside } from '../queries.ts'
import { comingBy } from '../rules.ts'
import { cohortCourses, cohorts } from '../tables.ts'

/** People who come or go in one transaction at most. */
const batch = 400

const about = z.object({ courseId: courseIdSchema })

/** Enrols whom the cohorts of a course bring, and ends the time of those they no longer have. A course that is over stays as it is. */
export const syncJob: JobBinding = {
  name: 'cohorts.sync',
  run: async (ctx, data) => {
    const { courseId } = z.parse(about, data)
    if ((await closedBecause(ctx, courseId)) !== undefined) return 'done'
    // One at a time: two jobs of one course would read the same people.
    await ctx.sql('select from cohort_courses where course_id = $1 order by cohort_id for update', [courseId])
    const leaving = await leftBehind(ctx, courseId, batch)
    if (leaving.length > 0) {
      await endEnrolments(ctx, { courseId, accountIds: leaving })
      return 'again'
    }
    for (const { role, accountIds } of comingBy(await membershipsOutside(ctx, courseId))) {
      if (accountIds.length === 0) continue
      const { came } = await enrolMany(ctx, { courseId, accountIds: accountIds.slice(0, batch), role, how: 'cohort' })
      if (came.length > 0) return 'again'
    }
    return 'done'
  },
}

interface InCourse {
  readonly courseId: CourseId
  readonly cohortId: CohortId
}

async function told(ctx: WriteCtx, { courseId, cohortId }: InCourse, verb: AuditVerb, role: LinkedRole): Promise<void> {
  const { name } = await cohorts.findByPk(cohortId, { rejectOnEmpty: true, raw: true })
  await audit.record(ctx, { verb, subject: { kind: 'course', id: courseId }, details: { cohortId, name, role } })
  ctx.announce(courseStaffScope, courseId, { kind: 'peopleChanged', body: { by: 0 } })
  await ctx.enqueue(syncJob, { courseId })
}

/**
 * Takes a cohort into a course, or gives those who come from now on another role. Throws `not-found` for a cohort that is
 * none, or not offered unless `all`, or for a role that is none, `not-here` for one based on another than `cohortRoles`; `concluded` for a course that has ended, `is-template` for a template.
 */
export async function linkCohort(ctx: WriteCtx, input: InCourse & { role: LinkedRole }, all: boolean): Promise<void> {
  const { courseId, cohortId } = input
  const { role: based, custom } = await enrolmentWith(input.role)
  const plain = cohortRoles.find(one => one === based)
  demand(plain !== undefined, 'not-here')
  // A node of the version before knows no role made here: it brings people in with the least there is.
  const role = custom === null ? plain : cohortRoles[0]
  await getCourse(ctx, courseId)
  await demandNotOver(ctx, courseContext(courseId))
  // Whoever would make it a template waits, and sees the cohort then.
  demand((await closedBecause(ctx, courseId)) !== 'template', 'is-template')
  const cohort = await cohorts.findByPk(cohortId, { lock: true, raw: true })
  demand(cohort !== null && (cohort.offered || all), 'not-found')
  const where = { courseId, cohortId }
  const before = await cohortCourses.findOne({ where, lock: true, raw: true })
  if (!before) await cohortCourses.create({ ...where, role, custom, at: ctx.now })
  else if (before.role !== role || before.custom !== custom) await cohortCourses.update({ role, custom }, { where })
  await told(ctx, input, 'course.cohort-linked', input.role)
}

/** Takes a cohort out of a course; those who came by it alone leave. Twice is once. Throws `not-found`, `concluded`. */
export async function unlinkCohort(ctx: WriteCtx, input: InCourse): Promise<void> {
  const { courseId, cohortId } = input
  await getCourse(ctx, courseId)
  await demandNotOver(ctx, courseContext(courseId))
  const row = await cohortCourses.findOne({ where: { courseId, cohortId }, lock: true })
  if (!row) return
  await row.destroy()
  await told(ctx, input, 'course.cohort-unlinked', row.custom ?? row.role)
}

/**
 * Finds open courses with members outside, such as somebody who may sign in again, or all where a course was opened anew; each
 * is a job of its own, which decides.
 */
export async function lookForDifferences(ctx: WriteCtx): Promise<void> {
  for (const courseId of await coursesToLookAt(ctx)) await ctx.enqueue(syncJob, { courseId })
}
