// Names and addresses of many people as another system has them, for lists that come again. Rights were asked by whoever calls.
import * as z from 'zod/mini'
import { profileScope } from '#protocol/accounts/profile.ts'
import { userScope } from '#protocol/accounts.ts'
import { type AccountId, accountId as accountIdSchema } from '#protocol/base/ids.ts'
import { audit } from '#server/features/audit/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { accounts } from '../tables.ts'
import { tellRenamed } from './hooks.ts'

export interface NamedMember {
  readonly accountId: AccountId
  readonly name: string
  /** In lower case. */
  readonly email: string
}

const renamedData = z.object({ accountId: accountIdSchema })

/** Tells one of many that they are called otherwise, and everything that shows their name. */
export const renamedJob: JobBinding = {
  name: 'accounts.renamed',
  run: async (ctx, data) => {
    const { accountId } = z.parse(renamedData, data)
    const row = await accounts.findByPk(accountId, { raw: true })
    if (!row || row.erasedAt) return
    ctx.announce(userScope, accountId, { kind: 'profileChanged', body: { name: row.name } })
    ctx.announce(profileScope, accountId, { kind: 'changed', body: {} })
    ctx.rightsChanged(accountId)
    await tellRenamed(ctx, accountId)
  },
}

/**
 * Gives members these names and addresses. Answers those whom that changed, with what they were before; whose new address
 * is somebody else's is left as they are, and named in `taken`. `why` stands in the trail.
 */
export async function correctMembers(
  ctx: WriteCtx,
  people: readonly NamedMember[],
  why: Readonly<Record<string, unknown>>,
): Promise<{ was: Map<AccountId, { name: string; email: string }>; taken: Set<AccountId> }> {
  if (people.length === 0) return { was: new Map(), taken: new Set() }
  const given = [people.map(one => one.accountId), people.map(one => one.name), people.map(one => one.email)]
  const list = 'unnest($1::uuid[], $2::text[], $3::text[]) as n(id, name, email)'
  const others = await ctx.sql<{ id: AccountId }>(
    `select n.id from ${list} join accounts a on lower(a.email) = n.email and a.id <> n.id and n.name is not null`,
    given,
  )
  const taken = new Set(others.map(one => one.id))
  const rows = await ctx.sql<{ id: AccountId; name: string; email: string; newName: string; newEmail: string }>(
    `with was as (
       select a.id, a.name, a.email from ${list} join accounts a on a.id = n.id
        where a.kind = 'member' and a.erased_at is null and a.merged_into is null and not a.id = any($4::uuid[])
          and (a.name <> n.name or lower(a.email) is distinct from n.email)
        order by a.id for update of a)
     update accounts a set name = n.name, email = n.email, version = a.version + 1
       from ${list} join was on was.id = n.id where a.id = n.id
     returning a.id, was.name, coalesce(lower(was.email), '') as email, a.name as "newName", a.email as "newEmail"`,
    [...given, [...taken]],
  )
  await audit.recordAll(
    ctx,
    rows.map(({ id, name, email, newName, newEmail }) => ({
      verb: 'account.changed',
      subject: { kind: 'account', id },
      details: { before: { name, email }, after: { name: newName, email: newEmail }, ...why },
    })),
  )
  for (const one of rows) if (one.name !== one.newName) await ctx.enqueue(renamedJob, { accountId: one.id })
  return { was: new Map(rows.map(({ id, name, email }) => [id, { name, email }])), taken }
}
