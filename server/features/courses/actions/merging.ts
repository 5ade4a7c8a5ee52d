// What becomes of somebody's courses when their account goes into another one: they are in each of them once.
import * as z from 'zod/mini'
import { type AccountId, accountId } from '#protocol/base/ids.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { courseId } from '#protocol/courses.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { courses, enrolments, items, modules } from '../tables.ts'

const mergedInCourse = z.object({ courseId, from: accountId, into: accountId })

/**
 * A course each, since an action tells no more than a few audiences. Where both accounts were in it the second enrolment
 * ends here and not before: the head count changes in the transaction that says so.
 */
export const mergedJob: JobBinding = {
  name: 'courses.merged',
  run: async (ctx, data) => {
    const { courseId: id, from, into } = z.parse(mergedInCourse, data)
    const [ended] = await enrolments.update(
      { endedAt: ctx.now },
      { where: { courseId: id, accountId: from, endedAt: null } },
    )
    await enrolments.update({ accountId: into }, { where: { courseId: id, accountId: from } })
    // Nobody is named: they came long ago, and a list on screen is read again by the mark alone.
    ctx.announce(courseStaffScope, id, { kind: 'peopleChanged', body: { by: -ended } })
  },
}

/** Moves one account's enrolments to another. Where both are in a course, that of `into` goes on and the other ends, in a job. */
export async function mergeEnrolments(ctx: WriteCtx, from: AccountId, into: AccountId): Promise<void> {
  const found = await ctx.sql<{ courseId: string }>(
    `select course_id as "courseId" from enrolments where account_id = $1 and ended_at is null order by course_id`,
    [from],
  )
  await ctx.sql(
    `update enrolments e set account_id = $2
      where e.account_id = $1 and (e.ended_at is not null or not exists (
        select from enrolments o where o.course_id = e.course_id and o.account_id = $2 and o.ended_at is null))`,
    [from, into],
  )
  for (const one of found) await ctx.enqueue(mergedJob, { ...one, from, into })
  for (const model of [courses, modules, items])
    await ctx.sql(`update ${model.getTableName()} set removed_by = $2 where removed_by = $1`, [from, into])
}
