// Who observes whom and which codes wait. Changes nothing, and asks no rights.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Page } from '#protocol/base/paging.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { SiteRole } from '#protocol/base/roles.ts'
import {
  type ObservationId,
  type Observer,
  type ObserverCode,
  type ObserverCodeId,
  type ObserverKind,
  type ObserverRules,
  observerRules,
} from '#protocol/observers.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readIdCursor, readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'
import type { Party, Span } from '../rules.ts'

/** Where the rules stand among the settings of the school. */
export const rulesKey = 'observers'

/** What learners may do about their observers: everything until the school says otherwise. */
export async function readRules(ctx: Ctx): Promise<ObserverRules> {
  const [row] = await ctx.sql<{ value: unknown }>('select value from settings where key = $1', [rulesKey])
  return observerRules.safeParse(row?.value).data ?? { learnersEnd: true, learnersInvite: true }
}

interface PersonRow {
  accountId: AccountId
  name: string
  siteRole: SiteRole
  comesIn: boolean
}

const comesIn = `(a.kind = 'member' and a.suspended_at is null and a.erased_at is null and a.merged_into is null)`
const personColumns = `a.id as "accountId", a.name, a.site_role as "siteRole", ${comesIn} as "comesIn"`

/** Somebody by their id. Throws `not-found`. */
export async function readParty(ctx: Ctx, accountId: AccountId): Promise<Party & { readonly name: string }> {
  const [row] = await ctx.sql<PersonRow>(`select ${personColumns} from accounts a where a.id = $1`, [accountId])
  if (!row) throw new Problem('not-found')
  return row
}

interface LinkRow {
  id: ObservationId
  accountId: AccountId
  name: string
  kind: ObserverKind
  at: Date
  until: Date | null
}

const wireOf = ({ id, accountId, name, kind, at, until }: LinkRow): Observer => ({
  id,
  accountId,
  name,
  kind,
  since: new Date(at).toISOString(),
  until: until && new Date(until).toISOString(),
})

const standing = `o.ended_at is null and (o.until is null or o.until > $2) and ${comesIn}`

interface Listed {
  readonly after?: string | undefined
  readonly limit: number
}

/** Who observes a learner now, the latest first. One query. Throws `malformed` for a cursor that is none. */
export async function listObservers(ctx: Ctx, learnerId: AccountId, { after, limit }: Listed): Promise<Page<Observer>> {
  const rows = await ctx.sql<LinkRow>(
    `select o.id, a.id as "accountId", a.name, o.kind, o.at, o.until
       from observations o join accounts a on a.id = o.observer_id
      where o.learner_id = $1 and ${standing} and ($3::uuid is null or o.id < $3)
      order by o.id desc limit $4`,
    [learnerId, ctx.now, readIdCursor(after), limit + 1],
  )
  const items = rows.slice(0, limit).map(wireOf)
  const last = items.at(-1)
  return rows.length > limit && last ? { items, next: last.id } : { items }
}

/**
 * Whom somebody observes now, by name; whoever may not be observed is left out. One query. Throws `malformed` for a
 * cursor that is none.
 */
export async function listObserved(ctx: Ctx, observerId: AccountId, { after, limit }: Listed): Promise<Page<Observer>> {
  const from = readKeyset(after)
  const rows = await ctx.sql<LinkRow & { sort: string }>(
    `select o.id, a.id as "accountId", a.name, o.kind, o.at, o.until, lower(a.name) as sort
       from observations o join accounts a on a.id = o.learner_id
      where o.observer_id = $1 and ${standing} and a.site_role = 'member'
        and ($3::text is null or (lower(a.name), o.id) > ($3, $4::uuid))
      order by lower(a.name), o.id limit $5`,
    [observerId, ctx.now, from?.[0] ?? null, from?.[1] ?? null, limit + 1],
  )
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  const page = { items: items.map(wireOf) }
  return rows.length > limit && last ? { ...page, next: writeKeyset(last.sort, last.id) } : page
}

export interface Link extends Span {
  readonly learner: Party & { readonly name: string }
  readonly observed: Observer
}

/** The latest link of an observer to a learner, whether it holds or not; undefined where there never was one. One query. */
export async function findLink(ctx: Ctx, observerId: AccountId, learnerId: AccountId): Promise<Link | undefined> {
  const [row] = await ctx.sql<PersonRow & LinkRow & { endedAt: Date | null }>(
    `select ${personColumns}, o.id, o.kind, o.at, o.until, o.ended_at as "endedAt"
       from observations o join accounts a on a.id = o.learner_id
      where o.observer_id = $1 and o.learner_id = $2 order by o.ended_at desc nulls first, o.id desc limit 1`,
    [observerId, learnerId],
  )
  if (!row) return undefined
  const { until, endedAt } = row
  return {
    learner: row,
    observed: wireOf(row),
    until: until && new Date(until),
    endedAt: endedAt && new Date(endedAt),
  }
}

/** How many observe a learner, and how many somebody observes, as of now. One query. */
export async function countLinks(
  ctx: Ctx,
  observerId: AccountId,
  learnerId: AccountId,
): Promise<{ observers: number; observed: number }> {
  const [row] = await ctx.sql<{ observers: number; observed: number }>(
    `select count(*) filter (where learner_id = $2)::int as observers,
            count(*) filter (where observer_id = $1)::int as observed
       from observations where (learner_id = $2 or observer_id = $1) and ended_at is null
        and (until is null or until > $3)`,
    [observerId, learnerId, ctx.now],
  )
  return row ?? { observers: 0, observed: 0 }
}

/** Who observes any of these people now. One query. */
export async function observersOf(ctx: Ctx, learnerIds: readonly AccountId[]): Promise<AccountId[]> {
  const rows = await ctx.sql<{ id: AccountId }>(
    `select distinct observer_id as id from observations
      where learner_id = any($1::uuid[]) and ended_at is null and (until is null or until > $2)`,
    [[...learnerIds], ctx.now],
  )
  return rows.map(row => row.id)
}

/** The minors whose guardian somebody is now. One query. */
export async function guardedBy(ctx: Ctx, guardianId: AccountId): Promise<AccountId[]> {
  const rows = await ctx.sql<{ id: AccountId }>(
    `select a.id from observations o join accounts a on a.id = o.learner_id
      where o.observer_id = $1 and o.kind = 'guardian' and a.minor and ${standing} order by o.id`,
    [guardianId, ctx.now],
  )
  return rows.map(row => row.id)
}

/** The codes of a learner that can still be used, the latest first. */
export async function listCodes(ctx: Ctx, learnerId: AccountId): Promise<ObserverCode[]> {
  const rows = await ctx.sql<{ id: ObserverCodeId; at: Date; expiresAt: Date }>(
    `select id, at, expires_at as "expiresAt" from observer_codes
      where learner_id = $1 and expires_at > $2 order by id desc`,
    [learnerId, ctx.now],
  )
  return rows.map(({ id, at, expiresAt }) => ({
    id,
    at: new Date(at).toISOString(),
    expiresAt: new Date(expiresAt).toISOString(),
  }))
}

/** What is kept of somebody here, for the copy of their data: both sides, what ended too. */
export async function exportLinks(ctx: Ctx, accountId: AccountId): Promise<object> {
  const side = (mine: 'learner' | 'observer', other: 'learner' | 'observer') =>
    ctx.sql(
      `select a.name, o.kind, o.at, o.until, o.ended_at from observations o join accounts a on a.id = o.${other}_id
        where o.${mine}_id = $1 order by o.id`,
      [accountId],
    )
  return { observers: await side('learner', 'observer'), observed: await side('observer', 'learner') }
}

/** Somebody a list names, as far as the list matters. */
export interface ListedParty extends Party {
  readonly name: string
  readonly email: string
}

/** The members who have one of these addresses, given in small letters. One query. */
export const partiesByEmail = (ctx: Ctx, emails: readonly string[]): Promise<ListedParty[]> =>
  ctx.sql<ListedParty>(
    `select ${personColumns}, lower(a.email) as email from accounts a
      where lower(a.email) = any($1::text[]) and a.kind = 'member' and a.erased_at is null`,
    [[...new Set(emails)]],
  )

/** A link that is not ended, told by whom it joins. */
export interface OpenLink {
  readonly observerId: AccountId
  readonly learnerId: AccountId
  readonly until: Date | null
}

/** The links that any of these are in on either side and that nobody ended. One query. */
export const openLinks = (ctx: Ctx, ids: readonly AccountId[]): Promise<OpenLink[]> =>
  ctx.sql<OpenLink>(
    `select observer_id as "observerId", learner_id as "learnerId", until from observations
      where ended_at is null and (learner_id = any($1::uuid[]) or observer_id = any($1::uuid[]))`,
    [[...ids]],
  )

export interface WholeLink {
  readonly id: ObservationId
  readonly learner: string
  readonly learnerEmail: string | null
  readonly observer: string
  readonly observerEmail: string | null
  readonly kind: ObserverKind
  readonly until: Date | null
}

/** The links of the school that hold, in the order they were made: so many after one of them. One query. */
export const someLinks = (ctx: Ctx, after: ObservationId | null, most: number): Promise<WholeLink[]> =>
  ctx.sql<WholeLink>(
    `select o.id, l.name as learner, l.email as "learnerEmail", a.name as observer, a.email as "observerEmail", o.kind, o.until
       from observations o join accounts a on a.id = o.observer_id join accounts l on l.id = o.learner_id
      where ${standing} and ($1::uuid is null or o.id > $1) order by o.id limit $3`,
    [after, ctx.now, most],
  )

/** The time zone of somebody's account. One query. */
export async function zoneOf(ctx: Ctx, accountId: AccountId): Promise<string> {
  const [row] = await ctx.sql<{ zone: string }>('select time_zone as zone from accounts where id = $1', [accountId])
  return row?.zone ?? 'UTC'
}

/** Holds these people until the end of the transaction, in the order of their ids. */
export const holdPeople = (ctx: Ctx, ids: readonly AccountId[]): Promise<unknown> =>
  ctx.sql('select from accounts where id = any($1::uuid[]) order by id for no key update', [[...ids]])
