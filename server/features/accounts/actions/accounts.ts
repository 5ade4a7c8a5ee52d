// Makes and changes accounts. Each change is recorded; what the person's own screens show is announced to them.
import { schoolId, schoolScope } from '#protocol/accounts/people.ts'
import { profileScope } from '#protocol/accounts/profile.ts'
import { userScope } from '#protocol/accounts.ts'
import type { AccountId, OperationId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { SiteRole } from '#protocol/base/roles.ts'
import { audit } from '#server/features/audit/index.ts'
import { Buckets } from '#server/platform/call/bucket.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { type AccountRow, accessTokens, accounts, sessions } from '../tables.ts'
import { tellRenamed } from './hooks.ts'
import { startSessions } from './sessions.ts'

export interface NewAccount {
  readonly name: string
  readonly email: string
  /** Made by `hashPassword`; null for somebody who can't sign in with one. */
  readonly passwordHash: string | null
  readonly siteRole: SiteRole
  readonly locale?: string | undefined
  readonly timeZone?: string | undefined
  readonly demo?: 'staff' | 'assistant' | 'learner' | undefined
  readonly minor?: boolean | undefined
}

/** Makes a member's account. Throws `email-taken`. */
export async function createMember(ctx: WriteCtx, person: NewAccount): Promise<AccountRow> {
  const id = newId<'Account'>()
  const [made] = await ctx.sql<{ id: string }>(
    `insert into accounts (id, kind, email, name, password_hash, site_role, locale, time_zone, demo, created_at, minor)
     values ($1, 'member', $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (lower(email)) do nothing returning id`,
    [
      id,
      person.email.toLowerCase(),
      person.name,
      person.passwordHash,
      person.siteRole,
      person.locale ?? 'en',
      person.timeZone ?? 'UTC',
      person.demo ?? null,
      ctx.now,
      person.minor ?? false,
    ],
  )
  if (!made) throw new Problem('email-taken', { errors: [{ path: 'email', code: 'email_taken' }] })
  await audit.record(ctx, {
    verb: 'account.created',
    subject: { kind: 'account', id },
    details: { name: person.name, email: person.email, siteRole: person.siteRole },
  })
  ctx.announce(schoolScope, schoolId, { kind: 'accountsCreated', body: { accountIds: [id] } })
  return getRow(id)
}

/** How long a repeated request to become a guest is taken for the same one, in milliseconds. */
const sameGuestMs = 600_000

/** Somebody who asks to become a guest: how they want to be called, and the request they ask with. */
export interface NewGuest {
  readonly name: string
  readonly operationId: OperationId
  readonly from: Ctx
}

/** The guests these requests made before, whose answers did not arrive; by request. */
async function guestsMadeBefore(
  ctx: WriteCtx,
  operations: readonly OperationId[],
): Promise<Map<string, { id: AccountId; name: string }>> {
  const rows = await ctx.sql<{ id: AccountId; name: string; operation: string }>(
    `select id, name, guest_operation as operation from accounts
     where guest_operation = any($1::uuid[]) and kind = 'guest' and erased_at is null and merged_into is null
       and created_at > $2::timestamptz - make_interval(secs => $3)`,
    [operations, ctx.now, sameGuestMs / 1_000],
  )
  return new Map(rows.map(row => [row.operation, row]))
}

/**
 * Makes guests and signs their devices in; the same request again, within ten minutes, is the same guest. Only over HTTP,
 * where a cookie can be set. Answers each in order: a Problem `operation-reused` for a request that was something else.
 */
export async function createGuests(ctx: WriteCtx, asked: readonly NewGuest[]): Promise<(AccountId | Problem)[]> {
  if (asked.length === 0) return []
  const named = asked.map(one => ({ ...one, id: newId<'Account'>() }))
  const rows = await ctx.sql<{ id: AccountId }>(
    `insert into accounts (id, kind, name, site_role, created_at, guest_operation)
     select id, 'guest', name, 'guest', at, operation
     from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::uuid[]) as asked(id, name, at, operation)
     order by operation
     on conflict (guest_operation) do nothing returning id`,
    [
      named.map(one => one.id),
      named.map(one => one.name),
      named.map(one => one.from.now),
      named.map(one => one.operationId),
    ],
  )
  const made = new Set(rows.map(row => row.id))
  await audit.recordAll(
    ctx,
    named
      .filter(one => made.has(one.id))
      .map(({ id, name, from }) => ({
        verb: 'account.created',
        subject: { kind: 'account', id },
        details: { name, siteRole: 'guest' },
        actor: id,
        requestId: from.requestId,
      })),
  )
  const repeated = named.filter(one => !made.has(one.id)).map(one => one.operationId)
  const before = repeated.length > 0 ? await guestsMadeBefore(ctx, repeated) : undefined
  const whose = named.map(one => {
    if (made.has(one.id)) return one.id
    // An id under which somebody else came in, or the same one otherwise called, lets nobody in.
    const known = before?.get(one.operationId.toLowerCase())
    return known?.name === one.name ? known.id : undefined
  })
  await startSessions(
    ctx,
    named.flatMap(({ from }, index) => {
      const id = whose[index]
      return id ? [{ account: { id, kind: 'guest' as const }, from }] : []
    }),
  )
  return whose.map(id => id ?? new Problem('operation-reused'))
}

/** An account whose row is locked to the commit; null when there is none. */
export const lockAccount = (id: AccountId): Promise<AccountRow | null> => accounts.findByPk(id, { lock: true })

export interface ProfileChange {
  readonly version: number
  readonly name?: string | undefined
  readonly locale?: string | undefined
  readonly timeZone?: string | undefined
  readonly pronouns?: string | undefined
  readonly bio?: string | undefined
}

// Each new name is told wherever the old one is shown.
const renames = new Buckets({ burst: 30, perSecond: 1 / 60 })

function demandRoomToRename(accountId: AccountId): void {
  const bucket = renames.of(accountId)
  const retryAfter = Math.ceil(bucket.waitMs() / 1_000)
  if (!bucket.take()) throw new Problem('slow-down', { params: { retryAfter } })
}

/**
 * Changes what a person says of themselves. Throws `not-found`, `slow-down`, `conflict` with the current row when
 * somebody was faster.
 */
export async function changeProfile(ctx: WriteCtx, accountId: AccountId, change: ProfileChange): Promise<AccountRow> {
  const row = await accounts.findByPk(accountId, { lock: true })
  if (!row) throw new Problem('not-found')
  if (row.version !== change.version) throw new Problem('conflict', { params: { current: ownView(row) } })
  const renamed = change.name !== undefined && change.name !== row.name
  if (renamed) demandRoomToRename(accountId)
  const { name, locale, timeZone, pronouns, bio } = row
  const before = { name, locale, timeZone, pronouns, bio }
  const after = {
    name: change.name ?? name,
    locale: change.locale ?? locale,
    timeZone: change.timeZone ?? timeZone,
    pronouns: change.pronouns ?? pronouns,
    bio: change.bio ?? bio,
  }
  await row.update({ ...after, version: row.version + 1 })
  await audit.record(ctx, {
    verb: 'account.changed',
    subject: { kind: 'account', id: accountId },
    details: { before, after },
  })
  ctx.announce(userScope, accountId, { kind: 'profileChanged', body: { name: after.name } })
  ctx.announce(profileScope, accountId, { kind: 'changed', body: {} })
  if (renamed) await renamedNow(ctx, accountId)
  return row
}

/** Open sockets carry the name in who they are; and it is told wherever it is shown. */
async function renamedNow(ctx: WriteCtx, accountId: AccountId): Promise<void> {
  ctx.rightsChanged(accountId)
  await tellRenamed(ctx, accountId)
}

/**
 * Corrects what somebody is called, for whoever looks after accounts; answers the name. `was`: what they were called when it was
 * read. Throws `not-found` for who was erased or merged, and `conflict` with the current name.
 */
export async function renamePerson(
  ctx: WriteCtx,
  accountId: AccountId,
  { name, was }: { readonly name: string; readonly was: string },
): Promise<string> {
  const row = await accounts.findByPk(accountId, { lock: true })
  if (!row || row.erasedAt !== null || row.mergedInto !== null) throw new Problem('not-found')
  if (row.name === name) return name
  if (row.name !== was) throw new Problem('conflict', { params: { current: row.name } })
  await row.update({ name, version: row.version + 1 })
  await audit.record(ctx, {
    verb: 'account.changed',
    subject: { kind: 'account', id: accountId },
    details: { before: { name: was }, after: { name } },
  })
  ctx.announce(userScope, accountId, { kind: 'profileChanged', body: { name } })
  ctx.announce(profileScope, accountId, { kind: 'changed', body: {} })
  await renamedNow(ctx, accountId)
  return name
}

/**
 * Shuts an account: its devices are signed out at once, its access tokens end for good, and nobody signs in to it.
 * `reason` and when they were last seen are kept with the record. What is left of its sessions lets nobody in
 * (`findSession`) and goes when the account opens again: by it a browser is told why it is out. Throws `not-found`.
 */
export async function suspend(ctx: WriteCtx, accountId: AccountId, reason = ''): Promise<void> {
  const [changed] = await accounts.update(
    { suspendedAt: ctx.now },
    { where: { id: accountId, suspendedAt: null, erasedAt: null } },
  )
  if (changed === 0) {
    demand((await accounts.findByPk(accountId)) !== null, 'not-found')
    return
  }
  // A program is let in by nothing but its token: had it only slept, it would act again as soon as the account opens.
  const tokens = await accessTokens.destroy({ where: { accountId } })
  const seen = await sessions.findOne({ where: { accountId }, order: [['lastSeenAt', 'DESC']] })
  await audit.record(ctx, {
    verb: 'account.suspended',
    subject: { kind: 'account', id: accountId },
    details: {
      ...(reason ? { reason } : {}),
      ...(tokens > 0 ? { tokens } : {}),
      ...(seen ? { lastSeenAt: seen.lastSeenAt.toISOString() } : {}),
    },
  })
  ctx.announce(schoolScope, schoolId, { kind: 'accountSuspended', body: { accountId } })
  ctx.announce(profileScope, accountId, { kind: 'changed', body: {} })
  ctx.rightsChanged(accountId)
}

/**
 * Opens a suspended account again; its devices sign in anew. `endPassword`: somebody else may know the old one, and it lets nobody
 * in any more. Throws `not-found`.
 */
export async function reactivate(
  ctx: WriteCtx,
  accountId: AccountId,
  { endPassword = false }: { readonly endPassword?: boolean | undefined } = {},
): Promise<void> {
  const row = await accounts.findOne({ where: { id: accountId, erasedAt: null }, lock: true, raw: true })
  if (!row) throw new Problem('not-found')
  const ends = endPassword && row.passwordHash !== null
  await accounts.update({ suspendedAt: null, ...(ends ? { passwordHash: null } : {}) }, { where: { id: accountId } })
  await sessions.destroy({ where: { accountId } })
  await audit.record(ctx, {
    verb: 'account.reactivated',
    subject: { kind: 'account', id: accountId },
    ...(ends ? { details: { passwordEnded: true } } : {}),
  })
  if (row.suspendedAt === null) return
  ctx.announce(schoolScope, schoolId, { kind: 'accountReactivated', body: { accountId } })
  ctx.announce(profileScope, accountId, { kind: 'changed', body: {} })
}

/** What a person sees of their own row. */
export const ownView = (row: AccountRow) => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  email: row.email,
  hasPassword: row.passwordHash !== null,
  siteRole: row.siteRole,
  locale: row.locale,
  timeZone: row.timeZone,
  pronouns: row.pronouns,
  bio: row.bio,
  version: row.version,
})

async function getRow(id: AccountId): Promise<AccountRow> {
  const row = await accounts.findByPk(id)
  if (!row) throw new Error('The account just made is not there')
  return row
}
