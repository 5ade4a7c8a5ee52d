// What a person may do in each of their courses, read once for all of them: by every role they hold there or above, what
// places say about it and the life of the course. Whoever lists what is in somebody's courses asks here. Changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Capability, SiteRole } from '#protocol/base/roles.ts'
import { judge, lawIn, type Phase } from '#server/features/access/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { courseContext } from './course.ts'

/** Judged as of now. */
export type MayThere = (capability: Capability, doing?: 'reading' | 'writing') => boolean

export interface CourseOfPerson {
  readonly id: string
  readonly title: string
  readonly may: MayThere
  /** By the roles they hold alone: what administrators may everywhere asks nothing of them. */
  readonly holds: MayThere
  readonly phase: Phase
  /** Since when they are in it, by enrolment or a role given in this very course; null for whom a place above lets in. */
  readonly since: Date | null
}

interface Row {
  readonly site_role: SiteRole
  readonly id: string
  readonly title: string
  readonly role: string | null
  readonly depth: number | null
  readonly since: Date | null
}

// Roles hold from where they are held down to the courses.
const coursesSql = `
  with recursive down as (
    select context_kind as kind, context_id as id, role, assigned_at, 0 as depth from roles_held where account_id = $1
    union all
    select c.kind, c.id, down.role, down.assigned_at, down.depth + 1
    from contexts c join down on c.parent_kind = down.kind and c.parent_id = down.id
    where down.depth < 16
  ), found as (
    select id, role, depth, case when depth = 0 then assigned_at end as given_at from down where kind = 'course'
    union all
    select id, null, null, null from courses where $2
  )
  select a.site_role, c.id, c.title, found.role, found.depth, coalesce(e.at, found.given_at) as since
  from found
  join courses c on c.id = found.id and c.removed_at is null
  join accounts a on a.id = $1
  left join enrolments e on e.course_id = c.id and e.account_id = a.id and e.ended_at is null`

function gathered(rows: readonly Row[]) {
  const found = new Map<string, Pick<Row, 'id' | 'title' | 'since'> & { held: { role: string; depth: number }[] }>()
  for (const { id, title, role, depth, since } of rows) {
    const one = found.get(id) ?? { id, title, since: null, held: [] }
    if (role !== null) one.held.push({ role, depth: depth ?? 0 })
    const first = since !== null && (one.since === null || since < one.since) ? since : one.since
    found.set(id, { ...one, since: first && new Date(first) })
  }
  return [...found.values()]
}

async function judged(ctx: Ctx, siteRole: SiteRole, found: ReturnType<typeof gathered>): Promise<CourseOfPerson[]> {
  const law = await lawIn(
    ctx,
    found.map(one => courseContext(one.id)),
  )
  return found.map(({ held, ...course }) => {
    const there = { held, ...law(courseContext(course.id)) }
    const as =
      (role: SiteRole): MayThere =>
      (capability, doing = 'reading') =>
        judge({ siteRole: role, ...there }, capability, doing) === 'allowed'
    const holds = as(siteRole === 'administrator' ? 'member' : siteRole)
    return { ...course, phase: there.phase, may: as(siteRole), holds }
  })
}

/** Every course in which somebody holds anything at all, there or above; every one for administrators. Two queries. */
export async function coursesOf(
  ctx: Ctx,
  { accountId, siteRole }: { readonly accountId: AccountId; readonly siteRole: SiteRole },
): Promise<CourseOfPerson[]> {
  return judged(
    ctx,
    siteRole,
    gathered(await ctx.sql<Row>(coursesSql, [accountId, siteRole === 'administrator'], 'courses-of-person')),
  )
}

/** The courses somebody is in, as `since` says; what they may there comes from roles above too. Two queries. */
export async function ownCourses(ctx: Ctx, accountId: AccountId): Promise<CourseOfPerson[]> {
  const rows = await ctx.sql<Row>(coursesSql, [accountId, false], 'courses-of-person')
  const own = gathered(rows).filter(one => one.since !== null)
  return judged(ctx, rows[0]?.site_role ?? 'guest', own)
}
