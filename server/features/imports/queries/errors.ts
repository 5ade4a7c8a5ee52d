// The rows of an import that are not taken: one by one, and by the fault that many of them have alike. Changes nothing.
import type { Page } from '#protocol/base/paging.ts'
import { type ErrorGroup, type ImportedRow, type ImportId, manyAlike, type RowError } from '#protocol/imports.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'
import { readImport } from './imports.ts'

/** What is wrong with the course that a row names, rather than with the row. */
const ofCourses: readonly RowError[] = ['no-course', 'course-ended', 'course-template', 'many-courses']

const courseSql = `case when error in (${ofCourses.map(one => `'${one}'`).join(', ')}) then lower(course) else '' end`
const placeSql = `(case sort when 'people' then 'a' else 'b' end || lpad(line::text, 8, '0'))`

/** Groups of the import $1 by the size $2, the first hundred: what is in these stands once, every other row by itself. */
const groupsSql = `
  select sort, error, ${courseSql} as about, min(course) as course, count(*)::int as rows
    from import_rows where import_id = $1 and error is not null
   group by sort, error, ${courseSql} having count(*) >= $2
   order by rows desc, sort desc, error, ${courseSql} limit 100`

interface Asked {
  readonly importId: ImportId
  readonly few: boolean
  readonly sort?: ImportedRow['sort'] | undefined
  readonly error?: RowError | undefined
  readonly course?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/** Rows that are not taken: people first, by line. Throws `malformed` for a cursor that is none. */
export async function listErrors(
  ctx: Ctx,
  { importId, few, sort, error, course, after, limit }: Asked,
): Promise<Page<ImportedRow>> {
  const cursor = readKeyset(after)
  const rows = await ctx.sql<ImportedRow & { place: string }>(
    `select * from (
       select sort, line, name, email, role, course, error, ${placeSql} as place, ${courseSql} as about
       from import_rows where import_id = $1 and error is not null
     ) as wrong
     where ($3::text is null or place > $3)
       and (not $5 or (sort, error, about) not in (select sort, error, about from (${groupsSql}) as alike))
       and ($6::text is null or sort = $6) and ($7::text is null or error = $7) and ($8::text is null or about = lower($8))
     order by place limit $4`,
    [importId, manyAlike, cursor?.[0] ?? null, limit + 1, few, sort ?? null, error ?? null, course ?? null],
  )
  const last = rows.slice(0, limit).at(-1)
  return {
    items: rows.slice(0, limit).map(row => ({
      ...{ sort: row.sort, line: row.line, name: row.name, email: row.email, role: row.role },
      ...{ course: row.course, error: row.error, there: null, endsOn: null, was: null },
      ...{ custom: null, thereCustom: null },
    })),
    ...(rows.length > limit && last ? { next: writeKeyset(last.place, importId) } : {}),
  }
}

/** Faults that many rows have alike, the most frequent first; a hundred at most. Throws `not-found`. */
export async function listErrorGroups(ctx: Ctx, importId: ImportId): Promise<ErrorGroup[]> {
  await readImport(ctx, importId)
  return ctx.sql<ErrorGroup>(
    `select sort, error, case when about = '' then '' else course end as course, rows from (${groupsSql}) as alike
      order by rows desc, sort desc, error, about`,
    [importId, manyAlike],
  )
}
