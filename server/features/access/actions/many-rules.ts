// Sets one rule in several places for several roles: all of it or nothing, one entry of the audit a place. Nobody gives or
// takes in it what they may not do there themselves.
import { countsIn } from '#protocol/access.ts'
import { demand } from '#protocol/base/problems.ts'
import type { Capability } from '#protocol/base/roles.ts'
import { audit } from '#server/features/audit/index.ts'
import { actorOf, type WriteCtx } from '#server/platform/ctx.ts'
import { keyOf } from '../queries/law.ts'
import { demandRules, maySetHere, type PlaceRule } from '../queries/many-rules.ts'
import { waysUp } from '../queries/places.ts'
import type { Permission } from '../rules.ts'
import { roleOverrides } from '../tables.ts'
import { feltByHolders, feltByKeepers } from './felt.ts'

interface Wanted extends PlaceRule {
  /** Where the place says something else by now, another was faster: theirs stays. */
  readonly from?: Permission | undefined
}

/** Answers what stood where something changed. Throws as `demandRules` and `maySetHere`, `counts-above` and `beyond-own`. */
export async function changeRules(
  ctx: WriteCtx,
  { capability, rules }: { capability: Capability; rules: readonly Wanted[] },
): Promise<PlaceRule[]> {
  const { places, roles } = await demandRules(ctx, rules)
  demand(
    rules.every(({ kind, permission }) => permission === 'inherit' || countsIn(kind, capability)),
    'counts-above',
  )
  const wayOf = await waysUp(ctx, places)
  for (const place of places) {
    wayOf(place)
    demand(await maySetHere(ctx, capability, place), 'beyond-own', { params: { capabilities: [capability] } })
  }
  // In one order, whoever else sets some of them at once.
  const asked = rules.toSorted((a, b) => (`${keyOf(a)} ${a.role}` < `${keyOf(b)} ${b.role}` ? -1 : 1))
  const columns = [asked.map(one => one.kind), asked.map(one => one.id), asked.map(one => one.role)]
  const stood = await ctx.sql<{ kind: string; id: string; role: string; permission: Permission }>(
    `select o.context_kind as kind, o.context_id as id, o.role, o.permission from role_overrides o
     join unnest($1::text[], $2::uuid[], $3::text[]) as a(kind, id, role)
       on a.kind = o.context_kind and a.id = o.context_id and a.role = o.role
     where o.capability = $4 order by o.context_kind, o.context_id, o.role for update of o`,
    [...columns, capability],
  )
  const said = new Map(stood.map(one => [`${one.kind}:${one.id} ${one.role}`, one.permission]))
  const changes = asked.flatMap(({ from, ...rule }) => {
    const before = said.get(`${keyOf(rule)} ${rule.role}`) ?? 'inherit'
    return before === rule.permission || (from !== undefined && from !== before) ? [] : [{ ...rule, before }]
  })
  if (changes.length === 0) return []
  const changedBy = actorOf(ctx.who)
  for (const { kind, id, role, permission } of changes) {
    const where = { contextKind: kind, contextId: id, role, capability }
    if (permission === 'inherit') await roleOverrides.destroy({ where })
    else await roleOverrides.upsert({ ...where, permission, changedAt: ctx.now, changedBy })
  }
  const touched = [...new Map(changes.map(one => [keyOf(one), { kind: one.kind, id: one.id }])).values()]
  await audit.recordAll(
    ctx,
    touched.map(place => ({
      verb: 'role.rules-changed',
      subject: place,
      context: place,
      details: {
        capability,
        changes: changes
          .filter(one => keyOf(one) === keyOf(place))
          .map(({ role, before, permission }) => ({ role, before, after: permission })),
      },
    })),
  )
  for (const role of roles) if (changes.some(one => one.role === role)) await feltByHolders(ctx, role)
  await feltByKeepers(ctx)
  return changes.map(({ kind, id, role, before }) => ({ kind, id, role, permission: before }))
}
