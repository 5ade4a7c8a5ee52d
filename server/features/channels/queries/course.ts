// The channels every course has: who may do what in them, by the roles people hold on the way up from the course.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Capability, SiteRole } from '#protocol/base/roles.ts'
import { judge, type Law, lawIn, type Phase } from '#server/features/access/index.ts'
import { courseContext, ownCourses } from '#server/features/courses/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { type ChannelRights, courseRights, noRights } from '../rules/messages.ts'
import type { ChannelContext, InContext, MyContext } from './context.ts'

interface Person {
  readonly siteRole: SiteRole
  readonly gone: boolean
  readonly held: { role: string; depth: number }[]
}

/** What somebody may in a course, and how far its life is. */
interface Judged {
  readonly may: (capability: Capability) => boolean
  readonly phase: Phase
}

const judgedBy = ({ siteRole, held }: Person, law: Law): Judged => ({
  may: one => judge({ siteRole, held, ...law }, one, 'reading') === 'allowed',
  phase: law.phase,
})

const heldSql = `
  with recursive asked as (
    select distinct course_id, account_id from unnest($1::uuid[], $2::uuid[]) as a(course_id, account_id)
  ), way as (
    select k.id as course_id, k.kind, k.id, k.parent_kind, k.parent_id, 0 as depth from contexts k
    where k.kind = 'course' and k.id in (select course_id from asked)
    union all
    select way.course_id, k.kind, k.id, k.parent_kind, k.parent_id, way.depth + 1
    from contexts k join way on k.kind = way.parent_kind and k.id = way.parent_id where way.depth < 16
  ), held as (
    select way.course_id, r.account_id, r.role, way.depth
    from way join roles_held r on r.context_kind = way.kind and r.context_id = way.id
    where r.account_id in (select account_id from asked)
  )
  select asked.course_id, a.id, a.site_role, coalesce(a.suspended_at, a.erased_at) is not null as gone, held.role, held.depth
  from asked
  join accounts a on a.id = asked.account_id
  left join held on held.course_id = asked.course_id and held.account_id = a.id
  where exists (select from way where way.course_id = asked.course_id)`

/**
 * What each of these people may in the course their pair names, in order; undefined for who is gone, and where there is no such
 * course. Its queries grow neither with the people nor with the courses.
 */
export async function judgedIn(ctx: Ctx, pairs: readonly InContext[]): Promise<(Judged | undefined)[]> {
  const rows = await ctx.sql<{
    course_id: string
    id: AccountId
    site_role: SiteRole
    gone: boolean
    role: string | null
    depth: number | null
  }>(heldSql, [pairs.map(one => one.contextId), pairs.map(one => one.accountId)])
  const law = await lawIn(
    ctx,
    [...new Set(pairs.map(one => one.contextId))].map(id => courseContext(id)),
  )
  const found = new Map<string, Person>()
  for (const row of rows) {
    const key = `${row.course_id}/${row.id}`
    const one = found.get(key) ?? { siteRole: row.site_role, gone: row.gone, held: [] }
    found.set(key, one)
    if (row.role !== null) one.held.push({ role: row.role, depth: row.depth ?? 0 })
  }
  return pairs.map(({ contextId, accountId }) => {
    const one = found.get(`${contextId}/${accountId}`)
    return one && !one.gone ? judgedBy(one, law(courseContext(contextId))) : undefined
  })
}

const rights = async (ctx: Ctx, pairs: readonly InContext[]): Promise<ChannelRights[]> =>
  (await judgedIn(ctx, pairs)).map(one => (one ? courseRights(one.may, one.phase) : noRights))

// Whoever was given a role in a course is in it as those who are enrolled are.
const mine = async (ctx: Ctx, accountId: AccountId): Promise<MyContext[]> =>
  (await ownCourses(ctx, accountId)).flatMap(({ id, title, may, phase, since }) =>
    since === null ? [] : [{ contextId: id, title, courseId: id, rights: courseRights(may, phase), since }],
  )

export const courseChannels: ChannelContext = {
  rights,
  mine,
  readable: async (_ctx, reader) =>
    reader.courses.flatMap(({ id, may, phase }) => {
      const { read, moderate } = courseRights(may, phase)
      return read ? [{ contextId: id, moderates: moderate }] : []
    }),
  about: async (ctx, courseId) => {
    const [row] = await ctx.sql<{ title: string }>('select title from courses where id = $1', [courseId])
    return { title: row?.title ?? '', courseId }
  },
  people: `select r.account_id from enrolments e join role_assignments r
    on r.account_id = e.account_id and r.context_kind = 'course' and r.context_id = e.course_id and r.role <> 'guest'
    where e.course_id = $1 and e.ended_at is null`,
}
