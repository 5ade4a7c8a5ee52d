// Works the grades of assignments out anew by the late policy that holds, and settles what is missing once a cut-off has
// passed. Asks no rights.
import * as z from 'zod/mini'
import { type AssignmentId, assignmentId, assignmentScope } from '#protocol/assignments.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { setGrades } from '#server/features/grades/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { settle } from '../queries/late.ts'
import { type AssignmentRow, assignments } from '../tables.ts'

const settleData = z.object({ assignmentId })

/** Tells open lists of one assignment, each in a transaction of its own: a course has many. */
export const retellJob: JobBinding = {
  name: 'assignments.retell',
  run: async (ctx, data) => {
    const { assignmentId } = z.parse(settleData, data)
    ctx.announce(assignmentScope, assignmentId, { kind: 'changed', body: {} })
  },
}

/**
 * Works these assignments of one course out anew, for these people or for everybody. Answers which have another grade
 * now. Throws `not-found`.
 */
export async function regrade(
  ctx: WriteCtx,
  courseId: string,
  rows: readonly AssignmentRow[],
  accountIds: readonly AccountId[] | null = null,
): Promise<AssignmentId[]> {
  const changed: AssignmentId[] = []
  for (const { assignment, marks } of await settle(ctx, courseId, rows, { accountIds }))
    if ((await setGrades(ctx, assignment.gradeItemId, marks, 'anew')).length > 0) changed.push(assignment.id)
  return changed
}

/** Works every assignment of a course out anew. Throws `not-found`. */
export async function regradeCourse(ctx: WriteCtx, courseId: string): Promise<void> {
  const rows = await assignments.findAll({ where: { courseId }, order: [['id', 'asc']], lock: true, raw: true })
  for (const id of await regrade(ctx, courseId, rows)) await ctx.enqueue(retellJob, { assignmentId: id })
}

/** Works one assignment out anew, and says so to who has its list open. */
export const settleJob: JobBinding = {
  name: 'assignments.settle',
  run: async (ctx, data) => {
    const { assignmentId } = z.parse(settleData, data)
    const row = await assignments.findByPk(assignmentId, { lock: true, raw: true })
    if (!row || (await regrade(ctx, row.courseId, [row])).length === 0) return
    ctx.announce(assignmentScope, assignmentId, { kind: 'changed', body: {} })
  },
}

/** Has what is missing settled where a cut-off has passed since it was last looked at: each assignment by a job. */
export async function settleCutOffs(ctx: WriteCtx): Promise<void> {
  const due = await ctx.sql<{ id: AssignmentId }>(
    `update assignments set settled_at = $1 where id in (
       select id from assignments
        where cut_off_at <= $1 and (settled_at is null or settled_at < cut_off_at)
        order by cut_off_at limit 50 for no key update skip locked)
     returning id`,
    [ctx.now],
  )
  for (const { id } of due) await ctx.enqueue(settleJob, { assignmentId: id })
}
