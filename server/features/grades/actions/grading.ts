// Changes how a course grades, and has what hangs on it worked out anew in the same transaction. Asks no rights.
import { demand, Problem } from '#protocol/base/problems.ts'
import { type Grading, type GradingChange, usualGrading } from '#protocol/grades/grading.ts'
import { isWhole } from '#protocol/grades/total.ts'
import { gradebookScope } from '#protocol/grades.ts'
import { audit } from '#server/features/audit/index.ts'
import { courseContext, getCourse, listMemberIds } from '#server/features/courses/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { findGrading } from '../queries/grading.ts'
import { lateMarks } from '../queries/marked.ts'
import { gradeCategories, gradeCategoryColumns, gradeItems, gradings } from '../tables.ts'
import { countChange, tellGrades } from './compute.ts'

/** The row of a course, made where there is none and locked to the commit. */
async function lockGrading(ctx: WriteCtx, courseId: string): Promise<Grading> {
  const { late, version } = usualGrading
  await ctx.sql(
    `insert into gradings (course_id, late, version, changed_at) values ($1, $2, $3, $4)
     on conflict (course_id) do nothing`,
    [courseId, JSON.stringify(late), version, ctx.now],
  )
  await ctx.sql('select from gradings where course_id = $1 for no key update', [courseId])
  return findGrading(courseId)
}

/** Puts these categories in the place of those there are. Throws `malformed` for a category or a column of elsewhere. */
async function replaceCategories(
  courseId: string,
  before: Grading['categories'],
  given: NonNullable<GradingChange['categories']>,
): Promise<void> {
  const known = new Set(before.map(one => one.id))
  const columns = given.flatMap(one => one.columns)
  const here = await gradeItems.count({ where: { courseId, id: columns } })
  const fits = here === columns.length && given.every(one => one.id === undefined || known.has(one.id))
  demand(fits, 'malformed', { errors: [{ path: 'categories', code: 'elsewhere' }] })
  const rows = given.map(({ id = newId(), title, weight, drop: dropLowest, columns }, position) => ({
    row: { id, courseId, title, weight, dropLowest, position },
    columns,
  }))
  const stay = new Set(rows.map(one => one.row.id))
  await gradeCategoryColumns.destroy({ where: { categoryId: before.map(one => one.id) } })
  await gradeCategories.destroy({ where: { id: before.map(one => one.id).filter(id => !stay.has(id)) } })
  for (const { row } of rows) await gradeCategories.upsert(row)
  await gradeCategoryColumns.bulkCreate(
    rows.flatMap(({ row, columns }) => columns.map(gradeItemId => ({ gradeItemId, categoryId: row.id }))),
  )
}

/** Throws `malformed` at `categories` where a total goes by weights that do not make 100. */
function demandWhole({ total, categories }: Grading): void {
  const fits = total.by !== 'weights' || isWhole(categories.map(one => one.weight))
  demand(fits, 'malformed', { errors: [{ path: 'categories', code: 'not_hundred' }] })
}

/**
 * Changes how a course grades. A late policy works grades out anew; learners and open gradebooks hear of any change. Throws
 * `not-found`, `conflict` with the `current` one, `malformed`.
 */
export async function changeGrading(
  ctx: WriteCtx,
  { courseId, version, ...given }: GradingChange & { courseId: string; version: number },
): Promise<Grading> {
  const course = await getCourse(ctx, courseId)
  const before = await lockGrading(ctx, course.id)
  if (before.version !== version) throw new Problem('conflict', { params: { current: before } })
  if (given.categories) await replaceCategories(course.id, before.categories, given.categories)
  const late = given.late ?? before.late
  const attempts = given.attempts ?? before.attempts
  const scale = given.scale ?? before.scale
  const { by: totalBy, told: totalTold } = given.total ?? before.total
  await gradings.update(
    { late, attempts, scale, totalBy, totalTold, version: version + 1, changedAt: ctx.now },
    { where: { courseId: course.id } },
  )
  const after = await findGrading(course.id)
  demandWhole(after)
  await audit.record(ctx, {
    verb: 'grading.changed',
    subject: { kind: 'course', id: course.id },
    context: courseContext(course.id),
    details: { before, after },
  })
  if (given.late) for (const one of lateMarks()) await one.regrade(ctx, course.id)
  const changes = await countChange(ctx, course.id)
  ctx.announce(gradebookScope, course.id, { kind: 'gradingChanged', body: { grading: after, changes } })
  await tellGrades(ctx, await listMemberIds(ctx, course.id, ['learner']))
  return after
}
