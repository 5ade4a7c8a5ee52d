// Who holds which role in a place, a page at a time, and why somebody may do a thing there or may not.
import type { Explanation, Holder, Place, RoleKey } from '#protocol/access.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Page } from '#protocol/base/paging.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { Capability } from '#protocol/base/roles.ts'
import { accounts, findByEmail } from '#server/features/accounts/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'
import { type Because, type ContextRef, explainNow } from '../rules.ts'
import { upwards } from './decision.ts'
import { wayUp } from './places.ts'

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

/** Who holds a role in this very place, by name; enrolments and what was given side by side. */
export async function listHolders(
  ctx: Ctx,
  { kind, id }: ContextRef,
  input: { role?: RoleKey | undefined; search?: string | undefined; after?: string | undefined; limit: number },
): Promise<Page<Holder>> {
  const after = readKeyset(input.after)
  const rows = await ctx.sql<HolderRow>(
    `with held as (
       select account_id, role, 'enrolment' as by, assigned_at as at, null::uuid as granted_by from role_assignments
       where context_kind = $1 and context_id = $2
       union all
       select account_id, role, 'grant', granted_at, granted_by from granted_roles
       where context_kind = $1 and context_id = $2
     )
     select h.account_id, a.name, a.email, h.role, h.by, h.at, g.name as given_by,
       lower(a.name) || ' ' || h.role || ' ' || h.by as sort
     from held h join accounts a on a.id = h.account_id left join accounts g on g.id = h.granted_by
     where ($3::text is null or h.role = $3)
       and ($4 = '' or position(lower($4) in lower(a.name)) > 0 or position(lower($4) in lower(a.email)) > 0)
       and ($5::text is null or (lower(a.name) || ' ' || h.role || ' ' || h.by, h.account_id) > ($5, $6::uuid))
     order by sort, h.account_id limit $7`,
    [
      ...[kind, id, input.role ?? null, input.search?.trim() ?? ''],
      ...[after?.[0] ?? null, after?.[1] ?? null, input.limit + 1],
    ],
  )
  const shown = rows.slice(0, input.limit)
  const last = shown.at(-1)
  return {
    items: shown.map(row => ({
      ...{ accountId: row.account_id, name: row.name, email: row.email, role: row.role, by: row.by },
      at: new Date(row.at).toISOString(),
      givenBy: row.given_by,
    })),
    ...(rows.length > input.limit && last ? { next: writeKeyset(last.sort, last.account_id) } : {}),
  }
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

/** Why may this person do that here, or why not? Throws `no-account`, `not-found`. */
export async function explainFor(
  ctx: Ctx,
  given: { accountId?: AccountId | undefined; email?: string | undefined },
  capability: Capability,
  context: ContextRef,
): Promise<Explanation> {
  const way = await wayUp(ctx, context)
  const person = await findPerson(ctx, given)
  const account = { accountId: person.id, name: person.name }
  if (person.suspendedAt !== null)
    return { account, allowed: false, because: 'suspended', role: null, heldAt: null, rule: null }
  const question = { siteRole: person.siteRole, ...(await upwards(ctx, person.id, context)) }
  return { account, ...told(explainNow(question, capability), way) }
}
