// What a rule set in several places at once would change, for whoever sets it. Changes nothing; few queries and one for each
// place's rights.
import { countsIn, mostRulePlaces, mostRuleRoles, type RoleKey, type RulePreview } from '#protocol/access.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { Capability } from '#protocol/base/roles.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { type ContextRef, type Override, type Permission, site } from '../rules.ts'
import { demandMay, may } from './decision.ts'
import { keyOf, lawIn } from './law.ts'
import { waysUp } from './places.ts'
import { getRole, rulingOf } from './roles.ts'

/** What one of several places is to say about a role. */
export interface PlaceRule extends ContextRef {
  readonly role: RoleKey
  readonly permission: Permission
}

/**
 * The places named, each once, and the roles; both are known to be there. Throws `malformed` for too many of either and for
 * one rule said twice, `not-found`, and `not-here` for what every member may below the site.
 */
export async function demandRules(
  ctx: Ctx,
  rules: readonly PlaceRule[],
): Promise<{ places: readonly ContextRef[]; roles: readonly RoleKey[] }> {
  const places = [...new Map(rules.map(({ kind, id }) => [keyOf({ kind, id }), { kind, id }])).values()]
  const roles = [...new Set(rules.map(one => one.role))]
  const once = new Set(rules.map(one => `${keyOf(one)} ${one.role}`))
  if (places.length > mostRulePlaces || roles.length > mostRuleRoles || once.size < rules.length)
    throw new Problem('malformed', { errors: [{ path: 'rules', code: 'too_big' }] })
  for (const role of roles) await getRole(ctx, role)
  if (rules.some(one => one.role === 'member' && one.kind !== site.kind)) throw new Problem('not-here')
  return { places, roles }
}

/**
 * Whether `ctx.who` may set a rule about this capability here: they make rules here and have it themselves. Throws as
 * `demandMay` where they may not so much as make rules.
 */
export const maySetHere = async (ctx: Ctx, capability: Capability, place: ContextRef): Promise<boolean> =>
  (await demandMay(ctx, 'role.rule', place, 'writing')).may(capability)

/** Before and after, place by place in the order asked. A rule above that is set at once counts already. Throws as `demandRules` and `maySetHere`. */
export async function previewRules(
  ctx: Ctx,
  { capability, rules }: { capability: Capability; rules: readonly PlaceRule[] },
): Promise<RulePreview[]> {
  const { places } = await demandRules(ctx, rules)
  const mayChange = new Map<string, boolean>()
  for (const place of places) {
    await demandMay(ctx, 'role.rule', place, 'writing')
    const counts = countsIn(place.kind, capability)
    mayChange.set(keyOf(place), counts && (await may(ctx, capability, place, 'writing')))
  }
  const wayOf = await waysUp(ctx, places)
  const lawOf = await lawIn(ctx, places)
  const wanted = new Map(rules.map(one => [`${keyOf(one)} ${one.role}`, one.permission]))
  return places.map(ref => {
    const way = wayOf(ref)
    const law = lawOf(ref)
    const lawAfter = (role: RoleKey): Override[] => {
      const set = way.flatMap((place, depth) => {
        const permission = wanted.get(`${keyOf(place)} ${role}`)
        return permission === undefined ? [] : [{ role, capability, permission, depth }]
      })
      const depths = new Set(set.map(one => one.depth))
      const stays = (one: Override) => one.role !== role || one.capability !== capability || !depths.has(one.depth)
      return [...law.overrides.filter(stays), ...set.filter(one => one.permission !== 'inherit')]
    }
    return {
      place: way[0],
      mayChange: mayChange.get(keyOf(ref)) ?? false,
      changes: rules
        .filter(one => keyOf(one) === keyOf(ref))
        .map(({ role, permission }) => {
          const before = rulingOf(role, capability, law)
          const after = rulingOf(role, capability, { roles: law.roles, overrides: lawAfter(role) })
          const lock = after.decider?.permission === 'prohibit' ? way[after.decider.depth] : undefined
          return {
            ...{ role, before: before.here, after: permission },
            ...{ allowedBefore: before.allowed, allowedAfter: after.allowed, lockedBy: lock ?? null },
          }
        }),
    }
  })
}
