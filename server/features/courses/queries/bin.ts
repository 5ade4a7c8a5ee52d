// The bin: removed courses, the latest first, for those who may take them out again. Changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Page } from '#protocol/base/paging.ts'
import type { BinnedCourse } from '#protocol/courses/life.ts'
import type { CourseId, CourseLanguage, CourseLife } from '#protocol/courses.ts'
import type { DepartmentId, TermId } from '#protocol/organisation.ts'
import { mayEach } from '#server/features/access/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readKeyset } from '#server/platform/db/keyset.ts'
import { containing } from '#server/platform/db/like.ts'
import { courseContext } from './course.ts'
import { type ListInput, pageFrom } from './lists.ts'

interface Row {
  id: CourseId
  title: string
  short_name: string
  summary: string
  time_zone: string
  language: CourseLanguage
  state: CourseLife
  department_id: DepartmentId | null
  term_id: TermId | null
  template: boolean
  version: number
  removed_at: Date
  removed_by: string | null
  people: number
  items: number
  sort: string
}

/** The removed courses somebody was an instructor of, and could still bring back. Three queries. */
async function ownRemoved(ctx: Ctx, accountId: AccountId): Promise<string[]> {
  const rows = await ctx.sql<{ id: string }>(
    `select c.id from courses c join role_assignments r
         on r.account_id = $1 and r.context_kind = 'course' and r.context_id = c.id and r.role = 'instructor'
      where c.removed_at is not null`,
    [accountId],
  )
  const asked = rows.map(({ id }) => ({ accountId, context: courseContext(id) }))
  const may = await mayEach(ctx, asked)
  return asked.filter(one => may(one, 'course.remove')).map(one => one.context.id)
}

/** Removed courses: `all`, or those the account was an instructor of. Throws `malformed` for a cursor that is none. */
export async function listBin(
  ctx: Ctx,
  accountId: AccountId,
  input: ListInput & { which: 'all' | 'own' },
): Promise<Page<BinnedCourse>> {
  const after = readKeyset(input.after)
  const rows = await ctx.sql<Row>(
    `select c.id, c.title, c.short_name, c.summary, c.time_zone, c.language, c.state, c.department_id, c.term_id, c.template, c.version, c.removed_at, a.name as removed_by,
            (select count(*)::int from enrolments e where e.course_id = c.id and e.ended_at is null) as people,
            (select count(*)::int from items i where i.course_id = c.id and i.removed_at is null) as items,
            to_char(c.removed_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS') as sort
       from courses c left join accounts a on a.id = c.removed_by
      where c.removed_at is not null
        and ($1::uuid[] is null or c.id = any($1))
        and ($2::text is null or c.title ilike $2 or c.short_name ilike $2)
        and ($3::text is null or (to_char(c.removed_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS'), c.id) < ($3, $4::uuid))
      order by c.removed_at desc, c.id desc limit $5`,
    [
      input.which === 'all' ? null : await ownRemoved(ctx, accountId),
      containing(input.search),
      after?.[0] ?? null,
      after?.[1] ?? null,
      input.limit + 1,
    ],
  )
  return pageFrom(rows, input.limit, row => {
    const removedAt = new Date(row.removed_at)
    return {
      id: row.id,
      title: row.title,
      shortName: row.short_name,
      summary: row.summary,
      timeZone: row.time_zone,
      language: row.language,
      state: row.state,
      departmentId: row.department_id,
      termId: row.term_id,
      template: row.template,
      version: row.version,
      removedAt: removedAt.toISOString(),
      removedBy: row.removed_by,
      people: row.people,
      items: row.items,
    }
  })
}
