// What each of many people may do in their places, judged as one person in one place is. For whoever decides about a list:
// a storm of answers, those a notification goes to. Two queries for any number; speaks SQL only, storms ask too.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Capability, SiteRole } from '#protocol/base/roles.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { type ContextRef, type Held, judge, siteRoleLeft } from '../rules.ts'
import type { Doing } from './decision.ts'
import { keyOf, lawIn } from './law.ts'

/** A person in a place. */
export interface Asked {
  readonly accountId: AccountId
  readonly context: ContextRef
}

export type MayEach = (asked: Asked, capability: Capability, doing?: Doing) => boolean

const heldSql = `
  with recursive asked as (
    select distinct account, kind, id from unnest($1::uuid[], $2::text[], $3::uuid[]) as a(account, kind, id)
  ), way as (
    select c.kind as of_kind, c.id as of_id, c.kind, c.id, c.parent_kind, c.parent_id, 0 as depth
    from (select distinct kind, id from asked) p join contexts c using (kind, id)
    union all
    select way.of_kind, way.of_id, c.kind, c.id, c.parent_kind, c.parent_id, way.depth + 1
    from contexts c join way on c.kind = way.parent_kind and c.id = way.parent_id
    where way.depth < 16
  )
  select asked.account, asked.kind, asked.id, a.site_role, coalesce(a.suspended_at, a.erased_at) is not null as gone,
    held.role, held.depth
  from asked join accounts a on a.id = asked.account
  left join lateral (
    select r.role, way.depth from way
    join roles_held r on r.context_kind = way.kind and r.context_id = way.id and r.account_id = asked.account
    where way.of_kind = asked.kind and way.of_id = asked.id
  ) held on true`

interface HeldRow {
  readonly account: AccountId
  readonly kind: ContextRef['kind']
  readonly id: string
  readonly site_role: SiteRole
  readonly gone: boolean
  readonly role: string | null
  readonly depth: number | null
}

/** The law for each of these people in their places. Whoever is suspended, erased or was not asked about may nothing. */
export async function mayEach(ctx: Ctx, asked: readonly Asked[]): Promise<MayEach> {
  if (asked.length === 0) return () => false
  const rows = await ctx.sql<HeldRow>(heldSql, [
    asked.map(one => one.accountId),
    asked.map(one => one.context.kind),
    asked.map(one => one.context.id),
  ])
  const law = await lawIn(
    ctx,
    asked.map(one => one.context),
  )
  const found = new Map<string, { siteRole: SiteRole | undefined; held: Held[] }>()
  for (const { account, kind, id, site_role, gone, role, depth } of rows) {
    const key = `${account} ${keyOf({ kind, id })}`
    const one = found.get(key) ?? { siteRole: siteRoleLeft(site_role, { gone }), held: [] }
    found.set(key, one)
    if (role !== null) one.held.push({ role, depth: depth ?? 0 })
  }
  return ({ accountId, context }, capability, doing = 'reading') => {
    const person = found.get(`${accountId} ${keyOf(context)}`)
    return person !== undefined && judge({ ...person, ...law(context) }, capability, doing) === 'allowed'
  }
}
