// Talk between people: who is in it, and what is known of two people. Changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import type { SiteRole } from '#protocol/base/roles.ts'
import { mayEach, takenBySchool } from '#server/features/access/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import {
  type ChannelRights,
  directRights,
  noRights,
  type Pair,
  type Relation,
  relationOf,
  unlessGone,
} from '../rules/messages.ts'
import type { ChannelContext, InContext, MyContext } from './context.ts'

interface PairRow {
  me: AccountId
  other: AccountId
  kind: Pair['me']['kind']
  other_kind: Pair['me']['kind']
  site_role: SiteRole
  other_site_role: SiteRole
  minor: boolean
  other_minor: boolean
  gone: boolean
  other_gone: boolean
  /** Courses both are enrolled in. */
  courses: string[]
  blocked: boolean
  blocking: boolean
}

const pairSql = `
  select asked.me, asked.other, a.kind, b.kind as other_kind, a.site_role, b.site_role as other_site_role,
    a.minor, b.minor as other_minor, coalesce(a.suspended_at, a.erased_at) is not null as gone,
    coalesce(b.suspended_at, b.erased_at) is not null as other_gone,
    array(
      select e.course_id from enrolments e
      join enrolments f on f.course_id = e.course_id and f.account_id = asked.other and f.ended_at is null
      where e.account_id = asked.me and e.ended_at is null) as courses,
    exists (select from blocks where account_id = asked.other and blocked_id = asked.me) as blocked,
    exists (select from blocks where account_id = asked.me and blocked_id = asked.other) as blocking
  from unnest($1::uuid[], $2::uuid[]) as asked(me, other)
  join accounts a on a.id = asked.me join accounts b on b.id = asked.other`

/** How each pair stands, in order; undefined where one of the two is nobody. Three queries. */
export async function relations(
  ctx: Ctx,
  pairs: readonly { me: AccountId; other: AccountId }[],
): Promise<(Relation | undefined)[]> {
  if (pairs.length === 0) return []
  const rows = await ctx.sql<PairRow>(pairSql, [pairs.map(one => one.me), pairs.map(one => one.other)])
  const at = (accountId: AccountId, courseId: string) => ({ accountId, context: courseContext(courseId) })
  const may = await mayEach(
    ctx,
    rows.flatMap(row => row.courses.flatMap(id => [at(row.me, id), at(row.other, id)])),
  )
  const sees = (accountId: AccountId, courseId: string) => ({
    view: may(at(accountId, courseId), 'course.view'),
    viewPeople: may(at(accountId, courseId), 'course.view-people'),
  })
  const found = new Map(
    rows.map(row => [
      `${row.me}/${row.other}`,
      relationOf({
        me: { kind: row.kind, siteRole: row.site_role, minor: row.minor, gone: row.gone },
        other: { kind: row.other_kind, siteRole: row.other_site_role, minor: row.other_minor, gone: row.other_gone },
        courses: row.courses.map(id => ({ mine: sees(row.me, id), others: sees(row.other, id) })),
        blocked: row.blocked,
        blocking: row.blocking,
      }),
    ]),
  )
  return pairs.map(({ me, other }) => found.get(`${me}/${other}`))
}

interface Membership {
  channel_id: string
  account_id: AccountId
  joined_at: Date
  gone: boolean
  other: AccountId | null
}

const membershipSql = `
  select m.channel_id, m.account_id, m.joined_at, coalesce(a.suspended_at, a.erased_at) is not null as gone,
    other.account_id as other
  from channel_members m
  join channels c on c.id = m.channel_id
  join accounts a on a.id = m.account_id
  left join lateral (
    select o.account_id from channel_members o
    where c.pair and o.channel_id = m.channel_id and o.account_id <> m.account_id limit 1
  ) other on true
  where m.left_at is null`

/** What each member may do. At most five queries more. */
async function rightsOfMembers(ctx: Ctx, rows: readonly Membership[]): Promise<ChannelRights[]> {
  const pairs = rows.flatMap(row => (row.other === null ? [] : [{ me: row.account_id, other: row.other }]))
  const stand = await relations(ctx, pairs)
  const written = new Map(pairs.map((pair, index) => [`${pair.me}/${pair.other}`, stand[index]]))
  const taken = await takenBySchool(ctx, [...new Set(rows.map(row => row.account_id))], 'channel.attach')
  return rows.map(({ account_id, gone, other }) => {
    const between = other === null ? 'group' : written.get(`${account_id}/${other}`)
    return unlessGone({ gone }, directRights(between, { noFiles: taken.has(account_id) }))
  })
}

async function rights(ctx: Ctx, pairs: readonly InContext[]): Promise<ChannelRights[]> {
  const rows = await ctx.sql<Membership>(
    `${membershipSql} and (m.channel_id, m.account_id) in (select * from unnest($1::uuid[], $2::uuid[]))`,
    [pairs.map(one => one.contextId), pairs.map(one => one.accountId)],
  )
  const all = await rightsOfMembers(ctx, rows)
  const found = new Map(rows.map((row, index) => [`${row.channel_id}/${row.account_id}`, all[index]]))
  return pairs.map(one => found.get(`${one.contextId}/${one.accountId}`) ?? noRights)
}

async function mine(ctx: Ctx, accountId: AccountId): Promise<MyContext[]> {
  const rows = await ctx.sql<Membership>(`${membershipSql} and m.account_id = $1`, [accountId])
  const all = await rightsOfMembers(ctx, rows)
  return rows.map((row, index) => ({
    contextId: row.channel_id,
    title: '',
    courseId: null,
    rights: all[index] ?? noRights,
    since: new Date(row.joined_at),
  }))
}

export const directChannels: ChannelContext = {
  rights,
  mine,
  // What somebody was in and left is not theirs to read any more, nor anybody's who was never in it.
  readable: async (ctx, reader) => {
    const rows = await ctx.sql<{ channel_id: string }>(
      'select channel_id from channel_members where account_id = $1 and left_at is null',
      [reader.accountId],
    )
    return rows.map(row => ({ contextId: row.channel_id, moderates: false }))
  },
  about: async () => ({ title: '', courseId: null }),
  people: 'select account_id from channel_members where channel_id = $1 and left_at is null',
}
