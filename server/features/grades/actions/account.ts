// What the gradebook owes a person who is in it: their grades with their data, and one record when two accounts become
// one.
import * as z from 'zod/mini'
import type { AccountId } from '#protocol/base/ids.ts'
import { gradebookScope } from '#protocol/grades.ts'
import type { Handover } from '#server/features/activities/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import type { AccountHooks, JobBinding } from '#server/platform/feature.ts'
import { anyColumn, exportGrades, listColumnsOf, listGradebooksOf } from '../queries/own.ts'
import { computeGrades, computeJob, countChange } from './compute.ts'

/** An action announces to few scopes: the gradebooks of more courses than these are left to jobs. */
const fewCourses = 2

const retellData = z.object({ courseId: z.uuid() })

/** One gradebook a job: who is in many courses is shown in many. */
export const retellJob: JobBinding = {
  name: 'grades.retell',
  run: async (ctx, data) => retell(ctx, z.parse(retellData, data).courseId),
}

async function retell(ctx: WriteCtx, courseId: string): Promise<void> {
  const column = await anyColumn(ctx, courseId)
  // Without a column there is no table to read anew.
  if (!column) return
  const changes = await countChange(ctx, courseId)
  ctx.announce(gradebookScope, courseId, { kind: 'gradesComputed', body: { gradeItemId: column, changes } })
}

/** Hands the grades of these people in one course over, and has the gradebook read anew. */
export async function handGradesOver(ctx: WriteCtx, courseId: string, people: readonly Handover[]): Promise<void> {
  await ctx.sql(
    `update grades g set account_id = h.other from unnest($2::uuid[], $3::uuid[]) as h(one, other), grade_items i
      where i.course_id = $1 and g.grade_item_id = i.id and g.account_id = h.one`,
    [courseId, people.map(one => one.from), people.map(one => one.into)],
  )
  await retell(ctx, courseId)
}

/** Has every gradebook that shows this person read anew. */
async function retellGradebooks(ctx: WriteCtx, accountId: AccountId): Promise<void> {
  for (const courseId of await listGradebooksOf(ctx, accountId)) await ctx.enqueue(retellJob, { courseId })
}

/** What the gradebook owes a person who is in it. */
export const accountHooks: AccountHooks = {
  columns: ['grades.account_id'],
  stays: {
    'grades.account_id': 'record',
  },
  export: async (ctx, id) => ({ grades: await exportGrades(ctx, id) }),
  // A grade is the course's record; it stays under an account that has lost its name, and open gradebooks say so.
  erase: retellGradebooks,
  renamed: retellGradebooks,
  merge: async (ctx, from, into) => {
    // Also where no grade becomes another one: the table names somebody else.
    await retellGradebooks(ctx, from)
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
