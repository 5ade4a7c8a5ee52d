// Finds titles: courses a person may open, what stands there for them, topics, and for staff the people; by the same
// rights as what is found by any word. Changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Page } from '#protocol/base/paging.ts'
import type { SiteRole } from '#protocol/base/roles.ts'
import type { Found, FoundKind, HitKind } from '#protocol/search.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'
import { patternsOf } from '../rules.ts'
import { standsFor } from './courses.ts'
import { type Reader, readerOf } from './reader.ts'
import { sourcesOf, type Value } from './sources.ts'

interface Row {
  kind: FoundKind
  id: string
  title: string
  course_id: string
  course_title: string
  item_kind: string | null
  ref_id: string | null
  badge: string | null
  sort: string
}

const titled: readonly HitKind[] = ['topic']

/** SQL: topics in the reader's courses, where the feature that has them says they may be found. */
async function topicsFor(ctx: Ctx, reader: Reader, value: Value): Promise<string> {
  const [source] = sourcesOf(titled)
  const { where } = source ? await source.findable(ctx, reader, value) : { where: 'false' }
  return `e.kind = 'topic' and e.course_id = any(${value(reader.courses.map(one => one.id))}::uuid[]) and ${where}`
}

/**
 * A page of what `who` may open now by its title. The number of queries does not grow with what there is. Throws
 * `malformed` for a cursor that is none.
 */
export async function findTitles(
  ctx: Ctx,
  who: { readonly accountId: AccountId; readonly siteRole: SiteRole },
  input: {
    readonly words: string
    readonly near?: string | undefined
    readonly after?: string | undefined
    readonly limit: number
  },
): Promise<Page<Found>> {
  const after = readKeyset(input.after)
  const patterns = patternsOf(input.words)
  if (!patterns) return { items: [] }
  const reader = await readerOf(ctx, who)
  const values: unknown[] = []
  const value: Value = given => `$${values.push(given)}`
  const each = `ilike all(${value(patterns.each)}::text[])`
  const near = `${value(input.near ?? null)}::uuid`
  const rows = await ctx.sql<Row>(
    `with everything as (
       select 'course' as kind, id, title, id as course_id, title as course_title, null as item_kind,
              null::uuid as ref_id, null as badge, 1 as rank
       from courses where id = any(${value(reader.where('course.view'))}::uuid[]) and (title ${each} or short_name ${each})
       union all
       select 'item', i.id, i.title, c.id, c.title, i.kind, i.ref_id, i.badge, 2
       from items i join courses c on c.id = i.course_id where ${standsFor(reader, value)} and i.title ${each}
       union all
       select 'topic', e.ref_id, e.title, c.id, c.title, null, null, null, 4
       from search_entries e join courses c on c.id = e.course_id
       where ${await topicsFor(ctx, reader, value)} and e.title ${each}
       union all
       select * from (
         select distinct on (a.id) 'person', a.id, a.name, c.id, c.title, null, null::uuid, null, 3
         from courses c
         join enrolments n on n.course_id = c.id and n.ended_at is null
         join accounts a on a.id = n.account_id and a.erased_at is null
         where c.id = any(${value(reader.where('course.view', 'course.view-people'))}::uuid[])
           and a.name ${each} and a.id <> ${value(who.accountId)}
         order by a.id, c.id = ${near} desc nulls last, c.id
       ) person
     ), sorted as (
       select *, (case when course_id = ${near} then 0 else 1 end) || ' ' ||
         (case when title ilike ${value(patterns.begins)} then 0 else 1 end) || ' ' || rank || ' ' || lower(title) as sort
       from everything
     )
     select * from sorted
     where ${value(after?.[0] ?? null)}::text is null or (sort, id) > ($${values.length}, ${value(after?.[1] ?? null)}::uuid)
     order by sort, id limit ${value(input.limit + 1)}`,
    values,
  )
  const shown = rows.slice(0, input.limit)
  const last = shown.at(-1)
  return {
    items: shown.map(row => ({
      kind: row.kind,
      id: row.id,
      title: row.title,
      courseId: row.course_id,
      courseTitle: row.course_title,
      item:
        row.item_kind === null || row.ref_id === null
          ? null
          : { kind: row.item_kind, refId: row.ref_id, badge: row.badge },
    })),
    ...(rows.length > input.limit && last ? { next: writeKeyset(last.sort, last.id) } : {}),
  }
}
