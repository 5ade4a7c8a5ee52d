// The remembered operations of one person, for the features that know persons: when one is erased or becomes another.
import type { AccountId } from '#protocol/base/ids.ts'
import type { WriteCtx } from '../ctx.ts'

/** Forgets every operation somebody has sent. */
export async function forgetOperations(ctx: WriteCtx, author: AccountId): Promise<void> {
  await ctx.sql('delete from operations where author = $1', [author])
}

/** Gives them to another account: a write sent again under the new id still finds its answer. */
export async function moveOperations(ctx: WriteCtx, from: AccountId, into: AccountId): Promise<void> {
  await ctx.sql(
    `insert into operations (author, operation, call, input_hash, result, at)
     select $2, operation, call, input_hash, result, at from operations where author = $1 on conflict do nothing`,
    [from, into],
  )
  await forgetOperations(ctx, from)
}

/**
 * Forgets the answers that others got in which one of these regular expressions is found: once somebody is erased. That
 * a write was done stays known; asked again it is refused with `answer-gone`.
 */
export async function forgetAnswers(ctx: WriteCtx, patterns: readonly string[]): Promise<void> {
  await ctx.sql('update operations set result = null where result is not null and result::text ~* any($1::text[])', [
    patterns,
  ])
}
