// How a course grades, as it stands, and what its total is for somebody. Changes nothing and asks no rights.
import type { AttemptsRule } from '#protocol/activities/attempts.ts'
import { decimalOf, tenThousandths } from '#protocol/base/decimal.ts'
import { type Grading, usualGrading } from '#protocol/grades/grading.ts'
import type { Scale } from '#protocol/grades/scale.ts'
import { type Category, type Total, totalOf } from '#protocol/grades/total.ts'
import type { GradeItemId, OwnGradeCell } from '#protocol/grades.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { gradings } from '../tables.ts'

async function categoriesOf(courseId: string): Promise<Category[]> {
  const rows = await sql<Omit<Category, 'columns'> & { columns: GradeItemId[] }>(
    `select c.id, c.title, c.weight::text as weight, c.drop_lowest as drop,
            coalesce(array_agg(x.grade_item_id order by x.grade_item_id) filter (where x.grade_item_id is not null),
                     '{}') as columns
       from grade_categories c left join grade_category_columns x on x.category_id = c.id
      where c.course_id = $1 group by c.id order by c.position, c.id`,
    [courseId],
  )
  return rows.map(row => ({ ...row, weight: decimalOf(tenThousandths(row.weight)) }))
}

const attemptsPlainly = ({ most, counts }: AttemptsRule): AttemptsRule => ({ most, counts })

// The database orders the keys of what it keeps; on the wire each band reads the same, kept or not.
const plainly = ({ shows, bands }: Scale): Scale => ({ shows, bands: bands.map(({ name, from }) => ({ name, from })) })

/** How a course grades; the usual where nobody has said anything. Two queries. */
export async function findGrading(courseId: string): Promise<Grading> {
  const row = await gradings.findByPk(courseId, { raw: true })
  if (!row) return usualGrading
  const { late, attempts, totalBy: by, totalTold: told, version } = row
  const { scale } = row
  const categories = await categoriesOf(courseId)
  return { late, attempts: attemptsPlainly(attempts), scale: plainly(scale), total: { by, told }, categories, version }
}

/** What a learner is told of the total: worked out of the cells they are told, and of those alone. */
export function toldTotal({ total, categories }: Grading, cells: readonly OwnGradeCell[]): Total | null {
  if (!total.told) return null
  const told = cells.flatMap(cell => (cell.score === null ? [] : [{ ...cell, score: cell.score }]))
  return totalOf({ by: total.by, categories }, told)
}
