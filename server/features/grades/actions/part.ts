// The gradebook as a part of its course: how it grades, and whether new columns are held back. Columns come along with what counts in them,
// grades of people never.
import * as z from 'zod/mini'
import { type GradingChange, gradingChange } from '#protocol/grades/grading.ts'
import type { CoursePart } from '#server/features/courses/index.ts'
import { holdsNew } from '../queries/gradebook.ts'
import { findGrading } from '../queries/grading.ts'
import { gradings } from '../tables.ts'

const gradesShape = z.strictObject({
  holds: z.boolean(),
  /** How it grades; left out in archives of before that could be said. */
  grading: z._default(gradingChange, {}),
})

async function takeGrading(courseId: string): Promise<GradingChange> {
  const { version: _version, ...grading } = await findGrading(courseId)
  return grading
}

export const gradesPart: CoursePart<z.infer<typeof gradesShape>> = {
  shape: gradesShape,
  take: async (_ctx, courseId) => ({ holds: await holdsNew(courseId), grading: await takeGrading(courseId) }),
  // Before the columns are made, which are held back then.
  make: async (ctx, { to }, { holds, grading }) => {
    if (grading.late) await gradings.create({ courseId: to, late: grading.late, version: 0, changedAt: ctx.now })
    if (!holds) return
    await ctx.sql(
      `insert into gradebooks (course_id, changes, holds) values ($1, 0, true)
       on conflict (course_id) do update set holds = true`,
      [to],
    )
  },
}
