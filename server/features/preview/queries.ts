// As whom somebody may see a course, and views of persons. Changes nothing and asks no rights.
import type { Output } from '#protocol/base/call.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { previewRoutes, ViewId } from '#protocol/preview.ts'
import { rolesToGive } from '#server/features/access/index.ts'
import { courseContext, getCourse } from '#server/features/courses/index.ts'
import { groupsState } from '#server/features/groups/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readIdCursor } from '#server/platform/db/keyset.ts'
import type { Seen } from './rules.ts'
import { mayBeSeenAs } from './rules.ts'

/** Learners first, then what more may be done. */
const order = ['learner', 'assistant', 'instructor']

/** What there is to choose from. Throws `not-found`. */
export async function previewOptions(ctx: Ctx, courseId: CourseId): Promise<Output<typeof previewRoutes.options>> {
  const { title } = await getCourse(ctx, courseId)
  const place = (role: string) => (order.includes(role) ? order.indexOf(role) : order.length)
  const roles = (await rolesToGive(ctx, courseContext(courseId))).filter(({ role }) => mayBeSeenAs(role))
  const { sets, groups } = await groupsState(ctx, courseId)
  return { title, roles: roles.sort((a, b) => place(a.role) - place(b.role)), sets, groups }
}

type Person = Seen & { readonly name: string }

const personSql = `a.id as "accountId", a.site_role as "siteRole", a.name, a.kind = 'member' and a.suspended_at is null
  and a.erased_at is null and a.merged_into is null as "comesIn"`

/** Somebody with whether they come in. Throws `not-found`. */
export async function readPerson(ctx: Ctx, accountId: AccountId): Promise<Person> {
  const [found] = await ctx.sql<Person>(`select ${personSql} from accounts a where a.id = $1`, [accountId])
  if (!found) throw new Problem('not-found')
  return found
}

/** A view that `viewerId` began, with its person as they are now. Throws `not-found`, also for somebody else's. */
export async function readView(
  ctx: Ctx,
  viewId: ViewId,
  viewerId: AccountId,
): Promise<{ person: Person; until: Date }> {
  const [found] = await ctx.sql<Person & { until: string }>(
    `select ${personSql}, v.until from person_views v join accounts a on a.id = v.account_id
      where v.id = $1 and v.viewer_id = $2`,
    [viewId, viewerId],
  )
  if (!found) throw new Problem('not-found')
  const { until, ...person } = found
  return { person, until: new Date(until) }
}

/** Who saw as this person, the latest first. One query. Throws `malformed` for a cursor that is none. */
export async function listViews(
  ctx: Ctx,
  accountId: AccountId,
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
): Promise<Output<typeof previewRoutes.views>> {
  const rows = await ctx.sql<{ id: ViewId; by: string; reason: string; at: Date; until: Date }>(
    `select v.id, a.name as "by", v.reason, v.at, v.until from person_views v join accounts a on a.id = v.viewer_id
      where v.account_id = $1 and ($2::uuid is null or v.id < $2) order by v.id desc limit $3`,
    [accountId, readIdCursor(after), limit + 1],
  )
  const items = rows.slice(0, limit).map(row => ({
    ...row,
    at: new Date(row.at).toISOString(),
    until: new Date(row.until).toISOString(),
  }))
  const last = items.at(-1)
  return rows.length > limit && last ? { items, next: last.id } : { items }
}

/** The same for the copy of their data. */
export const exportViews = (ctx: Ctx, accountId: AccountId): Promise<object[]> =>
  ctx.sql(
    `select a.name as "by", v.reason, v.at, v.until from person_views v join accounts a on a.id = v.viewer_id
      where v.account_id = $1 order by v.id`,
    [accountId],
  )
