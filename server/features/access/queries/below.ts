// What one person may do in each of many places right below one, judged as in a single place is: those alone are looked at
// that say something of their own or in which that person holds a role. Three queries for any number of places.
import type { Capability } from '#protocol/base/roles.ts'
import { actorOf, type Ctx } from '#server/platform/ctx.ts'
import { builtInRoles, type ContextKind, type ContextRef, forOneself, judge, type Override } from '../rules.ts'
import { type Doing, doingIn, type PersonQuestion, questionOf } from './decision.ts'
import { type CustomCapabilities, keyOf } from './law.ts'

interface ApartRow {
  readonly id: string
  readonly overrides: readonly Override[] | null
  readonly held: readonly (CustomCapabilities & { readonly capabilities: readonly Capability[] | null })[] | null
}

export interface Below {
  /** The places that say something of their own, or in which whoever asks holds a role. */
  readonly apart: readonly string[]
  /** May they do this in one of those places? A place that is not below is judged as the one above. */
  readonly may: (id: string, capability: Capability, doing?: Doing) => boolean
  /** The same in the place above them all. */
  readonly above: (capability: Capability, doing?: Doing) => boolean
}

const apartSql = `
  select c.id,
    (select json_agg(json_build_object('role', o.role, 'capability', o.capability, 'permission', o.permission, 'depth', 0))
       from role_overrides o where o.context_kind = c.kind and o.context_id = c.id) as overrides,
    (select json_agg(json_build_object('role', r.role, 'capabilities', custom.capabilities))
       from roles_held r left join custom_roles custom on custom.id::text = r.role and custom.removed_at is null
      where r.context_kind = c.kind and r.context_id = c.id and r.account_id = $4) as held
  from contexts c
  where c.parent_kind = $1 and c.parent_id = $2 and c.kind = $3 and ($5::uuid[] is null or c.id = any($5))
    and (exists (select from role_overrides o where o.context_kind = c.kind and o.context_id = c.id)
      or exists (select from roles_held r where r.context_kind = c.kind and r.context_id = c.id and r.account_id = $4))`

interface Places {
  readonly above: ContextRef
  readonly kind: ContextKind
  /** These alone; every one where it is left out. */
  readonly ids?: readonly string[] | undefined
}

const deeper = <T extends { readonly depth: number }>(all: readonly T[]): T[] =>
  all.map(one => ({ ...one, depth: one.depth + 1 }))

async function judgedBelow(ctx: Ctx, { above, kind, ids }: Places): Promise<Below> {
  const there = await questionOf(ctx, above)
  const accountId = actorOf(ctx.who)
  const rows =
    accountId === null || there.siteRole === 'administrator'
      ? []
      : await ctx.sql<ApartRow>(apartSql, [above.kind, above.id, kind, accountId, ids ?? null], 'access-below')
  const found = new Map<string, PersonQuestion>()
  for (const { id, overrides, held } of rows) {
    const custom = (held ?? []).flatMap(({ role, capabilities }) =>
      capabilities === null ? [] : [[role, new Set(capabilities)] as const],
    )
    found.set(keyOf({ kind, id }), {
      ...there,
      held: [...(held ?? []).map(({ role }) => ({ role, depth: 0 })), ...deeper(there.held)],
      overrides: [...(overrides ?? []), ...deeper(there.overrides ?? [])],
      roles:
        custom.length === 0 ? (there.roles ?? builtInRoles) : new Map([...(there.roles ?? builtInRoles), ...custom]),
    })
  }
  const own = doingIn(ctx)
  return {
    apart: rows.map(row => row.id),
    may: (id, capability, doing = own) =>
      judge(found.get(keyOf({ kind, id })) ?? there, capability, doing) === 'allowed',
    above: (capability, doing = own) => judge(there, capability, doing) === 'allowed',
  }
}

/** What `ctx.who` may in the places of a kind right below one. Somebody supposed never more than who looks on. */
export async function mayBelow({ behind, ...ctx }: Ctx, places: Places): Promise<Below> {
  const theirs = await judgedBelow(ctx, places)
  if (behind === undefined) return theirs
  const bounds = await judgedBelow({ ...ctx, who: behind }, places)
  const lets = (capability: Capability, bound: boolean) => forOneself.has(capability) || bound
  return {
    apart: [...new Set([...theirs.apart, ...bounds.apart])],
    may: (id, one, doing) => theirs.may(id, one, doing) && lets(one, bounds.may(id, one, doing)),
    above: (one, doing) => theirs.above(one, doing) && lets(one, bounds.above(one, doing)),
  }
}
