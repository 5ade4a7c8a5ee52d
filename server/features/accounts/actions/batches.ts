// Many accounts at once, for lists of people: one statement a step, an entry of the audit for each.
import type { AccountId } from '#protocol/base/ids.ts'
import { audit } from '#server/features/audit/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'

/**
 * Makes a member's account for each address that has none; they have no password until a link lets them in. Addresses
 * are in lower case and each stands once. Answers in the order of `people`.
 */
export async function addMembers(
  ctx: WriteCtx,
  people: readonly { readonly name: string; readonly email: string }[],
): Promise<{ accountId: AccountId; made: boolean }[]> {
  const made = await ctx.sql<{ id: AccountId; name: string; email: string }>(
    `insert into accounts (id, kind, email, name, site_role, created_at)
     select id, 'member', email, name, 'member', $4 from unnest($1::uuid[], $2::text[], $3::text[]) as n(id, email, name)
     on conflict (lower(email)) do nothing returning id, name, email`,
    [people.map(() => newId()), people.map(one => one.email), people.map(one => one.name), ctx.now],
  )
  await audit.recordAll(
    ctx,
    made.map(({ id, name, email }) => ({
      verb: 'account.created',
      subject: { kind: 'account', id },
      details: { name, email, siteRole: 'member' },
    })),
  )
  const found = await ctx.sql<{ id: AccountId; email: string }>(
    'select id, lower(email) as email from accounts where lower(email) = any($1::text[])',
    [people.map(one => one.email)],
  )
  const idOf = new Map(found.map(one => [one.email, one.id]))
  const fresh = new Set(made.map(one => one.id))
  return people.map(({ email }) => {
    const accountId = idOf.get(email)
    if (!accountId) throw new Error('An account that was just made is not there')
    return { accountId, made: fresh.has(accountId) }
  })
}

/**
 * Takes back accounts that nobody has come in with: no password, no device, no program. Whoever calls
 * has seen that they are nowhere any more. The address is free again. Answers which.
 */
export async function takeBackUnused(ctx: WriteCtx, ids: readonly AccountId[]): Promise<AccountId[]> {
  const gone = await ctx.sql<{ id: AccountId }>(
    `update accounts a set erased_at = $2, email = null, name = 'Removed account', version = version + 1
      where a.id = any($1::uuid[]) and a.kind = 'member' and a.password_hash is null and a.erased_at is null
        and a.suspended_at is null and a.demo is null and a.site_role = 'member'
        and not exists (select from sessions s where s.account_id = a.id)
        and not exists (select from access_tokens t where t.account_id = a.id)
      returning a.id`,
    [ids, ctx.now],
  )
  const taken = gone.map(one => one.id)
  if (taken.length === 0) return []
  await ctx.sql('update invitations set revoked_at = $2, email = null where account_id = any($1::uuid[])', [
    taken,
    ctx.now,
  ])
  await ctx.sql('delete from profile_values where account_id = any($1::uuid[])', [taken])
  await ctx.sql(
    `delete from audit_details d using audit_entries e
      where e.id = d.entry_id and e.subject_kind = 'account' and e.subject_id = any($1::text[])`,
    [taken],
  )
  await audit.recordAll(
    ctx,
    taken.map(id => ({ verb: 'account.erased', subject: { kind: 'account', id } })),
  )
  return taken
}
