// The people of the school, a page at a time, for those who look after them. Changes nothing.

import type { PersonState, peopleRoutes, SitePerson } from '#protocol/accounts/people.ts'
import type { Input } from '#protocol/base/call.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Page } from '#protocol/base/paging.ts'
import type { SiteRole } from '#protocol/base/roles.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readIdCursor, readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'
import { otherWaysIn } from './ways-in.ts'

type PeopleInput = Input<typeof peopleRoutes.people>

interface PersonRow {
  readonly id: AccountId
  readonly name: string
  readonly email: string | null
  readonly kind: 'member' | 'guest'
  readonly siteRole: SiteRole
  readonly state: PersonState
  readonly minor: boolean
  readonly createdAt: Date
  readonly seenAt: Date | null
  readonly sort: string
}

/** SQL for how the account `a` stands. Guests have no password and are let in by the device they came with. */
export const accountState = (): string => `case when a.suspended_at is not null then 'suspended'
  when a.kind = 'member' and a.password_hash is null and ${otherWaysIn()} = 0
    and not exists (select from sessions s where s.account_id = a.id) then 'waiting'
  else 'active' end`

export interface LinkableRow {
  readonly accountId: AccountId
  readonly name: string
  readonly email: string | null
  readonly siteRole: SiteRole
  readonly state: PersonState
}

/** The members among these, locked in the order of their ids; erased and merged ones are not there. */
export const lockMembers = (ctx: Ctx, ids: readonly AccountId[]): Promise<LinkableRow[]> =>
  ctx.sql<LinkableRow>(
    `select a.id as "accountId", a.name, a.email, a.site_role as "siteRole", ${accountState()} as state from accounts a
      where a.id = any($1::uuid[]) and a.kind = 'member' and a.erased_at is null and a.merged_into is null
      order by a.id for update of a`,
    [[...ids]],
  )

// Sessions end, by whoever has them and by others; when somebody was here stays: in the record of what they did themselves, and
// of their being suspended or signed out by others.
const seenAt = `greatest(
  (select max(s.last_seen_at) from sessions s where s.account_id = p.id),
  (select e.at from audit_entries e
    where e.actor = p.id and e.subject_id = p.id::text and e.verb in ('session.started', 'session.ended')
    order by e.at desc limit 1),
  (select (d.details::jsonb ->> 'lastSeenAt')::timestamptz from audit_entries e join audit_details d on d.entry_id = e.id
    where e.subject_id = p.id::text and e.verb in ('account.suspended', 'account.signed-out')
      and d.details::jsonb ? 'lastSeenAt' order by e.id desc limit 1))`

const pattern = (search: string | undefined): string | null =>
  search ? `%${search.replace(/[\\%_]/g, match => `\\${match}`)}%` : null

/** People by name or by age; erased and merged ones are not there. Throws `malformed` for a cursor that is none. */
export async function listPeople(ctx: Ctx, input: PeopleInput): Promise<Page<SitePerson>> {
  const byName = input.sort === 'name'
  const after = byName ? readKeyset(input.after) : undefined
  const before = byName ? null : readIdCursor(input.after)
  const rows = await ctx.sql<PersonRow>(
    `select p.*, ${seenAt} as "seenAt" from (
       select a.id, a.name, a.email, a.kind, a.site_role as "siteRole", ${accountState()} as state, a.minor, a.created_at as "createdAt",
              lower(a.name) as sort
         from accounts a
        where a.erased_at is null and a.merged_into is null
          and ($1::text is null or a.name ilike $1 or a.email ilike $1)
          and ($2::text is null or a.site_role = $2)
          and ($3::text is null or ${accountState()} = $3)
          and ($4::text is null or (lower(a.name), a.id) > ($4, $5::uuid))
          and ($6::uuid is null or a.id < $6)
          and ($8::text is null or a.kind = $8)
        order by ${byName ? 'lower(a.name), a.id' : 'a.id desc'} limit $7
     ) p order by ${byName ? 'p.sort, p.id' : 'p.id desc'}`,
    [
      pattern(input.search),
      input.siteRole ?? null,
      input.state ?? null,
      after?.[0] ?? null,
      after?.[1] ?? null,
      before,
      input.limit + 1,
      input.kind ?? null,
    ],
  )
  const shown = rows.slice(0, input.limit)
  const last = shown.at(-1)
  return {
    items: shown.map(row => ({
      accountId: row.id,
      name: row.name,
      email: row.email,
      kind: row.kind,
      siteRole: row.siteRole,
      state: row.state,
      minor: row.minor,
      createdAt: new Date(row.createdAt).toISOString(),
      lastSeenAt: row.seenAt ? new Date(row.seenAt).toISOString() : null,
    })),
    ...(rows.length > input.limit && last ? { next: byName ? writeKeyset(last.sort, last.id) : last.id } : {}),
  }
}

/** How many there are of each; guests apart from members. */
export async function countPeople(
  ctx: Ctx,
): Promise<{ active: number; waiting: number; suspended: number; guests: number }> {
  const rows = await ctx.sql<{ state: PersonState; kind: 'member' | 'guest'; count: number }>(
    `select state, kind, count(*)::int as count from (
       select ${accountState()} as state, a.kind from accounts a where a.erased_at is null and a.merged_into is null
     ) p group by state, kind`,
  )
  const of = (state: PersonState) => rows.find(row => row.kind === 'member' && row.state === state)?.count ?? 0
  const guests = rows.filter(row => row.kind === 'guest').reduce((sum, row) => sum + row.count, 0)
  return { active: of('active'), waiting: of('waiting'), suspended: of('suspended'), guests }
}
