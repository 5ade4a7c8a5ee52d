// What was answered in a course, taken away when it begins anew: attempts with their answers and what these came to. What
// was asked, and when, stays.

import type { ActivityId } from '#protocol/activities.ts'
import type { CourseReset } from '#server/features/courses/index.ts'
import { lockDeliveries } from './rescore.ts'

const inCourse = `delivery_id in (
  select d.id from deliveries d join activities a on a.id = d.activity_id where a.course_id = $1)`

export const answersReset: CourseReset = {
  count: async (ctx, courseId) => {
    const [row] = await ctx.sql<{ count: number }>(`select count(*)::int as count from responses where ${inCourse}`, [
      courseId,
    ])
    return row?.count ?? 0
  },
  clear: async (ctx, courseId) => {
    const rows = await ctx.sql<{ id: ActivityId }>('select id from activities where course_id = $1 order by id', [
      courseId,
    ])
    // Nothing is answered or settled meanwhile.
    for (const { id } of rows) await lockDeliveries(ctx, id)
    for (const table of ['evidence', 'responses', 'attempts'])
      await ctx.client.query(`delete from ${table} where ${inCourse}`, [courseId])
  },
}
