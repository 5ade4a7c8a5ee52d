// In which courses somebody is and was, a page at a time: as what, in which sections, since when and until when. For whoever looks
// after accounts; asks no rights and changes nothing.
import type { CustomRoleId } from '#protocol/access.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Page } from '#protocol/base/paging.ts'
import type { EnrolmentOfPerson } from '#protocol/courses/people.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'

/** The sections somebody is in, by name, for each of these courses that has any. */
export type SectionsOf = (
  ctx: Ctx,
  accountId: AccountId,
  courseIds: readonly string[],
) => Promise<ReadonlyMap<string, readonly string[]>>

let readSections: SectionsOf = async () => new Map()

/** Says in which sections somebody is; once, at boot. */
export const registerSections = (read: SectionsOf): void => {
  readSections = read
}

type Row = Omit<EnrolmentOfPerson, 'sections' | 'custom' | 'at' | 'endsAt' | 'endedAt'> & {
  readonly at: Date
  readonly endsAt: Date | null
  readonly endedAt: Date | null
  readonly custom: CustomRoleId | null
  readonly called: string | null
  readonly id: string
  readonly sort: string
}

const iso = (at: Date | null): string | null => (at === null ? null : new Date(at).toISOString())

/** Those that hold first, by the title of the course, then those that ended. Two queries. Throws `malformed` for a cursor it never gave. */
export async function listEnrolmentsOf(
  ctx: Ctx,
  { accountId, after, limit }: { accountId: AccountId; after?: string | undefined; limit: number },
): Promise<Page<EnrolmentOfPerson>> {
  const from = readKeyset(after)
  const rows = await ctx.sql<Row>(
    `with theirs as (
       select e.*, c.title, c.state, c.removed_at is not null as removed,
         (case when e.ended_at is null then '0' else '1' end) || lower(c.title) as sort
       from enrolments e join courses c on c.id = e.course_id where e.account_id = $1
     )
     select t.id, t.sort, t.course_id as "courseId", t.title, t.state, t.removed, t.how, t.at,
       t.ends_at as "endsAt", t.ended_at as "endedAt",
       r.role, r.custom, c.name as called
     from theirs t
     left join role_assignments r on r.account_id = t.account_id and r.context_kind = 'course' and r.context_id = t.course_id
     left join custom_roles c on c.id = r.custom
     where $2::text is null or (t.sort, t.id) > ($2, $3::uuid)
     order by t.sort, t.id limit $4`,
    [accountId, from?.[0] ?? null, from?.[1] ?? null, limit + 1],
  )
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const sections = await readSections(
    ctx,
    accountId,
    shown.map(row => row.courseId),
  )
  return {
    items: shown.map(({ id: _id, sort: _sort, custom, called, ...row }) => ({
      ...row,
      custom: custom && { key: custom, name: called ?? '' },
      sections: [...(sections.get(row.courseId) ?? [])],
      at: new Date(row.at).toISOString(),
      endsAt: iso(row.endsAt),
      endedAt: iso(row.endedAt),
    })),
    ...(rows.length > limit && last ? { next: writeKeyset(last.sort, last.id) } : {}),
  }
}
