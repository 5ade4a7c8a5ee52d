// Gives and takes roles in a place, beside what an enrolment gives. Nobody gives more than they have there.
import type { RoleKey } from '#protocol/access.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import { audit } from '#server/features/audit/index.ts'
import { actorOf, type WriteCtx } from '#server/platform/ctx.ts'
import { findPerson } from '../queries/holders.ts'
import { wayUp } from '../queries/places.ts'
import { demandMayGive, getRole } from '../queries/roles.ts'
import { type ContextRef, mayBeGiven } from '../rules.ts'
import { grantedRoles } from '../tables.ts'
import { feltBy } from './felt.ts'

/**
 * Gives a role; twice is once. Throws `not-found` for a place or a role, `no-account`, `not-for-guests`, `beyond-own`, and
 * `not-here` for a role that is had otherwise here.
 */
export async function grantRole(
  ctx: WriteCtx,
  context: ContextRef,
  { role, ...given }: { role: RoleKey; accountId?: AccountId | undefined; email?: string | undefined },
): Promise<{ accountId: AccountId; name: string }> {
  await wayUp(ctx, context)
  await getRole(ctx, role)
  demand(mayBeGiven(role, context.kind), 'not-here')
  await demandMayGive(ctx, [role], context)
  const { id: accountId, name, siteRole } = await findPerson(ctx, given)
  demand(siteRole !== 'guest', 'not-for-guests')
  const grantedBy = actorOf(ctx.who)
  const made = await ctx.sql(
    `insert into granted_roles (account_id, context_kind, context_id, role, granted_at, granted_by)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning account_id`,
    [accountId, context.kind, context.id, role, ctx.now, grantedBy],
  )
  if (made.length === 0) return { accountId, name }
  await audit.record(ctx, {
    verb: 'role.given',
    subject: { kind: 'account', id: accountId },
    context,
    details: { role },
  })
  await feltBy(ctx, accountId, context)
  return { accountId, name }
}

/** Takes a given role away; nothing happens when it is not held. Throws `beyond-own`: who may not give may not take. */
export async function takeRole(
  ctx: WriteCtx,
  context: ContextRef,
  { role, accountId }: { role: RoleKey; accountId: AccountId },
): Promise<void> {
  await demandMayGive(ctx, [role], context)
  const where = { accountId, contextKind: context.kind, contextId: context.id, role }
  if ((await grantedRoles.destroy({ where })) === 0) return
  await audit.record(ctx, {
    verb: 'role.taken',
    subject: { kind: 'account', id: accountId },
    context,
    details: { role },
  })
  await feltBy(ctx, accountId, context)
}
