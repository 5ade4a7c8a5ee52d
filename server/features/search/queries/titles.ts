// Finds titles: courses a person is in, what stands there for them, topics, and for staff the people. One query; the
// rights are part of it. Changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Page } from '#protocol/base/paging.ts'
import type { SiteRole } from '#protocol/base/roles.ts'
import type { Found, FoundKind } from '#protocol/search.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'
import { patternsOf, rolesWith } from '../rules.ts'

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

// $1 who asks, $2 whether they see every course, $3 to $6 the roles that see courses, drafts, channels, people.
const foundSql = `
  with mine as (
    select c.id, c.title, c.short_name, $2 or r.role = any($4::text[]) as drafts,
           $2 or r.role = any($5::text[]) as talk, $2 or r.role = any($6::text[]) as people
    from courses c
    left join enrolments e on e.course_id = c.id and e.account_id = $1 and e.ended_at is null
    left join role_assignments r on r.account_id = e.account_id and r.context_kind = 'course' and r.context_id = c.id
    where c.removed_at is null and ($2 or r.role = any($3::text[]))
  ), everything as (
    select 'course' as kind, id, title, id as course_id, title as course_title, null as item_kind, null::uuid as ref_id,
           null as badge, 1 as rank
    from mine where title ilike all($7::text[]) or short_name ilike all($7::text[])
    union all
    select 'item', i.id, i.title, mine.id, mine.title, i.kind, i.ref_id, i.badge, 2
    from mine join items i on i.course_id = mine.id and i.removed_at is null
    left join modules m on m.id = i.module_id
    where m.removed_at is null and (mine.drafts or (i.published and i.audience = 'everybody' and not i.hidden and m.hidden is not true))
      and i.title ilike all($7::text[])
    union all
    select 'topic', t.id, t.title, mine.id, mine.title, null, null, null, 4
    from mine
    join channels h on h.context_kind = 'course' and h.context_id = mine.id and h.form = 'forum' and mine.talk
    join topics t on t.channel_id = h.id and t.standing = 'shown'
    where t.title ilike all($7::text[])
    union all
    select * from (
      select distinct on (a.id) 'person', a.id, a.name, mine.id, mine.title, null, null::uuid, null, 3
      from mine
      join enrolments e on e.course_id = mine.id and e.ended_at is null and mine.people
      join accounts a on a.id = e.account_id and a.erased_at is null
      where a.name ilike all($7::text[]) and a.id <> $1
      order by a.id, mine.id = $9::uuid desc nulls last, mine.id
    ) person
  ), sorted as (
    select *, (case when course_id = $9::uuid then 0 else 1 end) || ' ' ||
      (case when title ilike $8 then 0 else 1 end) || ' ' || rank || ' ' || lower(title) as sort
    from everything
  )
  select * from sorted where $10::text is null or (sort, id) > ($10, $11::uuid) order by sort, id limit $12`

/** A page of what `accountId` may open by its title. */
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
  const rows = await ctx.sql<Row>(foundSql, [
    who.accountId,
    who.siteRole === 'administrator',
    rolesWith('course.view'),
    rolesWith('content.change'),
    rolesWith('channel.read'),
    rolesWith('course.view-people'),
    patterns.each,
    patterns.begins,
    input.near ?? null,
    after?.[0] ?? null,
    after?.[1] ?? null,
    input.limit + 1,
  ])
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
