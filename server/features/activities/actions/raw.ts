// Takes away what of a class is too old to be kept beside what counts: answers that were changed again, and words.
import type { WriteCtx } from '#server/platform/ctx.ts'
import { takenOut } from './account.ts'

/**
 * Removes those of these responses that nothing counts, and takes the words out of the others. Whoever calls has seen that
 * their class is over for good, and that the words of those that count are no part of a score.
 */
export async function forgetRaw(ctx: WriteCtx, ids: readonly string[]): Promise<void> {
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
