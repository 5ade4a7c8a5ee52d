// The tree as those see it who look after roles: what a place is called, what is above it and what below. The names
// belong to the features whose places they are: each tells where they stand.
import type { Place, PlaceBelow, RoleKey, RolePlace } from '#protocol/access.ts'
import type { Page } from '#protocol/base/paging.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'
import { type ContextKind, type ContextRef, contextKinds } from '../rules.ts'
import { keyOf } from './law.ts'

const names = new Map<ContextKind, string>()

/** Says what the places of a kind are called: a SELECT of `id`, `name` and `also`, what else people call them. What it leaves out is in no list. */
export const registerPlaceNames = (kind: ContextKind, select: string): void => {
  names.set(kind, select)
}

const named = (): string =>
  [
    `select 'site' as kind, id, '' as name, '' as also from contexts where kind = 'site'`,
    ...[...names].map(([kind, select]) => `select '${kind}' as kind, id, name, also from (${select}) as of_${kind}`),
  ].join(' union all ')

export type WayUp = readonly [Place, ...Place[]]

/** Each of these places and what is above it, nearest first; one query. What it answers throws `not-found`. */
export async function waysUp(ctx: Ctx, places: readonly ContextRef[]): Promise<(place: ContextRef) => WayUp> {
  const rows = await ctx.sql<Place & { of_kind: ContextKind; of_id: string }>(
    `with recursive way as (
       select c.kind as of_kind, c.id as of_id, c.kind, c.id, c.parent_kind, c.parent_id, 0 as depth
       from (select distinct * from unnest($1::text[], $2::uuid[]) as a(kind, id)) asked join contexts c using (kind, id)
       union all
       select way.of_kind, way.of_id, c.kind, c.id, c.parent_kind, c.parent_id, way.depth + 1
       from contexts c join way on c.kind = way.parent_kind and c.id = way.parent_id
       where way.depth < 16
     )
     select way.of_kind, way.of_id, way.kind, way.id, coalesce(n.name, '') as name
     from way left join (${named()}) n on n.kind = way.kind and n.id = way.id
     order by way.depth`,
    [places.map(one => one.kind), places.map(one => one.id)],
  )
  const found = new Map<string, Place[]>()
  for (const { of_kind, of_id, ...place } of rows) {
    const key = keyOf({ kind: of_kind, id: of_id })
    found.set(key, [...(found.get(key) ?? []), place])
  }
  return place => {
    const [first, ...above] = found.get(keyOf(place)) ?? []
    if (!first) throw new Problem('not-found')
    return [first, ...above]
  }
}

/** A place and what is above it, nearest first. Throws `not-found`. */
export const wayUp = async (ctx: Ctx, place: ContextRef): Promise<WayUp> => (await waysUp(ctx, [place]))(place)

const kindOrder = contextKinds.map((kind, place) => `when '${kind}' then '${place}'`).join(' ')

/**
 * The places right below one, or with `search` those at any depth that are called so, in short too; departments before courses.
 * Throws `malformed` for a cursor that is none.
 */
export async function listPlaces(
  ctx: Ctx,
  { kind, id }: ContextRef,
  input: { search?: string | undefined; after?: string | undefined; limit: number },
): Promise<Page<PlaceBelow>> {
  const after = readKeyset(input.after)
  const search = input.search?.trim() ?? ''
  const rows = await ctx.sql<PlaceBelow & { sort: string }>(
    `with recursive below as (
       select kind, id, 1 as depth from contexts where parent_kind = $1 and parent_id = $2
       union all
       select c.kind, c.id, below.depth + 1 from contexts c
       join below on c.parent_kind = below.kind and c.parent_id = below.id
       where below.depth < 16 and $3 <> ''
     ), called as (
       select b.kind, b.id, n.name, (case b.kind ${kindOrder} end) || lower(n.name) as sort
       from below b join (${named()}) n on n.kind = b.kind and n.id = b.id
       where $3 = '' or position(lower($3) in lower(n.name)) > 0 or position(lower($3) in lower(n.also)) > 0
     )
     select kind, id, name, sort,
       (select count(*)::int from role_overrides o where o.context_kind = kind and o.context_id = called.id) as rules from called
     where $4::text is null or (sort, id) > ($4, $5::uuid)
     order by sort, id limit $6`,
    [kind, id, search, after?.[0] ?? null, after?.[1] ?? null, input.limit + 1],
  )
  const items = rows.slice(0, input.limit)
  const last = items.at(-1)
  return { items, ...(rows.length > input.limit && last ? { next: writeKeyset(last.sort, last.id) } : {}) }
}

/**
 * Where rules about a role stand or it was given, those with rules first; who is enrolled with it is counted there too.
 * Throws `malformed` for a cursor that is none.
 */
export async function listRolePlaces(
  ctx: Ctx,
  { role, after, limit }: { readonly role: RoleKey; readonly after?: string | undefined; readonly limit: number },
): Promise<Page<RolePlace>> {
  const cursor = readKeyset(after)
  const rows = await ctx.sql<Place & { rules: number; holders: number; sort: string }>(
    `with counted as (
       select kind, id,
         (select count(*)::int from role_overrides o where o.context_kind = kind and o.context_id = id and o.role = $1) as rules
       from (select context_kind as kind, context_id as id from role_overrides where role = $1
         union select context_kind, context_id from granted_roles where role = $1
         union select context_kind, context_id from role_assignments where custom::text = $1) as said
     ), called as (
       select c.kind, c.id, c.rules, n.name,
         case when c.rules > 0 then 'a' else 'b' end || (case c.kind ${kindOrder} end) || lower(n.name) as sort
       from counted c join (${named()}) n on n.kind = c.kind and n.id = c.id
     )
     select kind, id, name, rules, sort,
       (select count(distinct account_id)::int from roles_held h
         where h.context_kind = kind and h.context_id = called.id and h.role = $1) as holders
     from called
     where $2::text is null or (sort, id) > ($2, $3::uuid)
     order by sort, id limit $4`,
    [role, cursor?.[0] ?? null, cursor?.[1] ?? null, limit + 1],
  )
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return {
    items: items.map(({ kind, id, name, rules, holders }) => ({ place: { kind, id, name }, rules, holders })),
    ...(rows.length > limit && last ? { next: writeKeyset(last.sort, last.id) } : {}),
  }
}
