// What the gradebook owes a person who is in it: their grades with their data, and one record when two accounts become
// one.
import type { AccountId } from '#protocol/base/ids.ts'
import type { GradeItemId } from '#protocol/grades.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import type { AccountHooks } from '#server/platform/feature.ts'
import { heldFor } from '../queries/held.ts'
import { computeGrades, computeJob } from './compute.ts'

/** A person's own grades; of one that is held only that there is one, not even when it last changed. */
async function exportGrades(ctx: Ctx, accountId: AccountId): Promise<object[]> {
  const rows = await ctx.sql<{ grade_item_id: GradeItemId }>(
    `select g.grade_item_id, c.title as course, i.title, g.score::text as score, g.points::text as points, g.answered,
            g.asked, g.modes, g.computed_at
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
    held.has(row.grade_item_id) ? { ...row, held: true, score: null, modes: null, computed_at: null } : row,
  )
}

/** An action announces to few scopes: the gradebooks of more courses than these are left to jobs. */
const fewCourses = 2

/** What the gradebook owes a person who is in it. */
export const accountHooks: AccountHooks = {
  columns: ['grades.account_id'],
  export: async (ctx, id) => ({ grades: await exportGrades(ctx, id) }),
  // A grade is the course's record; it stays under an account that has lost its name.
  erase: async () => undefined,
  merge: async (ctx, from, into) => {
    await ctx.sql(
      `delete from grades g using grades k
        where g.account_id = $1 and k.account_id = $2 and k.grade_item_id = g.grade_item_id`,
      [from, into],
    )
    await ctx.sql('update grades set account_id = $2 where account_id = $1', [from, into])
  },
  // The record has moved by now: a grade is what both gave together, and there is none where nothing settled is left.
  merged: async (ctx, into) => {
    const touched = await ctx.sql<{ id: GradeItemId; course_id: string }>(
      `select i.id, i.course_id from grade_items i
        where i.id in (select grade_item_id from grades where account_id = $1
                       union
                       select s.grade_item_id from grade_sources s join evidence e on e.delivery_id = s.delivery_id
                        where e.account_id = $1)
        order by i.id`,
      [into],
    )
    const few = new Set(touched.map(one => one.course_id)).size <= fewCourses
    for (const { id } of touched)
      if (few) await computeGrades(ctx, id, [into])
      else await ctx.enqueue(computeJob, { gradeItemId: id, accountIds: [into] })
  },
}
