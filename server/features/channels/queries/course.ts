// The channels every course has: who may do what in them, by the roles people hold on the way up from the course.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Capability, Role, SiteRole } from '#protocol/base/roles.ts'
import { judge, type Phase, strictest } from '#server/features/access/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { type ChannelRights, noRights } from '../rules/messages.ts'
import type { ChannelContext, MyContext } from './context.ts'

type Held = { role: Role; depth: number }

// Whoever only joined a class of the course sees nothing of the course around it, its channels neither.
function rightsOf(siteRole: SiteRole, held: readonly Held[], phase: Phase): ChannelRights {
  const may = (capability: Capability) => judge({ siteRole, held, phase }, capability, 'reading') === 'allowed'
  if (!may('course.view') || !may('channel.read')) return noRights
  const rights = { read: true, write: may('channel.write'), moderate: may('channel.moderate') }
  return phase === 'concluded' ? { ...rights, concluded: true } : rights
}

const heldSql = `
  with recursive way as (
    select k.kind, k.id, k.parent_kind, k.parent_id, k.phase, 0 as depth from contexts k
    join courses c on c.id = k.id and c.removed_at is null
    where k.kind = 'course' and k.id = $1
    union all
    select k.kind, k.id, k.parent_kind, k.parent_id, k.phase, way.depth + 1
    from contexts k join way on k.kind = way.parent_kind and k.id = way.parent_id where way.depth < 16
  )
  select a.id, a.site_role, held.role, held.depth, (select array_agg(way.phase) from way) as phases
  from unnest($2::uuid[]) as asked(id)
  join accounts a on a.id = asked.id and a.suspended_at is null and a.erased_at is null
  left join (
    select r.account_id, r.role, way.depth
    from way join role_assignments r on r.context_kind = way.kind and r.context_id = way.id
    where r.account_id = any($2::uuid[])
  ) held on held.account_id = a.id
  where exists (select from way)`

interface HeldRow {
  id: AccountId
  site_role: SiteRole
  role: Role | null
  depth: number | null
  phases: Phase[]
}

async function rights(ctx: Ctx, courseId: string, accountIds: readonly AccountId[]): Promise<ChannelRights[]> {
  const rows = await ctx.sql<HeldRow>(heldSql, [courseId, [...new Set(accountIds)]])
  const found = new Map<AccountId, { siteRole: SiteRole; held: Held[]; phase: Phase }>()
  for (const row of rows) {
    const one = found.get(row.id) ?? { siteRole: row.site_role, held: [], phase: strictest(row.phases) }
    found.set(row.id, one)
    if (row.role !== null) one.held.push({ role: row.role, depth: row.depth ?? 0 })
  }
  return accountIds.map(id => {
    const one = found.get(id)
    return one ? rightsOf(one.siteRole, one.held, one.phase) : noRights
  })
}

async function mine(ctx: Ctx, accountId: AccountId): Promise<MyContext[]> {
  const rows = await ctx.sql<{ id: string; title: string; at: Date; role: Role; site_role: SiteRole; phase: Phase }>(
    `select c.id, c.title, e.at, r.role, a.site_role, k.phase
     from enrolments e
     join courses c on c.id = e.course_id and c.removed_at is null
     join contexts k on k.kind = 'course' and k.id = c.id
     join accounts a on a.id = e.account_id
     join role_assignments r on r.account_id = e.account_id and r.context_kind = 'course' and r.context_id = c.id
     where e.account_id = $1 and e.ended_at is null`,
    [accountId],
  )
  return rows.map(row => ({
    contextId: row.id,
    title: row.title,
    courseId: row.id,
    rights: rightsOf(row.site_role, [{ role: row.role, depth: 0 }], row.phase),
    since: new Date(row.at),
  }))
}

export const courseChannels: ChannelContext = {
  rights,
  mine,
  about: async (ctx, courseId) => {
    const [row] = await ctx.sql<{ title: string }>('select title from courses where id = $1', [courseId])
    return { title: row?.title ?? '', courseId }
  },
  people: `select r.account_id from enrolments e join role_assignments r
    on r.account_id = e.account_id and r.context_kind = 'course' and r.context_id = e.course_id and r.role <> 'guest'
    where e.course_id = $1 and e.ended_at is null`,
}
