// One person's grade in one column with its arithmetic, for that person: held as long as the total would tell what is
// not over for them. Changes nothing and asks no rights.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Total } from '#protocol/grades/total.ts'
import type { GradeItemId } from '#protocol/grades.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { type GradeOf, gradeOf } from '../rules.ts'
import { hiddenColumns } from './conditions.ts'
import { evidenceIn, getGradeItem, sourcesOf } from './gradebook.ts'
import { findGrading, toldTotal } from './grading.ts'
import { heldFor, ownCells } from './held.ts'
import { measureOf } from './measured.ts'

/** The grade, or null where there is none yet or it is held. Throws `not-found`. */
export async function ownGradeIn(ctx: Ctx, gradeItemId: GradeItemId, accountId: AccountId): Promise<GradeOf | null> {
  if ((await heldFor(ctx, accountId, [gradeItemId])).has(gradeItemId)) return null
  const deliveryIds = await sourcesOf(ctx, gradeItemId)
  const evidence = await evidenceIn(ctx, deliveryIds, [accountId])
  const measure = await measureOf(ctx, deliveryIds, [accountId])
  const { asked } = measure(accountId, new Set(evidence.map(one => `${one.deliveryId}/${one.itemId}`)))
  return evidence.length === 0 ? null : gradeOf(await getGradeItem(ctx, gradeItemId), asked, evidence)
}

/** The total this person is told of a course: of the cells they are told there, and of nothing else. */
export async function ownTotal(ctx: Ctx, courseId: string, accountId: AccountId): Promise<Total | null> {
  const hidden = await hiddenColumns(ctx, courseId, accountId)
  const cells = (await ownCells(ctx, courseId, accountId)).filter(cell => !hidden.has(cell.gradeItemId))
  return toldTotal(await findGrading(courseId), cells)
}

/** Nothing of a mark before the late policy either. */
const untouched = { given: null, late_seconds: null, waived: null, missing: null }

/** A person's own grades; of one that is held only that there is one, not even when it last changed or what was answered. */
export async function exportGrades(ctx: Ctx, accountId: AccountId): Promise<object[]> {
  const rows = await ctx.sql<{ grade_item_id: GradeItemId }>(
    `select g.grade_item_id, c.title as course, i.title, g.score::text as score, g.points::text as points, g.answered,
            g.asked, g.modes, g.computed_at, trim_scale(g.given)::text as given, g.late_seconds, g.waived, g.missing
       from grades g join grade_items i on i.id = g.grade_item_id join courses c on c.id = i.course_id
      where g.account_id = $1 order by g.grade_item_id`,
    [accountId],
  )
  const held = await heldFor(
    ctx,
    accountId,
    rows.map(row => row.grade_item_id),
  )
  return rows.map(row =>
    held.has(row.grade_item_id)
      ? { ...row, held: true, score: null, answered: null, asked: null, modes: null, computed_at: null, ...untouched }
      : row,
  )
}

/** The columns somebody has a grade in, or settled answers that would count there, in the order of their ids. */
export const listColumnsOf = (ctx: Ctx, accountId: AccountId): Promise<{ id: GradeItemId; courseId: string }[]> =>
  ctx.sql<{ id: GradeItemId; courseId: string }>(
    `select i.id, i.course_id as "courseId" from grade_items i
      where i.id in (select grade_item_id from grades where account_id = $1
                     union
                     select s.grade_item_id from grade_sources s join evidence e on e.delivery_id = s.delivery_id
                      where e.account_id = $1)
      order by i.id`,
    [accountId],
  )

/** Courses whose gradebook names a person: they learn there, or did, or have a grade. */
export async function listGradebooksOf(ctx: Ctx, accountId: AccountId): Promise<string[]> {
  const rows = await ctx.sql<{ id: string }>(
    `select course_id as id from enrolments where account_id = $1
     union select i.course_id from grades g join grade_items i on i.id = g.grade_item_id where g.account_id = $1`,
    [accountId],
  )
  return rows.map(row => row.id)
}

/** One column of a gradebook, whichever; undefined where there is none. */
export async function anyColumn(ctx: Ctx, courseId: string): Promise<GradeItemId | undefined> {
  const [row] = await ctx.sql<{ id: GradeItemId }>(
    'select id from grade_items where course_id = $1 order by id limit 1',
    [courseId],
  )
  return row?.id
}
