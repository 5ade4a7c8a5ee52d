// Grows the tree of contexts and gives and takes roles. Each change of a role says so, so that open sockets are judged
// anew at once. Whether the actor may do it was asked by the caller.
import type { CustomRoleId } from '#protocol/access.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Role } from '#protocol/base/roles.ts'
import { audit } from '#server/features/audit/index.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import type { ContextRef, Phase } from '../rules.ts'
import { contexts, customRoles, grantedRoles, roleAssignments, roleOverrides } from '../tables.ts'
import { feltByMoved } from './felt.ts'

/** Puts a place into the tree, below `parent`. Throws a fault when the parent is not in it. */
export async function createContext(
  ctx: WriteCtx,
  context: ContextRef,
  parent: ContextRef,
  phase: Phase = 'open',
): Promise<void> {
  await contexts.create({ kind: context.kind, id: context.id, parentKind: parent.kind, parentId: parent.id, phase })
  ctx.log.debug({ context, parent }, 'context created')
}

/** Puts many places into the tree, below one parent: one statement. */
export async function createContexts(
  ctx: WriteCtx,
  { kind, ids }: { kind: ContextRef['kind']; ids: readonly string[] },
  parent: ContextRef,
): Promise<void> {
  await ctx.sql(
    `insert into contexts (kind, id, parent_kind, parent_id, phase)
     select $1, id, $3, $4, 'open' from unnest($2::uuid[]) as n(id)`,
    [kind, ids, parent.kind, parent.id],
  )
}

/**
 * Leads a place on in its life. Everybody's open sockets and documents are judged anew, since roles further up and
 * administrators hold there too; that happens a few times a term. Throws a fault when the place is not in the tree.
 */
export async function changePhase(ctx: WriteCtx, context: ContextRef, phase: Phase): Promise<void> {
  const [changed] = await contexts.update({ phase }, { where: { kind: context.kind, id: context.id } })
  if (changed !== 1) throw new Error(`No ${context.kind} ${context.id} in the tree`)
  ctx.rightsChanged('site')
}

/** Puts a place below another parent: the roles held above it change with that. */
export async function moveContext(ctx: WriteCtx, context: ContextRef, parent: ContextRef): Promise<void> {
  const where = { kind: context.kind, id: context.id }
  const before = await contexts.findOne({ where, raw: true })
  const [changed] = await contexts.update({ parentKind: parent.kind, parentId: parent.id }, { where })
  if (changed !== 1) throw new Error(`No ${context.kind} ${context.id} in the tree`)
  const left = before?.parentKind && before.parentId ? { kind: before.parentKind, id: before.parentId } : parent
  await feltByMoved(ctx, context, [left, parent])
}

/** Takes a place that holds no other out of the tree, with the roles held in it and what it says about roles. */
export async function removeContext(ctx: WriteCtx, context: ContextRef): Promise<void> {
  const where = { contextKind: context.kind, contextId: context.id }
  const held = await ctx.sql<{ accountId: AccountId; role: string }>(
    `select account_id as "accountId", role from roles_held where context_kind = $1 and context_id = $2
     order by account_id, role`,
    [context.kind, context.id],
  )
  await roleAssignments.destroy({ where })
  await grantedRoles.destroy({ where })
  const rules = await roleOverrides.destroy({ where })
  if (held.length + rules > 0)
    await audit.record(ctx, {
      verb: 'roles.removed',
      subject: { kind: context.kind, id: context.id },
      context,
      details: { held, rules },
    })
  await contexts.destroy({ where: { kind: context.kind, id: context.id } })
  ctx.rightsChanged('site')
}

interface Assigning {
  readonly role: Role
  /** A role made here that is based on it: what they may is what that may. */
  readonly custom?: CustomRoleId | null
  readonly context: ContextRef
}

/** Gives an account a role in a place, in place of the one it held there. */
export async function assignRole(
  ctx: WriteCtx,
  { accountId, role, custom = null, context }: Assigning & { readonly accountId: AccountId },
): Promise<void> {
  await ctx.sql(
    `insert into role_assignments (account_id, context_kind, context_id, role, custom, assigned_at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (account_id, context_kind, context_id)
     do update set role = excluded.role, custom = excluded.custom, assigned_at = excluded.assigned_at`,
    [accountId, context.kind, context.id, role, custom, ctx.now],
  )
  await audit.record(ctx, {
    verb: 'role.assigned',
    subject: { kind: 'account', id: accountId },
    context,
    details: { role: custom ?? role },
  })
  ctx.rightsChanged(accountId)
}

/** Gives many accounts one role in a place, in place of the ones they held there: one statement, one entry of the audit. */
export async function assignRoles(
  ctx: WriteCtx,
  { accountIds, role, custom = null, context }: Assigning & { readonly accountIds: readonly AccountId[] },
): Promise<void> {
  await ctx.sql(
    `insert into role_assignments (account_id, context_kind, context_id, role, custom, assigned_at)
     select account_id, $2, $3, $4, $5, $6 from unnest($1::uuid[]) as n(account_id)
     on conflict (account_id, context_kind, context_id)
     do update set role = excluded.role, custom = excluded.custom, assigned_at = excluded.assigned_at`,
    [accountIds, context.kind, context.id, role, custom, ctx.now],
  )
  await audit.record(ctx, {
    verb: 'roles.assigned',
    subject: { kind: context.kind, id: context.id },
    context,
    details: { role: custom ?? role, accountIds },
  })
  for (const accountId of accountIds) ctx.rightsChanged(accountId)
}

/** Takes away the role an account holds in this very place; nothing happens when it holds none. */
export async function removeRole(
  ctx: WriteCtx,
  { accountId, context }: { accountId: AccountId; context: ContextRef },
): Promise<void> {
  const gone = await roleAssignments.destroy({
    where: { accountId, contextKind: context.kind, contextId: context.id },
  })
  if (gone === 0) return
  await audit.record(ctx, { verb: 'role.removed', subject: { kind: 'account', id: accountId }, context })
  ctx.rightsChanged(accountId)
}

/** Takes away the roles that many hold in this very place: one statement, one entry of the audit. */
export async function removeRoles(
  ctx: WriteCtx,
  { accountIds, context }: { accountIds: readonly AccountId[]; context: ContextRef },
): Promise<void> {
  await ctx.sql(
    'delete from role_assignments where account_id = any($1::uuid[]) and context_kind = $2 and context_id = $3',
    [accountIds, context.kind, context.id],
  )
  await audit.record(ctx, {
    verb: 'roles.removed',
    subject: { kind: context.kind, id: context.id },
    context,
    details: { accountIds },
  })
  for (const accountId of accountIds) ctx.rightsChanged(accountId)
}

/** Takes away every role of an account. */
export async function removeEveryRole(ctx: WriteCtx, accountId: AccountId): Promise<void> {
  await roleAssignments.destroy({ where: { accountId } })
  await grantedRoles.destroy({ where: { accountId } })
  ctx.rightsChanged(accountId)
}

/** Gives one account's roles to another, and what it did for roles; where both hold one, the second keeps its own. */
export async function mergeRoles(ctx: WriteCtx, from: AccountId, into: AccountId): Promise<void> {
  await ctx.sql(
    `insert into role_assignments (account_id, context_kind, context_id, role, custom, assigned_at)
     select $2, context_kind, context_id, role, custom, assigned_at from role_assignments where account_id = $1
     on conflict do nothing`,
    [from, into],
  )
  await ctx.sql(
    `insert into granted_roles (account_id, context_kind, context_id, role, granted_at, granted_by)
     select $2, context_kind, context_id, role, granted_at, granted_by from granted_roles where account_id = $1
     on conflict do nothing`,
    [from, into],
  )
  await removeEveryRole(ctx, from)
  await grantedRoles.update({ grantedBy: into }, { where: { grantedBy: from } })
  await customRoles.update({ createdBy: into }, { where: { createdBy: from } })
  await customRoles.update({ removedBy: into }, { where: { removedBy: from } })
  await roleOverrides.update({ changedBy: into }, { where: { changedBy: from } })
  ctx.rightsChanged(into)
}

/** What an account holds, and where. */
export const exportRoles = async (_ctx: Ctx, accountId: AccountId) => ({
  roles: await roleAssignments.findAll({ where: { accountId }, raw: true }),
  given: await grantedRoles.findAll({ where: { accountId }, raw: true }),
})
