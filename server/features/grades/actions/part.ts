// The gradebook as a part of its course: whether new columns are held back. Columns come along with what counts in them,
// grades of people never.
import * as z from 'zod/mini'
import type { CoursePart } from '#server/features/courses/index.ts'
import { holdsNew } from '../queries/gradebook.ts'

const gradesShape = z.strictObject({ holds: z.boolean() })

export const gradesPart: CoursePart<z.infer<typeof gradesShape>> = {
  shape: gradesShape,
  take: async (_ctx, courseId) => ({ holds: await holdsNew(courseId) }),
  // Before the columns are made, which are held back then.
  make: async (ctx, { to }, { holds }) => {
    if (!holds) return
    await ctx.sql(
      `insert into gradebooks (course_id, changes, holds) values ($1, 0, true)
       on conflict (course_id) do update set holds = true`,
      [to],
    )
  },
}
