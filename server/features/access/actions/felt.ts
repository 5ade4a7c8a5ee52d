// Makes a change of roles felt: open sockets, documents and pages of those who hold the role are judged anew at once.
import type { AccountId } from '#protocol/base/ids.ts'
import { bumpUsers } from '#server/features/accounts/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { listAdministrators } from '../queries/holders.ts'

/** Above so many everybody is judged anew: naming each would cost more. */
const mostNamed = 500

/** Of one account. */
export async function feltBy(ctx: WriteCtx, accountId: AccountId): Promise<void> {
  ctx.rightsChanged(accountId)
  await bumpUsers(ctx, [accountId], 'courses')
}

/** Of everybody who holds a role, wherever: what is said about it in one place holds for places below. */
export async function feltByHolders(ctx: WriteCtx, role: string): Promise<void> {
  const holders = await ctx.sql<{ account_id: AccountId }>(
    'select distinct account_id from roles_held where role = $1 limit $2',
    [role, mostNamed + 1],
  )
  if (role === 'member' || holders.length > mostNamed) return ctx.rightsChanged('site')
  const ids = holders.map(one => one.account_id)
  for (const id of ids) ctx.rightsChanged(id)
  if (ids.length > 0) await bumpUsers(ctx, ids, 'courses')
}

/** Of the rules themselves, by those who look after them: what their open pages show is read again. */
export const feltByKeepers = async (ctx: WriteCtx): Promise<void> =>
  bumpUsers(ctx, await listAdministrators(ctx), 'courses')
