// What was handed in, taken away when a course begins anew; the assignments stay. Its grades go with all others.
import type { CourseReset } from '#server/features/courses/index.ts'
import { forgetFiles } from './files.ts'

const inCourse =
  'submission_id in (select s.id from submissions s join assignments a on a.id = s.assignment_id where a.course_id = $1)'

export const submissionsReset: CourseReset = {
  count: async (ctx, courseId) => {
    const [row] = await ctx.sql<{ count: number }>(`select count(*)::int as count from hand_ins where ${inCourse}`, [
      courseId,
    ])
    return row?.count ?? 0
  },
  clear: async (ctx, courseId) => {
    await forgetFiles(ctx, 'a.course_id = $1', [courseId])
    await ctx.sql(`delete from hand_ins where ${inCourse}`, [courseId])
    await ctx.sql('delete from submissions s using assignments a where a.id = s.assignment_id and a.course_id = $1', [
      courseId,
    ])
  },
}
