// Who holds which role in a place, a page at a time, and why somebody may do a thing there or may not.
import type { Explanation, HeldRole, Holder, Place, RoleKey } from '#protocol/access.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Page } from '#protocol/base/paging.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { Capability } from '#protocol/base/roles.ts'
import { accounts, findByEmail } from '#server/features/accounts/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'
import { type Because, type ContextRef, explainNow } from '../rules.ts'
import { upwards } from './decision.ts'
import { waysUp, wayUp } from './places.ts'

interface HolderRow {
  account_id: AccountId
  name: string
  email: string | null
  role: RoleKey
  by: Holder['by']
  at: Date
  given_by: string | null
  sort: string
}

/** Whether addresses are told and searched: to look after roles does not open them. */
export type Emails = 'with e-mail' | 'names only'

/**
 * Who holds a role in this very place, by name; enrolments and what was given side by side. Throws `malformed` for a
 * cursor that is none.
 */
export async function listHolders(
  ctx: Ctx,
  { kind, id }: ContextRef,
  input: { role?: RoleKey | undefined; search?: string | undefined; after?: string | undefined; limit: number },
  emails: Emails,
): Promise<Page<Holder>> {
  const after = readKeyset(input.after)
  const rows = await ctx.sql<HolderRow>(
    `with held as (
       select account_id, coalesce(custom::text, role) as role, 'enrolment' as by, assigned_at as at, null::uuid as granted_by from role_assignments
       where context_kind = $1 and context_id = $2
       union all
       select account_id, role, 'grant', granted_at, granted_by from granted_roles
       where context_kind = $1 and context_id = $2
     )
     select h.account_id, a.name, a.email, h.role, h.by, h.at, g.name as given_by,
       lower(a.name) || ' ' || h.role || ' ' || h.by as sort
     from held h join accounts a on a.id = h.account_id left join accounts g on g.id = h.granted_by
     where ($3::text is null or h.role = $3)
       and ($4 = '' or position(lower($4) in lower(a.name)) > 0 or ($8 and position(lower($4) in lower(a.email)) > 0))
       and ($5::text is null or (lower(a.name) || ' ' || h.role || ' ' || h.by, h.account_id) > ($5, $6::uuid))
     order by sort, h.account_id limit $7`,
    [
      ...[kind, id, input.role ?? null, input.search?.trim() ?? ''],
      ...[after?.[0] ?? null, after?.[1] ?? null, input.limit + 1, emails === 'with e-mail'],
    ],
  )
  const shown = rows.slice(0, input.limit)
  const last = shown.at(-1)
  return {
    items: shown.map(row => ({
      ...{ accountId: row.account_id, name: row.name, role: row.role, by: row.by },
      email: emails === 'with e-mail' ? row.email : null,
      at: new Date(row.at).toISOString(),
      givenBy: row.given_by,
    })),
    ...(rows.length > input.limit && last ? { next: writeKeyset(last.sort, last.account_id) } : {}),
  }
}

/** The roles that were given to somebody, wherever, with where that is; the newest first. Two queries; asks no rights. Throws `malformed`, `not-found`. */
export async function listRolesOf(
  ctx: Ctx,
  input: { accountId: AccountId; after?: string | undefined; limit: number },
): Promise<Page<HeldRole>> {
  const after = readKeyset(input.after)
  const rows = await ctx.sql<{
    kind: Place['kind']
    id: string
    role: RoleKey
    name: string
    at: Date
    by: string | null
    sort: string
  }>(
    `with given as (
       select g.*, to_char(granted_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS') || ' ' || role || ' ' || context_kind as sort
       from granted_roles g where account_id = $1
     )
     select g.context_kind as kind, g.context_id as id, g.role, coalesce(r.name, '') as name, g.granted_at as at, a.name as by, g.sort
     from given g left join custom_roles r on r.id::text = g.role left join accounts a on a.id = g.granted_by
     where $2::text is null or (g.sort, g.context_id) < ($2, $3::uuid)
     order by g.sort desc, g.context_id desc limit $4`,
    [input.accountId, after?.[0] ?? null, after?.[1] ?? null, input.limit + 1],
  )
  const shown = rows.slice(0, input.limit)
  const last = shown.at(-1)
  const wayOf = await waysUp(ctx, shown)
  return {
    items: shown.map(({ kind, id, role, name, at, by }) => ({
      ...{ role, name, at: new Date(at).toISOString(), givenBy: by },
      place: wayOf({ kind, id })[0],
    })),
    ...(rows.length > input.limit && last ? { next: writeKeyset(last.sort, last.id) } : {}),
  }
}

/** The roles that were given to these people in this very place, beside enrolments, by name. One query; asks no rights. */
export async function rolesGiven(
  ctx: Ctx,
  { kind, id }: ContextRef,
  accountIds: readonly AccountId[],
): Promise<ReadonlyMap<AccountId, { key: RoleKey; name: string }[]>> {
  const rows = await ctx.sql<{ account_id: AccountId; key: RoleKey; name: string }>(
    `select g.account_id, g.role as key, coalesce(r.name, '') as name
       from granted_roles g left join custom_roles r on r.id::text = g.role
      where g.context_kind = $1 and g.context_id = $2 and g.account_id = any($3::uuid[])
      order by lower(coalesce(r.name, g.role)), g.role`,
    [kind, id, accountIds],
  )
  const given = new Map<AccountId, { key: RoleKey; name: string }[]>()
  for (const { account_id: of, key, name } of rows) given.set(of, [...(given.get(of) ?? []), { key, name }])
  return given
}

/** Everybody who looks after the whole school and may come in. */
export async function listAdministrators(ctx: Ctx): Promise<AccountId[]> {
  const rows = await ctx.sql<{ id: AccountId }>(
    `select id from accounts where site_role = 'administrator' and suspended_at is null and erased_at is null`,
  )
  return rows.map(one => one.id)
}

/** Finds who is meant, by account or by e-mail. Throws `no-account`. */
export async function findPerson(
  ctx: Ctx,
  given: { accountId?: AccountId | undefined; email?: string | undefined },
): Promise<{ id: AccountId; name: string; suspendedAt: Date | null; siteRole: 'administrator' | 'member' | 'guest' }> {
  const found =
    given.accountId === undefined
      ? await findByEmail(ctx, given.email ?? '')
      : await accounts.findByPk(given.accountId, { raw: true })
  if (!found || found.erasedAt) throw new Problem('no-account')
  return found
}

// Depths become places; the role travels as it is, for a custom one is found among the roles.
function told(because: Because, way: readonly Place[]): Omit<Explanation, 'account'> {
  const { allowed, why } = because
  const role = 'role' in because ? (because.role as RoleKey) : null
  const heldAt = 'heldAt' in because && because.heldAt !== undefined ? (way[because.heldAt] ?? null) : null
  const place = 'depth' in because ? way[because.depth] : undefined
  const said = { prohibited: 'prohibit', prevented: 'prevent', rule: 'allow' } as const
  const rule = place && why in said ? { place, permission: said[why as keyof typeof said] } : null
  return { allowed, because: why === 'nobody' ? 'nothing' : why, role, heldAt, rule }
}

/** Whether somebody holds a role in a place below this one. */
async function holdsBelow(ctx: Ctx, accountId: AccountId, { kind, id }: ContextRef): Promise<boolean> {
  const found = await ctx.sql(
    `with recursive below as (
       select kind, id from contexts where parent_kind = $2 and parent_id = $3
       union all
       select c.kind, c.id from contexts c join below b on c.parent_kind = b.kind and c.parent_id = b.id
     )
     select from roles_held h join below b on b.kind = h.context_kind and b.id = h.context_id
      where h.account_id = $1 limit 1`,
    [accountId, kind, id],
  )
  return found.length > 0
}

/** About whom it is explained: everybody of the school, or those alone who hold a role in the place, above or below it. */
export type About = 'everybody' | 'people of the place'

/**
 * Why may this person do that here, or why not? Throws `not-found`, and `no-account` for who is nobody to this place as
 * well: else any address and any id would open a name.
 */
export async function explainFor(
  ctx: Ctx,
  given: { accountId?: AccountId | undefined; email?: string | undefined },
  capability: Capability,
  { context, about }: { readonly context: ContextRef; readonly about: About },
): Promise<Explanation> {
  const way = await wayUp(ctx, context)
  const person = await findPerson(ctx, given)
  const there = await upwards(ctx, person.id, context)
  if (about !== 'everybody' && there.held.length === 0 && !(await holdsBelow(ctx, person.id, context)))
    throw new Problem('no-account')
  const account = { accountId: person.id, name: person.name }
  if (person.suspendedAt !== null)
    return { account, allowed: false, because: 'suspended', role: null, heldAt: null, rule: null }
  const question = { siteRole: person.siteRole, ...there }
  return { account, ...told(explainNow(question, capability), way) }
}
