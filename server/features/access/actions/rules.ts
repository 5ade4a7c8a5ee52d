// Writes what a place says about a role. Nobody gives or takes in it what they may not do there themselves.
import { countsIn, type RoleKey } from '#protocol/access.ts'
import { demand } from '#protocol/base/problems.ts'
import type { Capability } from '#protocol/base/roles.ts'
import { audit } from '#server/features/audit/index.ts'
import { actorOf, type WriteCtx } from '#server/platform/ctx.ts'
import { capabilitiesIn } from '../queries/decision.ts'
import { wayUp } from '../queries/places.ts'
import { getRole } from '../queries/roles.ts'
import type { ContextRef, Permission } from '../rules.ts'
import { roleOverrides } from '../tables.ts'
import { feltByHolders, feltByKeepers } from './felt.ts'
import { demandWithin } from './roles.ts'

const whereOf = ({ kind, id }: ContextRef, role: RoleKey) => ({ contextKind: kind, contextId: id, role })

/**
 * Says something about one capability of a role in a place; `inherit` takes back what was said. Throws `not-found` for a place
 * or a role, `beyond-own`, `not-here` for what every member may, below the site, and `counts-above` for what a group has no say in.
 */
export async function changeRule(
  ctx: WriteCtx,
  context: ContextRef,
  { role, capability, permission }: { role: RoleKey; capability: Capability; permission: Permission },
): Promise<void> {
  await wayUp(ctx, context)
  await getRole(ctx, role)
  demandWithin(await capabilitiesIn(ctx, context), [capability])
  // What every member may is asked of the site alone; below it there is nothing to say about it.
  demand(role !== 'member' || context.kind === 'site', 'not-here')
  demand(permission === 'inherit' || countsIn(context.kind, capability), 'counts-above')
  const where = { ...whereOf(context, role), capability }
  const before = (await roleOverrides.findOne({ where, lock: true, raw: true }))?.permission ?? 'inherit'
  if (before === permission) return
  if (permission === 'inherit') await roleOverrides.destroy({ where })
  else {
    const changedBy = actorOf(ctx.who)
    await roleOverrides.upsert({ ...where, permission, changedAt: ctx.now, changedBy })
  }
  await audit.record(ctx, {
    verb: 'role.rule-changed',
    subject: { kind: 'role', id: role },
    context,
    details: { capability, before, after: permission },
  })
  await feltByHolders(ctx, role)
  await feltByKeepers(ctx)
}

/** Takes back everything a place says about a role, and tells what it was. Throws `beyond-own`. */
export async function resetRules(
  ctx: WriteCtx,
  context: ContextRef,
  role: RoleKey,
): Promise<{ capability: Capability; permission: Permission }[]> {
  const where = whereOf(context, role)
  const rows = await roleOverrides.findAll({ where, lock: true, raw: true })
  if (rows.length === 0) return []
  const taken = rows.map(({ capability, permission }) => ({ capability, permission }))
  demandWithin(
    await capabilitiesIn(ctx, context),
    taken.map(one => one.capability),
  )
  await roleOverrides.destroy({ where })
  await audit.record(ctx, {
    verb: 'role.rules-reset',
    subject: { kind: 'role', id: role },
    context,
    details: { taken },
  })
  await feltByHolders(ctx, role)
  await feltByKeepers(ctx)
  return taken
}
