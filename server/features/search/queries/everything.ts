// Finds whatever has the words, closest first: one query over all kinds, its conditions those of the sources. Changes
// nothing.
import type { Input } from '#protocol/base/call.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Page } from '#protocol/base/paging.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { SiteRole } from '#protocol/base/roles.ts'
import { type Hit, type HitKind, hitGroups, type searchRoutes } from '#protocol/search.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'
import { fewestBeginning, hitEnd, hitStart, isHalfTyped, piecesOf } from '../rules.ts'
import { readerOf } from './reader.ts'
import { type SearchSource, sourcesOf } from './sources.ts'

type EverythingInput = Input<typeof searchRoutes.everything>

interface Row {
  ref_id: string
  kind: HitKind
  at: Date | null
  course_id: string | null
  course_title: string | null
  title: string
  excerpt: string
  place: Partial<Hit> | null
  sort: string
}

// A message is read whole; of a book the part in which something can be found and shown in a moment.
const longestExcerpted = 60_000
// Pages of before are Markdown, whose signs are no words.
const shownBody = `case e.kind when 'page' then regexp_replace(left(e.body, ${longestExcerpted}), '[*_#\`>]+', '', 'g')
  else left(e.body, ${longestExcerpted}) end`
const marks = `StartSel=${hitStart}, StopSel=${hitEnd}`

// In every language there is, each asked of the words that are in it; what belongs to no course is in none. What is half
// typed is a beginning: PostgreSQL writes a query down with its last word last, without the ending, so that its length counts anew. What nothing but absence is
// asked of would be everything there is: it finds nothing.
const asked = (words: string, half: string) => `
  select l.language, ('search_' || l.language)::regconfig as configuration,
    (case when ${half} and s.plain ~ '''[^'']{${fewestBeginning},}''$' then s.plain || ':*' else s.plain end)::tsquery as query
  from (select 'simple' as language union select language from courses) l
  cross join lateral (select websearch_to_tsquery(('search_' || l.language)::regconfig, ${words})::text as plain) s
  where querytree(s.plain::tsquery) not in ('', 'T')`

const literal = (kinds: readonly HitKind[]) => kinds.map(kind => `'${kind}'`).join(', ')

const cursorForm = /^(\d+(?:\.\d+)?) (\d{1,16})$/

function placeOf(after: string | undefined): [rank: string, at: string, id: string] | undefined {
  const cursor = readKeyset(after)
  if (!cursor) return undefined
  const [, rank, at] = cursorForm.exec(cursor[0]) ?? []
  if (rank === undefined || at === undefined)
    throw new Problem('malformed', { errors: [{ path: 'after', code: 'invalid_format' }] })
  return [rank, at, cursor[1]]
}

/**
 * A page of what has the words and may be opened by `who` now. The number of queries does not grow with what there is.
 * Throws `malformed` for a cursor that is none.
 */
export async function findEverything(
  ctx: Ctx,
  who: { readonly accountId: AccountId; readonly siteRole: SiteRole },
  input: EverythingInput,
): Promise<Page<Hit>> {
  const after = placeOf(input.after)
  const reader = await readerOf(ctx, who)
  const values: unknown[] = []
  const value = (given: unknown) => `$${values.push(given)}`
  const kinds = input.group && hitGroups[input.group]
  const sources: { source: SearchSource; where: string; place: string }[] = []
  for (const source of sourcesOf(kinds)) {
    const { where, place = 'null::json' } = await source.findable(ctx, reader, value)
    sources.push({ source, where, place })
  }
  const each = (what: 'where' | 'place', otherwise: string) =>
    `case ${sources.map(one => `when e.kind in (${literal(one.source.kinds)}) then ${one[what]}`).join('\n')} else ${otherwise} end`
  const words = value(input.words.replaceAll('\0', ' '))
  const rows = await ctx.sql<Row>(
    `with asked as materialized (${asked(words, value(isHalfTyped(input.words)))}),
     ranked as (
       select e.ref_id, asked.query, asked.configuration,
         round(ts_rank('{0.1, 0.2, 0.3, 1}', e.vector, asked.query)::numeric, 3) as rank,
         (extract(epoch from e.at) * 1000000)::bigint as moment
       from asked join search_entries e on e.language = asked.language and e.vector @@ asked.query
       where (${value(input.courseId ?? null)}::uuid is null or e.course_id = $${values.length})
         ${kinds ? `and e.kind in (${literal(kinds)})` : ''}
         and ${each('where', 'false')}
     ), page as (
       select * from ranked
       where ${value(after?.[0] ?? null)}::numeric is null
         or (rank, moment, ref_id) < ($${values.length}, ${value(after?.[1] ?? null)}::bigint, ${value(after?.[2] ?? null)}::uuid)
       order by rank desc, moment desc, ref_id desc limit ${value(input.limit + 1)}
     )
     select e.ref_id, e.kind, nullif(e.at, 'epoch') as at, c.id as course_id, c.title as course_title,
       ts_headline(page.configuration, e.title, page.query, 'HighlightAll=true, ${marks}') as title,
       ts_headline(page.configuration, ${shownBody}, page.query,
         'MinWords=12, MaxWords=32, ShortWord=0, ${marks}') as excerpt,
       ${each('place', 'null')} as place,
       page.rank || ' ' || page.moment as sort
     from page join search_entries e on e.ref_id = page.ref_id left join courses c on c.id = e.course_id
     order by page.rank desc, page.moment desc, page.ref_id desc`,
    values,
  )
  const shown = rows.slice(0, input.limit)
  const last = shown.at(-1)
  return {
    items: shown.map(hitOf),
    ...(rows.length > input.limit && last ? { next: writeKeyset(last.sort, last.ref_id) } : {}),
  }
}

// The answer's schema parses what the source told of its kind; here the two halves are only put together.
const hitOf = (row: Row): Hit =>
  ({
    kind: row.kind,
    id: row.ref_id,
    title: piecesOf(row.title),
    excerpt: piecesOf(row.excerpt),
    at: row.at && new Date(row.at).toISOString(),
    course: row.course_id === null ? null : { id: row.course_id, title: row.course_title ?? '' },
    ...row.place,
  }) as Hit
