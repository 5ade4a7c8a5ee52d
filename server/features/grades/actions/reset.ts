// Grades, taken away when a course begins anew; its columns and their rules stay.
import * as z from 'zod/mini'
import type { AccountId } from '#protocol/base/ids.ts'
import { courseId as courseIdSchema } from '#protocol/courses.ts'
import { type GradeItemId, gradebookScope } from '#protocol/grades.ts'
import type { CourseReset } from '#server/features/courses/index.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { countChange, lockGradeItems, tellGrades } from './compute.ts'

const inCourse = 'grade_item_id in (select id from grade_items where course_id = $1)'
const emptiedData = z.object({ courseId: courseIdSchema })

/** Tells open gradebooks, in a transaction of its own: the act that empties them has many audiences already. */
export const emptiedJob: JobBinding = {
  name: 'grades.emptied',
  run: async (ctx, data) => {
    const { courseId } = z.parse(emptiedData, data)
    const [item] = await ctx.sql<{ id: GradeItemId }>('select id from grade_items where course_id = $1 limit 1', [
      courseId,
    ])
    if (!item) return
    const changes = await countChange(ctx, courseId)
    ctx.announce(gradebookScope, courseId, { kind: 'gradesComputed', body: { gradeItemId: item.id, changes } })
  },
}

export const gradesReset: CourseReset = {
  count: async (ctx, courseId) => {
    const [row] = await ctx.sql<{ count: number }>(`select count(*)::int as count from grades where ${inCourse}`, [
      courseId,
    ])
    return row?.count ?? 0
  },
  clear: async (ctx, courseId) => {
    // Nothing is computed meanwhile from what goes with them.
    await lockGradeItems(ctx, courseId)
    const gone = await ctx.client.query<{ account_id: AccountId }>(
      `delete from grades where ${inCourse} returning account_id`,
      [courseId],
    )
    await tellGrades(ctx, [...new Set(gone.rows.map(row => row.account_id))].sort())
    await ctx.enqueue(emptiedJob, { courseId })
  },
}
