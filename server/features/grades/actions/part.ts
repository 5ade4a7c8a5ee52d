// The gradebook as a part of its course: how it grades, and whether new columns are held back. Columns come along with what counts in them,
// grades of people never.
import * as z from 'zod/mini'
import type { Id } from '#protocol/base/ids.ts'
import { type GradingChange, gradingChange, usualGrading } from '#protocol/grades/grading.ts'
import type { GradeItemId } from '#protocol/grades.ts'
import type { CoursePart } from '#server/features/courses/index.ts'
import { holdsNew } from '../queries/gradebook.ts'
import { findGrading } from '../queries/grading.ts'
import { gradeCategories, gradeCategoryColumns, gradings } from '../tables.ts'

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
  make: async (ctx, { to, name }, { holds, grading }) => {
    const {
      late = usualGrading.late,
      attempts = usualGrading.attempts,
      scale = usualGrading.scale,
      total = usualGrading.total,
      categories = [],
    } = grading
    const { by: totalBy, told: totalTold } = total
    await gradings.create({ courseId: to, late, attempts, scale, totalBy, totalTold, version: 0, changedAt: ctx.now })
    await gradeCategories.bulkCreate(
      categories.flatMap(({ id: old, title, weight, drop: dropLowest }, position) =>
        old === undefined
          ? []
          : { id: name<Id<'GradeCategory'>>('grade-category', old), courseId: to, title, weight, dropLowest, position },
      ),
    )
    if (!holds) return
    await ctx.sql(
      `insert into gradebooks (course_id, changes, holds) values ($1, 0, true)
       on conflict (course_id) do update set holds = true`,
      [to],
    )
  },
  // The columns stand by now, as far as they come along.
  hang: async (_ctx, { find }, { grading }) => {
    const placed = (grading.categories ?? []).flatMap(({ id, columns }) => {
      const categoryId = id === undefined ? undefined : find<Id<'GradeCategory'>>('grade-category', id)
      return categoryId === undefined
        ? []
        : columns.flatMap(old => {
            const gradeItemId = find<GradeItemId>('column', old)
            return gradeItemId === undefined ? [] : { gradeItemId, categoryId }
          })
    })
    await gradeCategoryColumns.bulkCreate(placed)
  },
}
