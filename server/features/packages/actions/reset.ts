// How learners got on, taken away when a course begins anew; the packages stay. Its grades go with all others.
import type { CourseReset } from '#server/features/courses/index.ts'

const inCourse = 'select t.id from package_attempts t join packages p on p.id = t.package_id where p.course_id = $1'

export const attemptsReset: CourseReset = {
  count: async (ctx, courseId) => {
    const [row] = await ctx.sql<{ count: number }>(`select count(*)::int as count from (${inCourse}) as t`, [courseId])
    return row?.count ?? 0
  },
  clear: async (ctx, courseId) => {
    await ctx.sql(`delete from package_states where attempt_id in (${inCourse})`, [courseId])
    await ctx.sql(`delete from package_attempts where id in (${inCourse})`, [courseId])
  },
}
