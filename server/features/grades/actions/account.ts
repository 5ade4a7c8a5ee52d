// What the gradebook owes a person who is in it: their grades with their data, and one record when two accounts become
// one.
import type { AccountHooks } from '#server/platform/feature.ts'
import { exportGrades, listColumnsOf } from '../queries/own.ts'
import { computeGrades, computeJob } from './compute.ts'

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
    const touched = await listColumnsOf(ctx, into)
    const few = new Set(touched.map(one => one.courseId)).size <= fewCourses
    for (const { id } of touched)
      if (few) await computeGrades(ctx, id, [into])
      else await ctx.enqueue(computeJob, { gradeItemId: id, accountIds: [into] })
  },
}
