// Many accounts at once, for lists of people: one statement a step, an entry of the audit for each.
import {
  type LinkRefusal,
  type PersonLink,
  type peopleRoutes,
  schoolId,
  schoolScope,
} from '#protocol/accounts/people.ts'
import { userScope } from '#protocol/accounts.ts'
import type { Output } from '#protocol/base/call.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { audit } from '#server/features/audit/index.ts'
import { demandAccount, type WriteCtx } from '#server/platform/ctx.ts'
import { hashSecret, newId, newSecret } from '#server/platform/db/id.ts'
import { type LinkableRow, lockMembers } from '../queries/people.ts'
import { otherWaysIn } from '../queries/ways-in.ts'
import { formerName } from '../rules.ts'
import { invitations } from '../tables.ts'
import { eraseAccount, listHolders } from './hooks.ts'
import { linkDays } from './people.ts'

/** Named by one event at most. */
const peopleAnEvent = 500

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
  for (let at = 0; at < made.length; at += peopleAnEvent) {
    const accountIds = made.slice(at, at + peopleAnEvent).map(one => one.id)
    ctx.announce(schoolScope, schoolId, { kind: 'accountsCreated', body: { accountIds } })
  }
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

// Nobody has ever listened to what is told to this person alone, and an action tells no more than a few audiences.
const unheard = (ctx: WriteCtx, accountId: AccountId): WriteCtx => ({
  ...ctx,
  announce: (scope, id, event) => {
    if (scope.name !== userScope.name || id !== accountId) ctx.announce(scope, id, event)
  },
})

/**
 * Takes back accounts that nobody has come in with: no way in, no device, no program. Whoever calls has seen that they
 * are nowhere any more. Each is erased as every account is, by those features that know of it: a few hundred at a time.
 * The address is free again. `why` stands in the trail of each and names nobody. Answers which. Throws `not-found`.
 */
export async function takeBackUnused(
  ctx: WriteCtx,
  ids: readonly AccountId[],
  why: Readonly<Record<string, unknown>>,
): Promise<AccountId[]> {
  const unused = await ctx.sql<{ id: AccountId }>(
    `select a.id from accounts a
      where a.id = any($1::uuid[]) and a.kind = 'member' and a.password_hash is null and ${otherWaysIn()} = 0 and a.erased_at is null
        and a.suspended_at is null and a.demo is null and a.site_role = 'member' and a.merged_into is null
        and not exists (select from sessions s where s.account_id = a.id)
        and not exists (select from access_tokens t where t.account_id = a.id)
      order by a.id for update`,
    [ids],
  )
  const taken = unused.map(one => one.id)
  if (taken.length === 0) return []
  const holders = await listHolders(ctx, taken)
  for (const id of taken)
    await eraseAccount(unheard(ctx, id), id, { holders: holders.get(id) ?? new Set(), takenBack: why })
  return taken
}

function refusalOf(row: LinkableRow | undefined): LinkRefusal | undefined {
  if (!row) return 'gone'
  if (row.state === 'suspended') return 'suspended'
  if (row.state === 'active') return 'comes-in'
  return row.email === null ? 'no-email' : undefined
}

/**
 * Makes a link for each of these who has no way in yet, in their order; earlier ones end. As `makeSignInLink` does for one,
 * but that no mail goes out. Only hashes of the tokens are kept. Whoever gets none is named with the reason.
 */
export async function makeSignInLinks(
  ctx: WriteCtx,
  accountIds: readonly AccountId[],
): Promise<Output<typeof peopleRoutes.makeSignInLinks>> {
  const { accountId: invitedBy } = demandAccount(ctx.who)
  const ids = [...new Set(accountIds)]
  const rows = new Map((await lockMembers(ctx, ids)).map(row => [row.accountId, row]))
  const expiresAt = new Date(ctx.now.getTime() + linkDays * 86_400_000)
  const links: (PersonLink & { readonly siteRole: 'administrator' | 'member' })[] = []
  const refused: { accountId: AccountId; why: LinkRefusal }[] = []
  for (const accountId of ids) {
    const row = rows.get(accountId)
    const why = refusalOf(row)
    if (!row || why !== undefined) refused.push({ accountId, why: why ?? 'gone' })
    else {
      const siteRole = row.siteRole === 'administrator' ? 'administrator' : 'member'
      links.push({ accountId, name: row.name, email: row.email ?? '', token: newSecret(), siteRole })
    }
  }
  await invitations.update(
    { revokedAt: ctx.now },
    { where: { accountId: links.map(one => one.accountId), usedAt: null, revokedAt: null } },
  )
  const made = { invitedBy, expiresAt, courseId: null, role: null, createdAt: ctx.now }
  await invitations.bulkCreate(
    links.map(({ accountId, email, siteRole, token }) => ({
      ...made,
      ...{ id: newId<'Invitation'>(), accountId, email, siteRole, tokenHash: hashSecret(token) },
    })),
  )
  await audit.recordAll(
    ctx,
    links.map(({ accountId }) => ({ verb: 'account.link-made', subject: { kind: 'account', id: accountId } })),
  )
  return {
    links: links.map(({ siteRole: _, ...one }) => one),
    refused,
    expiresAt: expiresAt.toISOString(),
  }
}

/** Makes accounts that are nobody's, for records that lose their person: erased from the first moment, with a pseudonym. */
export async function makeFormer(ctx: WriteCtx, count: number): Promise<AccountId[]> {
  const ids = Array.from({ length: count }, () => newId<'Account'>())
  await ctx.sql(
    `insert into accounts (id, kind, name, site_role, created_at, erased_at)
     select id, 'guest', name, 'guest', $3, $3 from unnest($1::uuid[], $2::text[]) as n(id, name)`,
    [ids, ids.map(id => formerName(id, 'learner')), ctx.now],
  )
  return ids
}
