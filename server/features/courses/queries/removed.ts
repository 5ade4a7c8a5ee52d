// What was removed from the outline of a course, the latest first: items and modules, for those who may bring them back.
// Changes nothing.
import type { Page } from '#protocol/base/paging.ts'
import type { RemovedThing } from '#protocol/courses/outline.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readKeyset } from '#server/platform/db/keyset.ts'
import { containing } from '#server/platform/db/like.ts'
import { type ListInput, pageFrom } from './lists.ts'
import { canStand } from './standing.ts'

interface Row {
  subject: RemovedThing['subject']
  id: string
  title: string
  kind: string | null
  ref_id: string | null
  module_title: string | null
  removed_at: Date
  removed_by: string | null
  holds: number
  sort: string
}

/**
 * Removed items and modules. What its own feature keeps in a bin, such as a file, is left out: it comes back from
 * there, and a page of this list may hold fewer for it. One query, and what its feature asks for each thing that has
 * such a bin. Throws `malformed` for a cursor that is none.
 */
export async function listRemoved(ctx: Ctx, courseId: CourseId, input: ListInput): Promise<Page<RemovedThing>> {
  const after = readKeyset(input.after)
  const rows = await ctx.sql<Row>(
    `select t.subject, t.id, t.title, t.kind, t.ref_id, t.module_title, t.removed_at, a.name as removed_by, t.holds, t.sort
       from (
         select 'item' as subject, i.id, i.title, i.kind, i.ref_id, m.title as module_title, i.removed_at, i.removed_by,
                0 as holds, to_char(i.removed_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS') as sort
           from items i left join modules m on m.id = i.module_id
          where i.course_id = $1 and i.removed_at is not null
         union all
         select 'module', m.id, m.title, null, null, null, m.removed_at, m.removed_by,
                (select count(*)::int from items i where i.module_id = m.id and i.removed_at is null),
                to_char(m.removed_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS')
           from modules m where m.course_id = $1 and m.removed_at is not null
       ) t left join accounts a on a.id = t.removed_by
      where ($2::text is null or t.title ilike $2) and ($3::text is null or (t.sort, t.id) < ($3, $4::uuid))
      order by t.sort desc, t.id desc limit $5`,
    [courseId, containing(input.search), after?.[0] ?? null, after?.[1] ?? null, input.limit + 1],
  )
  const page = pageFrom(rows, input.limit, row => row)
  const items: RemovedThing[] = []
  for (const row of page.items) {
    const { subject, id, title, kind, ref_id: refId, holds } = row
    if (kind !== null && refId !== null && !(await canStand(ctx, { kind, refId }))) continue
    const [removedAt, removedBy] = [new Date(row.removed_at).toISOString(), row.removed_by]
    items.push({ subject, id, title, kind, moduleTitle: row.module_title, removedAt, removedBy, holds })
  }
  return { ...page, items }
}
