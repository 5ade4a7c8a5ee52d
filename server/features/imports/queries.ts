// How imports stand: their counts, and the rows that were not taken.
import type { Page } from '#protocol/base/paging.ts'
import { demand } from '#protocol/base/problems.ts'
import type { ImportedRow, ImportId, ImportState, SiteImport } from '#protocol/imports.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readIdCursor, readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'

interface Row {
  readonly id: ImportId
  readonly state: ImportState
  readonly author: string
  readonly createdAt: Date
  readonly finishedAt: Date | null
}

interface CountRow {
  readonly importId: ImportId
  readonly sort: 'people' | 'enrolments'
  readonly rows: number
  readonly made: number
  readonly wasThere: number
  readonly errors: number
  readonly handled: number
}

const none = { rows: 0, made: 0, wasThere: 0, errors: 0, handled: 0 }

async function withCounts(ctx: Ctx, rows: readonly Row[]): Promise<SiteImport[]> {
  const counted = await ctx.sql<CountRow>(
    `select import_id as "importId", sort, count(*)::int as rows,
       count(*) filter (where error is null and (outcome = 'made' or (outcome is null and account_id is null)))::int as made,
       count(*) filter (where error is null and (outcome = 'was there' or (outcome is null and account_id is not null)))::int as "wasThere",
       count(*) filter (where error is not null)::int as errors,
       count(*) filter (where outcome is not null or error is not null)::int as handled
     from import_rows where import_id = any($1::uuid[]) group by import_id, sort`,
    [rows.map(row => row.id)],
  )
  const of = (id: ImportId, sort: CountRow['sort']) =>
    counted.find(one => one.importId === id && one.sort === sort) ?? none
  return rows.map(row => ({
    id: row.id,
    state: row.state,
    author: row.author,
    createdAt: new Date(row.createdAt).toISOString(),
    finishedAt: row.finishedAt ? new Date(row.finishedAt).toISOString() : null,
    people: of(row.id, 'people'),
    enrolments: of(row.id, 'enrolments'),
  }))
}

const columns = `select i.id, i.state, a.name as author, i.created_at as "createdAt", i.finished_at as "finishedAt"
  from imports i join accounts a on a.id = i.author`

/** One import with its counts. Throws `not-found`. */
export async function readImport(ctx: Ctx, id: ImportId): Promise<SiteImport> {
  const [found] = await withCounts(ctx, await ctx.sql<Row>(`${columns} where i.id = $1`, [id]))
  demand(found !== undefined, 'not-found')
  return found
}

/** Imports that were checked, the latest first. */
export async function listImports(
  ctx: Ctx,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<Page<SiteImport>> {
  const rows = await ctx.sql<Row>(
    `${columns} where i.state <> 'filling' and ($1::uuid is null or i.id < $1) order by i.id desc limit $2`,
    [readIdCursor(after), limit + 1],
  )
  const last = rows.slice(0, limit).at(-1)
  return {
    items: await withCounts(ctx, rows.slice(0, limit)),
    ...(rows.length > limit && last ? { next: last.id } : {}),
  }
}

/** Rows that are not taken: people first, by line. */
export async function listErrors(
  ctx: Ctx,
  { importId, after, limit }: { importId: ImportId; after?: string | undefined; limit: number },
): Promise<Page<ImportedRow>> {
  const cursor = readKeyset(after)
  const rows = await ctx.sql<ImportedRow & { place: string }>(
    `select r.*, (case sort when 'people' then 'a' else 'b' end || lpad(line::text, 8, '0')) as place
       from import_rows r
      where import_id = $1 and error is not null
        and ($2::text is null or (case sort when 'people' then 'a' else 'b' end || lpad(line::text, 8, '0')) > $2)
      order by place limit $3`,
    [importId, cursor?.[0] ?? null, limit + 1],
  )
  const last = rows.slice(0, limit).at(-1)
  return {
    items: rows.slice(0, limit).map(({ sort, line, name, email, role, course, error }) => ({
      ...{ sort, line, name, email, role, course, error },
    })),
    ...(rows.length > limit && last ? { next: writeKeyset(last.place, importId) } : {}),
  }
}
