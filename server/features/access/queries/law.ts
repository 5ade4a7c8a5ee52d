// What places say about roles: the overrides on the way up from each of several places, and the roles made here. For
// those who judge many people at once; one person in one place is judged by decision.ts. Speaks SQL only, storms ask too.
import type { Capability } from '#protocol/base/roles.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { builtInRoles, type ContextRef, type Override, type Phase, type RoleBook, strictest } from '../rules.ts'

/** What `decide` wants to know beside the person. */
export interface Law {
  readonly overrides: readonly Override[]
  readonly roles: RoleBook
  /** How far the place has come, the strictest of those above it included. */
  readonly phase: Phase
}

/** A row of the custom roles, as any query here tells it. */
export interface CustomCapabilities {
  readonly role: string
  readonly capabilities: readonly Capability[]
}

/** The roles every Lectern has, and these. */
export const bookWith = (custom: readonly CustomCapabilities[]): RoleBook =>
  custom.length === 0
    ? builtInRoles
    : new Map([...builtInRoles, ...custom.map(one => [one.role, new Set(one.capabilities)] as const)])

/** A place as one word, for maps. */
export const keyOf = ({ kind, id }: ContextRef): string => `${kind}:${id}`

const lawSql = `
  with recursive asked as (
    select distinct kind, id from unnest($1::text[], $2::uuid[]) as a(kind, id)
  ), way as (
    select c.kind as of_kind, c.id as of_id, c.kind, c.id, c.parent_kind, c.parent_id, c.phase, 0 as depth
    from asked join contexts c using (kind, id)
    union all
    select way.of_kind, way.of_id, c.kind, c.id, c.parent_kind, c.parent_id, c.phase, way.depth + 1
    from contexts c join way on c.kind = way.parent_kind and c.id = way.parent_id
    where way.depth < 16
  )
  select way.of_kind, way.of_id, o.role, o.capability, o.permission, way.depth, null::text[] as capabilities, null::text as phase
  from way join role_overrides o on o.context_kind = way.kind and o.context_id = way.id
  union all
  select of_kind, of_id, null, null, null, depth, null, phase from way
  union all
  select null, null, id::text, null, null, null, capabilities, null from custom_roles where removed_at is null`

interface LawRow extends Override {
  readonly of_kind: string | null
  readonly of_id: string | null
  readonly capabilities: readonly Capability[] | null
  readonly phase: Phase | null
}

/** The law in each of these places; one query. */
export async function lawIn(ctx: Pick<Ctx, 'sql'>, places: readonly ContextRef[]): Promise<(place: ContextRef) => Law> {
  const rows = await ctx.sql<LawRow>(lawSql, [places.map(one => one.kind), places.map(one => one.id)], 'access-law')
  const roles = bookWith(
    rows.flatMap(({ role, capabilities }) => (capabilities === null ? [] : [{ role, capabilities }])),
  )
  const found = new Map<string, Override[]>()
  const phases = new Map<string, Phase>()
  for (const { of_kind, of_id, role, capability, permission, depth, phase } of rows) {
    if (of_kind === null) continue
    const key = `${of_kind}:${of_id}`
    if (phase !== null) {
      phases.set(key, strictest([phases.get(key) ?? 'open', phase]))
      continue
    }
    found.set(key, [...(found.get(key) ?? []), { role, capability, permission, depth }])
  }
  return place => ({ roles, overrides: found.get(keyOf(place)) ?? [], phase: phases.get(keyOf(place)) ?? 'open' })
}
