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

/**
 * Of a place that stands elsewhere now: of those who hold a role in it, in courses and departments below it, or above where it stood
 * and stands. Of more than `mostNamed` nobody is named: they are judged anew, and their pages follow when they read again.
 */
export async function feltByMoved(
  ctx: WriteCtx,
  { kind, id }: ContextRef,
  [left, now]: readonly [ContextRef, ContextRef],
): Promise<void> {
  ctx.rightsChanged('site')
  const holders = await ctx.sql<{ account_id: AccountId }>(
    `with recursive below as (
       select kind, id from contexts where kind = $1 and id = $2
       union all
       select c.kind, c.id from contexts c join below b on c.parent_kind = b.kind and c.parent_id = b.id
        where c.kind in ('department', 'course')
     ), above as (
       select kind, id, parent_kind, parent_id from contexts where (kind = $3 and id = $4) or (kind = $5 and id = $6)
       union
       select c.kind, c.id, c.parent_kind, c.parent_id from contexts c
         join above a on c.kind = a.parent_kind and c.id = a.parent_id
     ), places as (
       select kind, id from below union select kind, id from above where kind <> 'site'
     )
     select distinct h.account_id from roles_held h join places p on p.kind = h.context_kind and p.id = h.context_id
      limit $7`,
    [kind, id, left.kind, left.id, now.kind, now.id, mostNamed + 1],
  )
  if (holders.length === 0 || holders.length > mostNamed) return
  const ids = holders.map(one => one.account_id)
  await bumpUsers(ctx, ids, 'courses')
}

/** Of the rules themselves, by those who look after them: what their open pages show is read again. */
export const feltByKeepers = async (ctx: WriteCtx): Promise<void> =>
  bumpUsers(ctx, await listAdministrators(ctx), 'courses')
