// Takes away what of a record is too old to be kept beside what counts: answers that were changed again, words, and at
// last whose it is.
import type { AccountId } from '#protocol/base/ids.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { forgetShown, takenOut } from './forget.ts'

/**
 * Removes those of these responses that nothing counts, and takes the words out of the others. Whoever calls has seen that
 * their class is over for good, and that the words of those that count are no part of a score.
 */
export async function forgetRaw(ctx: WriteCtx, ids: readonly string[]): Promise<void> {
  await forgetShown(ctx, ids)
  await ctx.sql(
    `delete from responses r where r.id = any($1::uuid[])
       and not exists (select from evidence e where e.response_id = r.id)`,
    [ids],
  )
  await ctx.sql("update responses set move = jsonb_build_object('text', $2::text) where id = any($1::uuid[])", [
    ids,
    takenOut,
  ])
}

/** Whose record of a course goes over to whom: the other is nobody's yet. */
export interface Handover {
  readonly from: AccountId
  readonly into: AccountId
}

/** Hands the record of these people in one course over, attempts with their answers and what they earned. */
export async function handRecordOver(ctx: WriteCtx, courseId: string, people: readonly Handover[]): Promise<void> {
  const values = [courseId, people.map(one => one.from), people.map(one => one.into)]
  const wanted = `from unnest($2::uuid[], $3::uuid[]) as h(one, other), attempts t
      join deliveries d on d.id = t.delivery_id join activities a on a.id = d.activity_id
    where a.course_id = $1 and t.account_id = h.one`
  await ctx.sql(`update evidence x set account_id = h.other ${wanted} and x.attempt_id = t.id`, values)
  await ctx.sql(`update responses x set author = h.other ${wanted} and x.attempt_id = t.id`, values)
  await ctx.sql(`update attempts x set account_id = h.other ${wanted} and x.id = t.id`, values)
}
