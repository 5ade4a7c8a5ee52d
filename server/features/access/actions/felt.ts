// Makes a change of roles felt: open sockets, documents and pages of those who hold the role are judged anew at once.
import type { AccountId } from '#protocol/base/ids.ts'
import { bumpUsers } from '#server/features/accounts/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { listAdministrators } from '../queries/holders.ts'
import type { ContextKind, ContextRef } from '../rules.ts'

/** Above so many everybody is judged anew: naming each would cost more. */
const mostNamed = 500

/** Hears that a role was given in a place of a kind, or taken there: what lists its people is read again. */
type Granted = (ctx: WriteCtx, id: string) => void

const granted = new Map<ContextKind, Granted>()

/** Called once for a kind of places, when its feature's index is loaded. */
export const registerGranted = (kind: ContextKind, hear: Granted): void => {
  granted.set(kind, hear)
}

/** Of one account, of the place in which a role was given or taken, and of those who look after roles. */
export async function feltBy(ctx: WriteCtx, accountId: AccountId, { kind, id }: ContextRef): Promise<void> {
  ctx.rightsChanged(accountId)
  await bumpUsers(ctx, [...new Set([accountId, ...(await listAdministrators(ctx))])], 'courses')
  granted.get(kind)?.(ctx, id)
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
