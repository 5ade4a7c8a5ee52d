// Shutting somebody out, and letting them in again.
import type { AccountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import { accountOf, type WriteCtx } from '#server/platform/ctx.ts'

/** Shuts somebody out. Doing it twice changes nothing. Throws `not-found` for nobody, `not-yourself` for oneself. */
export async function blockPerson(ctx: WriteCtx, accountId: AccountId): Promise<void> {
  const me = accountOf(ctx.who)
  demand(accountId !== me, 'not-yourself')
  const written = await ctx.sql(
    `insert into blocks (account_id, blocked_id, at) select $1, id, $3 from accounts where id = $2
     on conflict (account_id, blocked_id) do update set at = blocks.at returning blocked_id`,
    [me, accountId, ctx.now],
  )
  demand(written.length > 0, 'not-found')
}

/** Lets somebody in again. */
export async function unblockPerson(ctx: WriteCtx, accountId: AccountId): Promise<void> {
  await ctx.sql('delete from blocks where account_id = $1 and blocked_id = $2', [accountOf(ctx.who), accountId])
}
