// Makes, changes and removes roles of this school. Nobody puts into a role what they may not do themselves.

import type { CustomRoleId, RoleFile, RoleKey, RoleView } from '#protocol/access.ts'
import type { AuditVerb } from '#protocol/audit/verbs.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import { type Capability, capabilities } from '#protocol/base/roles.ts'
import { audit } from '#server/features/audit/index.ts'
import { actorOf, type Ctx, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { capabilitiesIn } from '../queries/decision.ts'
import { builtInCapabilities, getRole, roleView } from '../queries/roles.ts'
import { beyond, site } from '../rules.ts'
import { type CustomRoleRow, customRoles } from '../tables.ts'
import { feltByHolders, feltByKeepers } from './felt.ts'

/** Throws `beyond-own` with what is missing. */
export function demandWithin(own: readonly Capability[], wanted: readonly Capability[]): void {
  const missing = beyond(own, wanted)
  demand(missing.length === 0, 'beyond-own', { params: { capabilities: missing } })
}

// What stands on the open pages of others who look after roles is read again.
async function recordRole(
  ctx: WriteCtx,
  verb: AuditVerb,
  id: CustomRoleId,
  details: Readonly<Record<string, unknown>>,
): Promise<void> {
  await audit.record(ctx, { verb, subject: { kind: 'role', id }, context: site, details })
  await feltByKeepers(ctx)
}

async function demandFreeName(name: string, but: CustomRoleId | null): Promise<void> {
  const same = await customRoles.findAll({ where: { removedAt: null }, attributes: ['id', 'name'], raw: true })
  const taken = same.some(row => row.id !== but && row.name.toLowerCase() === name.toLowerCase())
  demand(!taken, 'name-taken', { params: { name }, errors: [{ path: 'name', code: 'name_taken' }] })
}

async function create(
  ctx: WriteCtx,
  input: Pick<CustomRoleRow, 'name' | 'note' | 'basedOn' | 'capabilities'>,
  from: Readonly<Record<string, unknown>>,
): Promise<RoleView> {
  demandWithin(await capabilitiesIn(ctx, site), input.capabilities)
  await demandFreeName(input.name, null)
  const row: CustomRoleRow = {
    ...{ id: newId<'CustomRole'>(), ...input, version: 0, createdAt: ctx.now, createdBy: actorOf(ctx.who) },
    ...{ removedAt: null, removedBy: null },
  }
  await customRoles.create(row)
  await recordRole(ctx, 'role.created', row.id, { ...from, name: row.name, capabilities: row.capabilities })
  return roleView(ctx, row)
}

/** Copies a role under another name. Throws `not-found`, `name-taken`, `beyond-own`. */
export async function copyRole(
  ctx: WriteCtx,
  { name, note, copyOf }: { name: string; note: string; copyOf: RoleKey },
): Promise<RoleView> {
  const { basedOn, capabilities: may } = await getRole(ctx, copyOf)
  return create(ctx, { name, note, basedOn, capabilities: may }, { copyOf })
}

/** Takes a role from a file. Throws `malformed` with what this Lectern does not know, `name-taken`, `beyond-own`. */
export async function importRole(ctx: WriteCtx, { name, note, basedOn, ...file }: RoleFile): Promise<RoleView> {
  const known = capabilities.filter(one => file.capabilities.includes(one))
  const unknown = file.capabilities.filter(one => !capabilities.some(other => other === one))
  if (unknown.length > 0)
    throw new Problem('malformed', {
      errors: unknown.map(one => ({ path: 'file.capabilities', code: 'unknown_capability', params: { name: one } })),
    })
  return create(ctx, { name, note, basedOn, capabilities: known }, { from: 'file' })
}

async function lockedRole(id: CustomRoleId): Promise<CustomRoleRow> {
  const row = await customRoles.findOne({ where: { id, removedAt: null }, lock: true, raw: true })
  if (!row) throw new Problem('not-found')
  return row
}

/** Changes a role at the version that was read. Throws `not-found`, `conflict` with the current one, `name-taken`, `beyond-own`. */
export async function changeRole(
  ctx: WriteCtx,
  input: {
    roleId: CustomRoleId
    version: number
    name?: string | undefined
    note?: string | undefined
    capabilities?: readonly Capability[] | undefined
  },
): Promise<RoleView> {
  const row = await lockedRole(input.roleId)
  if (row.version !== input.version) throw new Problem('conflict', { params: { current: await roleView(ctx, row) } })
  const wanted = new Set(input.capabilities ?? row.capabilities)
  const next: CustomRoleRow = {
    ...row,
    name: input.name ?? row.name,
    note: input.note ?? row.note,
    capabilities: capabilities.filter(one => wanted.has(one)),
    version: row.version + 1,
  }
  const [added, taken] = [beyond(row.capabilities, next.capabilities), beyond(next.capabilities, row.capabilities)]
  demandWithin(await capabilitiesIn(ctx, site), [...added, ...taken])
  if (next.name !== row.name) await demandFreeName(next.name, row.id)
  await customRoles.update(next, { where: { id: row.id } })
  await recordRole(ctx, 'role.changed', row.id, { before: row.name, name: next.name, added, taken })
  if (added.length + taken.length > 0) await feltByHolders(ctx, row.id)
  return roleView(ctx, next)
}

/** Gives a role what the one it is based on has. Throws as `changeRole`. */
export async function resetRole(
  ctx: WriteCtx,
  { roleId, version }: { roleId: CustomRoleId; version: number },
): Promise<RoleView> {
  const { basedOn } = await lockedRole(roleId)
  return changeRole(ctx, { roleId, version, capabilities: builtInCapabilities(basedOn) })
}

/** In how many places people come with a role made here, though nobody may hold it yet. */
export type RoleUses = (ctx: Ctx, roleId: CustomRoleId) => Promise<number>

const uses: RoleUses[] = []

/** Says what a role is needed for beside its holders; called once, when a feature's index is loaded. */
export const registerRoleUses = (count: RoleUses): void => {
  uses.push(count)
}

/** Removes a role that nobody holds. Throws `not-found`, `role-held` with how many do, and `role-linked` with how many links need it. */
export async function removeRole(ctx: WriteCtx, { roleId }: { roleId: CustomRoleId }): Promise<void> {
  const row = await lockedRole(roleId)
  const { holders } = await roleView(ctx, row)
  demand(holders === 0, 'role-held', { params: { count: holders } })
  for (const count of uses) {
    const linked = await count(ctx, roleId)
    demand(linked === 0, 'role-linked', { params: { count: linked } })
  }
  await customRoles.update({ removedAt: ctx.now, removedBy: actorOf(ctx.who) }, { where: { id: roleId } })
  await recordRole(ctx, 'role.removed', roleId, { name: row.name })
}

/** Takes a removed role back. Throws `not-found`, and `name-taken` when another is called so by now. */
export async function restoreRole(ctx: WriteCtx, { roleId }: { roleId: CustomRoleId }): Promise<RoleView> {
  const row = await customRoles.findByPk(roleId, { lock: true, raw: true })
  if (!row) throw new Problem('not-found')
  if (row.removedAt === null) return roleView(ctx, row)
  await demandFreeName(row.name, row.id)
  await customRoles.update({ removedAt: null, removedBy: null }, { where: { id: roleId } })
  await recordRole(ctx, 'role.restored', roleId, { name: row.name })
  return roleView(ctx, { ...row, removedAt: null })
}
