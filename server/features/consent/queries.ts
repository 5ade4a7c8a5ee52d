// The text that holds, who agreed to what and who has not. Changes nothing, and asks no rights.
import * as z from 'zod/mini'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Page } from '#protocol/base/paging.ts'
import { type Agreement, type MinorsMeanwhile, minorsMeanwhile } from '#protocol/consent.ts'
import { consentKey } from '#server/features/accounts/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'
import { type ConsentTextRow, consentTexts } from './tables.ts'

const setting = z.object({ asked: z.int(), minors: minorsMeanwhile })

export interface Asking {
  /** Who agreed to an earlier version is asked; 0 while nobody is. */
  readonly asked: number
  readonly minors: MinorsMeanwhile
}

/** What is asked of everybody now. */
export async function readAsking(ctx: Ctx): Promise<Asking> {
  const [row] = await ctx.sql<{ value: unknown }>('select value from settings where key = $1', [consentKey])
  return setting.safeParse(row?.value).data ?? { asked: 0, minors: 'wait' }
}

/** The version that holds; null while there is none. */
export const findLatest = (): Promise<ConsentTextRow | null> =>
  consentTexts.findOne({ order: [['version', 'DESC']], raw: true })

/** The latest agreements of somebody, at most 20. */
export async function listAgreements(ctx: Ctx, accountId: AccountId): Promise<Agreement[]> {
  const rows = await ctx.sql<{ version: number; at: Date; by: string | null }>(
    `select g.version, g.at, case when g.by_id <> g.account_id then b.name end as by
       from consent_agreements g join accounts b on b.id = g.by_id
      where g.account_id = $1 order by g.id desc limit 20`,
    [accountId],
  )
  return rows.map(row => ({ ...row, at: new Date(row.at).toISOString() }))
}

/** Those of these people who have agreed to none since `asked`. */
export const notAgreed = (
  ctx: Ctx,
  ids: readonly AccountId[],
  asked: number,
): Promise<{ accountId: AccountId; name: string }[]> =>
  ctx.sql('select id as "accountId", name from accounts where id = any($1::uuid[]) and agreed < $2 order by name, id', [
    [...ids],
    asked,
  ])

const missing = `a.kind = 'member' and a.agreed < $1 and a.suspended_at is null and a.erased_at is null and a.merged_into is null`

/** How many members have not agreed. */
export async function countMissing(ctx: Ctx, asked: number): Promise<number> {
  const [row] = await ctx.sql<{ count: number }>(`select count(*)::int as count from accounts a where ${missing}`, [
    asked,
  ])
  return row?.count ?? 0
}

interface Missing {
  readonly accountId: AccountId
  readonly name: string
  readonly email: string | null
  readonly minor: boolean
}

/** Members who have not agreed, by name. One query. Throws `malformed` for a cursor that is none. */
export async function listMissing(
  ctx: Ctx,
  asked: number,
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
): Promise<Page<Missing>> {
  const from = readKeyset(after)
  const rows = await ctx.sql<Missing & { sort: string }>(
    `select a.id as "accountId", a.name, a.email, a.minor, lower(a.name) as sort from accounts a
      where ${missing} and ($2::text is null or (lower(a.name), a.id) > ($2, $3::uuid))
      order by lower(a.name), a.id limit $4`,
    [asked, from?.[0] ?? null, from?.[1] ?? null, limit + 1],
  )
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  const page = { items: items.map(({ sort: _, ...one }) => one) }
  return rows.length > limit && last ? { ...page, next: writeKeyset(last.sort, last.accountId) } : page
}

/** For the copy of somebody's data. */
export const exportAgreements = (ctx: Ctx, accountId: AccountId): Promise<object[]> =>
  ctx.sql(
    `select g.version, g.at, case when g.by_id = g.account_id then 'themselves' else 'a guardian' end as by
       from consent_agreements g where g.account_id = $1 order by g.id`,
    [accountId],
  )
