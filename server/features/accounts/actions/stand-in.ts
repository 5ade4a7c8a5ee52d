// Somebody supposed: an account that is written into a transaction which is taken back, so that everything judges them as
// it judges anybody. Nothing of them is ever committed, and they have no session.
import type { AccountId } from '#protocol/base/ids.ts'
import { type Ctx, demandAccount, type Who } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'

/** Writes the account, with the language and the time zone of whoever asks. Only inside `readSupposing`. */
export async function supposeAccount(
  ctx: Ctx,
  { name }: { readonly name: string },
): Promise<Who & { kind: 'account' }> {
  const asking = demandAccount(ctx.who)
  const accountId: AccountId = newId<'Account'>()
  await ctx.sql(
    `insert into accounts (id, kind, name, site_role, locale, time_zone, created_at)
     select $1, 'member', $2, 'member', locale, time_zone, $3 from accounts where id = $4`,
    [accountId, name, ctx.now, asking.accountId],
  )
  return { kind: 'account', accountId, sessionId: asking.sessionId, siteRole: 'member', name }
}
