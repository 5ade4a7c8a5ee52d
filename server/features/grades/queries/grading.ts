// How a course grades, as it stands. Changes nothing and asks no rights.
import { type Grading, usualGrading } from '#protocol/grades/grading.ts'
import { type GradingRow, gradings } from '../tables.ts'

/** A row as it travels. */
export const gradingOf = ({ late, version }: GradingRow): Grading => ({ late, version })

/** How a course grades; the usual where nobody has said anything. One query. */
export async function findGrading(courseId: string): Promise<Grading> {
  const row = await gradings.findByPk(courseId, { raw: true })
  return row ? gradingOf(row) : usualGrading
}
