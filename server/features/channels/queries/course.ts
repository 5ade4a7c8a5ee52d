// The channels every course has: who may do what in them, by the roles people hold on the way up from the course.
import type { AccountId } from '#protocol/base/ids.ts'
import type { SiteRole } from '#protocol/base/roles.ts'
import { judge, type Law, lawIn } from '#server/features/access/index.ts'
import { courseContext, ownCourses } from '#server/features/courses/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { type ChannelRights, courseRights, noRights, unlessGone } from '../rules/messages.ts'
import type { ChannelContext, MyContext } from './context.ts'

interface Person {
  readonly siteRole: SiteRole
  readonly gone: boolean
  readonly held: { role: string; depth: number }[]
}

const rightsOf = ({ siteRole, gone, held }: Person, law: Law): ChannelRights =>
  unlessGone(
    { gone },
    courseRights(one => judge({ siteRole, held, ...law }, one, 'reading') === 'allowed', law.phase),
  )

const heldSql = `
  with recursive way as (
    select k.kind, k.id, k.parent_kind, k.parent_id, 0 as depth from contexts k
    where k.kind = 'course' and k.id = $1
    union all
    select k.kind, k.id, k.parent_kind, k.parent_id, way.depth + 1
    from contexts k join way on k.kind = way.parent_kind and k.id = way.parent_id where way.depth < 16
  )
  select a.id, a.site_role, coalesce(a.suspended_at, a.erased_at) is not null as gone, held.role, held.depth
  from unnest($2::uuid[]) as asked(id)
  join accounts a on a.id = asked.id
  left join (
    select r.account_id, r.role, way.depth
    from way join roles_held r on r.context_kind = way.kind and r.context_id = way.id
    where r.account_id = any($2::uuid[])
  ) held on held.account_id = a.id
  where exists (select from way)`

async function rights(ctx: Ctx, courseId: string, accountIds: readonly AccountId[]): Promise<ChannelRights[]> {
  const rows = await ctx.sql<{
    id: AccountId
    site_role: SiteRole
    gone: boolean
    role: string | null
    depth: number | null
  }>(heldSql, [courseId, [...new Set(accountIds)]])
  const law = (await lawIn(ctx, [courseContext(courseId)]))(courseContext(courseId))
  const found = new Map<AccountId, Person>()
  for (const row of rows) {
    const one = found.get(row.id) ?? { siteRole: row.site_role, gone: row.gone, held: [] }
    found.set(row.id, one)
    if (row.role !== null) one.held.push({ role: row.role, depth: row.depth ?? 0 })
  }
  return accountIds.map(id => {
    const one = found.get(id)
    return one ? rightsOf(one, law) : noRights
  })
}

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
