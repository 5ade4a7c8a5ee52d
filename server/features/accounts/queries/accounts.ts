// Reads accounts and sessions: who a token belongs to, what a person sees of themselves. Changes nothing.

import type { CustomRoleId } from '#protocol/access.ts'
import type { AccessToken, TokenId, TokenScope } from '#protocol/accounts/tokens.ts'
import type {
  BuiltInInvitedRole,
  DemoPerson,
  Device,
  InvitationId,
  OpenInvitation,
  userScope,
} from '#protocol/accounts.ts'
import type { AccountId, SessionId } from '#protocol/base/ids.ts'
import type { Page } from '#protocol/base/paging.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { SiteRole } from '#protocol/base/roles.ts'
import type { StateOf } from '#protocol/base/scope.ts'
import { textsIn } from '#protocol/texts/catalogues.ts'
import type { Texts } from '#protocol/texts/en/index.ts'
import type { Ctx, Who } from '#server/platform/ctx.ts'
import { gather } from '#server/platform/db/gather.ts'
import { hashSecret } from '#server/platform/db/id.ts'
import { readIdCursor } from '#server/platform/db/keyset.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { fatesOf } from '#server/platform/mail/outbox.ts'
import { describeAgent, invitationAbout, mayDemoSignIn } from '../rules.ts'
import { type AccessTokenRow, type AccountRow, accessTokens, accounts, sessions, settings } from '../tables.ts'
import { invitedRolesNamed } from './invited-roles.ts'

const nobody: Who = { kind: 'nobody' }

/** Where the school says which version of its text is asked for, `asked`, and what `minors` do meanwhile. */
export const consentKey = 'consent'

// Read with the session itself, so that no request asks a query more for it: the one row of the setting by its key.
const owesJoin = `left join (select (value ->> 'asked')::int as asked, value ->> 'minors' as minors from settings
    where key = '${consentKey}') c on a.kind = 'member' and a.agreed < c.asked`
const owesColumn = `case when c.asked is null then null when not a.minor then 'consent'
    when c.minors = 'wait' then 'guardian' end as owes`

type Owes = 'consent' | 'guardian' | null

interface SessionFacts {
  hash: string
  sessionId: SessionId
  accountId: AccountId
  siteRole: SiteRole
  name: string
  owes: Owes
  idleMs: number
}

const sessionsOf = gather(async (ctx, hashes: readonly Buffer[]) => {
  const rows = await ctx.sql<SessionFacts>(
    `select encode(s.token_hash, 'hex') as hash, s.id as "sessionId", a.id as "accountId", a.site_role as "siteRole", a.name,
       (extract(epoch from now() - s.last_seen_at) * 1000)::float8 as "idleMs", ${owesColumn}
     from sessions s join accounts a on a.id = s.account_id ${owesJoin}
     where s.token_hash = any($1::bytea[]) and s.expires_at > now() and a.suspended_at is null and a.erased_at is null
       and a.merged_into is null`,
    [hashes],
    'accounts-sessions',
  )
  const found = new Map(rows.map(row => [row.hash, row]))
  return hashes.map(hash => found.get(hash.toString('hex')))
})

type Member = Extract<Who, { kind: 'account' }>

/**
 * Who a session token belongs to, and how long ago its device was last noted as seen; undefined when it is unknown, ended
 * or run out, or the account is suspended. One query for all who ask at a moment.
 */
export async function findSession(token: string): Promise<{ who: Member; idleMs: number } | undefined> {
  if (token.length > 100) return undefined
  const row = await sessionsOf({ sql }, hashSecret(token))
  if (!row) return undefined
  const { sessionId, accountId, siteRole, name, owes, idleMs } = row
  return { who: { kind: 'account', accountId, sessionId, siteRole, name, ...(owes && { owes }) }, idleMs }
}

/**
 * Who an access token belongs to, what it opens, and how long ago it was last noted as used (null: never); undefined when
 * it is unknown, revoked or run out, or the account is suspended. One query. `sessionId` is the token's own id: no session
 * stands behind it.
 */
export async function findToken(
  secret: string,
): Promise<{ who: Member; scopes: readonly TokenScope[]; tokenId: TokenId; idleMs: number | null } | undefined> {
  if (secret.length > 100) return undefined
  const [row] = await sql<{
    tokenId: TokenId
    accountId: AccountId
    siteRole: SiteRole
    name: string
    scopes: TokenScope[]
    owes: Owes
    idleMs: number | null
  }>(
    `select t.id as "tokenId", a.id as "accountId", a.site_role as "siteRole", a.name, t.scopes,
       (extract(epoch from now() - t.last_used_at) * 1000)::float8 as "idleMs", ${owesColumn}
     from access_tokens t join accounts a on a.id = t.account_id ${owesJoin}
     where t.token_hash = $1 and (t.expires_at is null or t.expires_at > now())
       and a.suspended_at is null and a.erased_at is null`,
    [hashSecret(secret)],
  )
  if (!row) return undefined
  const { tokenId, accountId, siteRole, name, scopes, owes, idleMs } = row
  const sessionId = tokenId as string as SessionId
  return {
    who: { kind: 'account', accountId, sessionId, siteRole, name, ...(owes && { owes }) },
    scopes,
    tokenId,
    idleMs,
  }
}

/**
 * Somebody in whose name a job goes on, as they are now, also when their account went into another one; nobody when they may
 * not come in any more. `sessionId` is the id of what the job is about: no session stands behind it.
 */
export async function identifyAuthor(ctx: Ctx, author: AccountId, about: string): Promise<Who> {
  const accountId = await currentAccountId(ctx, author)
  const [row] = await ctx.sql<{ siteRole: SiteRole; name: string }>(
    `select site_role as "siteRole", name from accounts where id = $1 and suspended_at is null and erased_at is null`,
    [accountId],
  )
  return row ? { kind: 'account', accountId, sessionId: about as SessionId, ...row } : nobody
}

/** A token as its owner sees it. */
export const tokenView = (row: AccessTokenRow): AccessToken => ({
  id: row.id,
  name: row.name,
  scopes: row.scopes,
  createdAt: row.createdAt.toISOString(),
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  expiresAt: row.expiresAt?.toISOString() ?? null,
})

/** The tokens of an account, newest first; at most `mostTokens` of them. */
export const listTokens = async (accountId: AccountId): Promise<AccessToken[]> =>
  (await accessTokens.findAll({ where: { accountId }, order: [['id', 'DESC']] })).map(tokenView)

/** An account's row. Throws `not-found`. */
export async function getAccount(id: AccountId): Promise<AccountRow> {
  const row = await accounts.findByPk(id)
  if (!row) throw new Problem('not-found')
  return row
}

/** Finds who signs in with an address. */
export async function findByEmail(ctx: Ctx, email: string): Promise<AccountRow | undefined> {
  const [row] = await ctx.sql<{ id: AccountId }>('select id from accounts where lower(email) = lower($1)', [email])
  return (row && (await accounts.findByPk(row.id))) ?? undefined
}

/** Where an id leads: itself, or the account it was merged into, however often that happened. */
export async function currentAccountId(ctx: Ctx, id: AccountId): Promise<AccountId> {
  const rows = await ctx.sql<{ id: AccountId }>(
    `with recursive way as (
       select id, merged_into, 0 as depth from accounts where id = $1
       union all
       select a.id, a.merged_into, way.depth + 1 from accounts a join way on a.id = way.merged_into where depth < 16
     ) select id from way order by depth desc limit 1`,
    [id],
  )
  return rows[0]?.id ?? id
}

/** Has somebody opened the demo school's staff to the network? */
export const isDemoOpen = async (): Promise<boolean> => (await settings.findByPk('demo-open'))?.value === true

/** Enough to try each side; the rest of a demo class sign in by e-mail. */
const demoPeopleOfAKind = 3

/** The people of the demo school who may sign in from where `ctx` comes from. */
export async function listDemoPeople(ctx: Ctx): Promise<DemoPerson[]> {
  const rows = await ctx.sql<Pick<AccountRow, 'name' | 'siteRole' | 'demo'> & { id: AccountId; email: string }>(
    `select id, name, email, site_role as "siteRole", demo from (
       select *, row_number() over (partition by site_role, demo order by id) as place from accounts
       where demo is not null and email is not null and suspended_at is null and erased_at is null
     ) as one
     where place <= $1 order by site_role = 'administrator', demo = 'learner', demo = 'assistant', id`,
    [demoPeopleOfAKind],
  )
  if (rows.length === 0) return []
  const opened = await isDemoOpen()
  return rows
    .filter(row => mayDemoSignIn({ demo: row.demo, siteRole: row.siteRole, local: ctx.local, opened }))
    .map(row => ({
      accountId: row.id,
      name: row.name,
      email: row.email,
      role: row.siteRole === 'administrator' ? 'administrator' : (row.demo ?? 'learner'),
    }))
}

/** The devices an account is signed in on, the one that asks first. */
export async function listDevices(ctx: Ctx, accountId: AccountId, current: SessionId): Promise<Device[]> {
  const rows = await sessions.findAll({ where: { accountId }, order: [['lastSeenAt', 'DESC']], limit: 100 })
  return rows
    .filter(row => row.expiresAt > ctx.now)
    .map(row => ({
      id: row.id,
      current: row.id === current,
      kind: row.deviceKind,
      ...describeAgent(row.userAgent),
      address: row.address,
      createdAt: row.createdAt.toISOString(),
      lastSeenAt: row.lastSeenAt.toISOString(),
    }))
    .sort((a, b) => Number(b.current) - Number(a.current))
}

/** The states of people's own scopes, in order. Throws `not-found` when one of them has no account. */
export async function userStates(ctx: Ctx, ids: readonly string[]): Promise<StateOf<typeof userScope>[]> {
  const rows = await ctx.sql<{ id: string; name: string; courses: number; grades: number; observed: number }>(
    `select id, name, courses_changed as courses, grades_changed as grades, observed_changed as observed
       from accounts where id = any($1::uuid[])`,
    [ids],
    'accounts-user-states',
  )
  const found = new Map(rows.map(row => [row.id, row]))
  return ids.map(id => {
    const row = found.get(id)
    if (!row) throw new Problem('not-found')
    return { name: row.name, changed: { courses: row.courses, grades: row.grades, observed: row.observed } }
  })
}

/**
 * Invitations that can still be used, of a course or (without one) of the school; newest first. Asks no rights. Throws
 * `malformed` for a cursor that is none.
 */
export async function listInvitations(
  ctx: Ctx,
  { courseId, after, limit }: { courseId?: string | undefined; after?: string | undefined; limit: number },
): Promise<Page<OpenInvitation>> {
  const rows = await ctx.sql<{
    id: InvitationId
    email: string | null
    site_role: SiteRole
    role: BuiltInInvitedRole | null
    custom: CustomRoleId | null
    name: string
    created_at: Date
    expires_at: Date
  }>(
    `select i.id, i.email, i.site_role, i.role, i.custom, a.name, i.created_at, i.expires_at
       from invitations i join accounts a on a.id = i.invited_by
      where i.course_id is not distinct from $1 and i.account_id is distinct from i.invited_by and i.used_at is null and i.revoked_at is null and i.expires_at > $2
        and ($3::uuid is null or i.id < $3)
      order by i.id desc limit $4`,
    [courseId ?? null, ctx.now, readIdCursor(after), limit + 1],
  )
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const fates = await fatesOf(
    ctx,
    shown.map(row => invitationAbout(row.id)),
  )
  const named = await invitedRolesNamed(
    ctx,
    shown.map(row => row.custom),
  )
  return {
    items: shown.map(row => ({
      id: row.id,
      mail: fates.get(invitationAbout(row.id)) ?? null,
      email: row.email,
      siteRole: row.site_role,
      role: row.role,
      custom: named(row.custom),
      invitedBy: row.name,
      createdAt: new Date(row.created_at).toISOString(),
      expiresAt: new Date(row.expires_at).toISOString(),
    })),
    ...(rows.length > limit && last ? { next: last.id } : {}),
  }
}

/** The words for whoever asks, in the language of their account; English for nobody. One query. */
export async function readersTexts(ctx: Ctx): Promise<Texts> {
  const { who } = ctx
  const [row] =
    who.kind === 'account'
      ? await ctx.sql<{ locale: string }>('select locale from accounts where id = $1', [who.accountId])
      : []
  return textsIn(row?.locale ?? 'en')
}

/** The names of accounts, by id. */
export async function accountNames(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await ctx.sql<{ id: string; name: string }>('select id, name from accounts where id = any($1::uuid[])', [
    ids,
  ])
  return new Map(rows.map(row => [row.id, row.name]))
}
