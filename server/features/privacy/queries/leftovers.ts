// The proof that nothing is left: looks through every table for the id of somebody who was erased where it should be
// gone, and for their name and address wherever text is kept. Changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import type { ErasurePart, Leftover } from '#protocol/privacy.ts'
import { accountColumns } from '#server/features/accounts/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { wholeWords } from '../rules/names.ts'
import type { Sought } from '../tables.ts'

/** What is looked for is kept here until it was looked. */
const ownTable = 'erasures'

/** Rows in which each of these columns, as `table.column`, holds the account. */
async function countColumns(ctx: Ctx, columns: readonly string[], accountId: AccountId): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (const place of columns) {
    const [table, column] = place.split('.')
    const [row] = await ctx.sql<{ n: number }>(`select count(*)::int as n from "${table}" where "${column}" = $1`, [
      accountId,
    ])
    counts.set(place, row?.n ?? 0)
  }
  return counts
}

/** Every column of text, by table: words, lists of words and JSON. */
async function textColumns(ctx: Ctx): Promise<Map<string, string[]>> {
  const rows = await ctx.sql<{ table: string; column: string }>(
    `select c.relname as table, a.attname as column
       from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and a.attnum > 0 and not a.attisdropped and c.relname <> $1
        and a.atttypid = any('{text,varchar,json,jsonb,text[],tsvector}'::regtype[])
      order by 1, 2`,
    [ownTable],
  )
  const tables = new Map<string, string[]>()
  for (const { table, column } of rows) tables.set(table, [...(tables.get(table) ?? []), column])
  return tables
}

/** Whether somebody else is called so: then the name alone says nobody. */
async function isShared(ctx: Ctx, accountId: AccountId, name: string): Promise<boolean> {
  const found = await ctx.sql('select from accounts where name = $1 and id <> $2 limit 1', [name, accountId])
  return found.length > 0
}

/**
 * Where an erased person still stands, with the number of rows: `table.column` of every column that hooks answer for and
 * that should not hold their id any more, and of every column of text with their name (as whole words, unless somebody
 * else is called the same) or their address. An empty list is the proof.
 */
export async function findLeftovers(ctx: Ctx, accountId: AccountId, { name, email }: Sought): Promise<Leftover[]> {
  const gone = accountColumns().flatMap(({ column, stays }) => (stays === null ? [column] : []))
  const left = [...(await countColumns(ctx, gone, accountId))]
  const byName = name.trim() === '' || (await isShared(ctx, accountId, name)) ? null : wholeWords(name)
  const byEmail = email === null ? null : wholeWords(email)
  for (const [table, columns] of await textColumns(ctx)) {
    const counts = columns.map(
      (column, at) => `(count(*) filter (where "${column}"::text ~ $1 or "${column}"::text ~* $2))::int as c${at}`,
    )
    const [row] = await ctx.sql<Record<string, number>>(`select ${counts.join(', ')} from "${table}"`, [
      byName,
      byEmail,
    ])
    columns.forEach((column, at) => {
      left.push([`${table}.${column}`, row?.[`c${at}`] ?? 0])
    })
  }
  return left.filter(([, count]) => count > 0).map(([place, count]) => ({ place, count }))
}

/** What would become of everything that is kept about somebody, in records, a line a feature. */
export async function countParts(ctx: Ctx, accountId: AccountId): Promise<ErasurePart[]> {
  const columns = accountColumns()
  const counts = await countColumns(
    ctx,
    columns.map(one => one.column),
    accountId,
  )
  const parts = new Map<string, { deleted: number; kept: number; because: Set<ErasurePart['because'][number]> }>()
  for (const { feature, column, stays } of columns) {
    const count = counts.get(column) ?? 0
    if (count === 0) continue
    const part = parts.get(feature) ?? { deleted: 0, kept: 0, because: new Set() }
    if (stays === null) part.deleted += count
    else {
      part.kept += count
      part.because.add(stays)
    }
    parts.set(feature, part)
  }
  return [...parts].map(([feature, part]) => ({ feature, ...part, because: [...part.because].sort() }))
}
