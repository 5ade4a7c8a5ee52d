// Talk between people: who is in it, and how two people stand to each other. Changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { type ChannelRights, mayWriteTo, noRights, type Relation } from '../rules/messages.ts'
import type { ChannelContext, MyContext } from './context.ts'

interface RelationFacts {
  me: AccountId
  other: AccountId
  in_reach: boolean
  share: boolean
  other_teaches: boolean
  blocked: boolean
  blocking: boolean
}

const sharedCourse = (role: string, mine = "<> 'guest'") => `exists (
  select from enrolments e
  join enrolments f on f.course_id = e.course_id and f.account_id = asked.other and f.ended_at is null
  join courses c on c.id = e.course_id and c.removed_at is null
  join role_assignments mr on mr.account_id = e.account_id and mr.context_kind = 'course' and mr.context_id = c.id
    and mr.role ${mine}
  join role_assignments r on r.account_id = f.account_id and r.context_kind = 'course' and r.context_id = c.id
    and r.role ${role}
  where e.account_id = asked.me and e.ended_at is null)`

const relationSql = `
  select asked.me, asked.other,
    a.kind = 'member' and b.kind = 'member' and coalesce(a.suspended_at, a.erased_at, b.suspended_at, b.erased_at) is null
      as in_reach,
    a.site_role = 'administrator' or b.site_role = 'administrator' or ${sharedCourse("<> 'guest'")} as share,
    b.site_role = 'administrator' or ${sharedCourse("in ('instructor', 'assistant')", "= 'learner'")} as other_teaches,
    exists (select from blocks where account_id = asked.other and blocked_id = asked.me) as blocked,
    exists (select from blocks where account_id = asked.me and blocked_id = asked.other) as blocking
  from unnest($1::uuid[], $2::uuid[]) as asked(me, other)
  join accounts a on a.id = asked.me join accounts b on b.id = asked.other`

/** How each pair stands, in order; undefined where one of the two is nobody. One query. */
export async function relations(
  ctx: Ctx,
  pairs: readonly { me: string; other: string }[],
): Promise<(Relation | undefined)[]> {
  if (pairs.length === 0) return []
  const rows = await ctx.sql<RelationFacts>(relationSql, [pairs.map(one => one.me), pairs.map(one => one.other)])
  const found = new Map(rows.map(row => [`${row.me}/${row.other}`, row]))
  return pairs.map(({ me, other }) => {
    const row = found.get(`${me}/${other}`)
    return (
      row && {
        inReach: row.in_reach,
        share: row.share,
        otherTeaches: row.other_teaches,
        blocked: row.blocked,
        blocking: row.blocking,
      }
    )
  })
}

interface Membership {
  channel_id: string
  account_id: AccountId
  joined_at: Date
  other: AccountId | null
}

const membershipSql = `
  select m.channel_id, m.account_id, m.joined_at, other.account_id as other
  from channel_members m
  join channels c on c.id = m.channel_id
  join accounts a on a.id = m.account_id and a.suspended_at is null and a.erased_at is null
  left join lateral (
    select o.account_id from channel_members o
    where c.pair and o.channel_id = m.channel_id and o.account_id <> m.account_id limit 1
  ) other on true
  where m.left_at is null`

/** What each member may do: all in a group, and between two by how they stand. At most one query more. */
async function rightsOfMembers(ctx: Ctx, rows: readonly Membership[]): Promise<ChannelRights[]> {
  const pairs = rows.flatMap(row => (row.other === null ? [] : [{ me: row.account_id, other: row.other }]))
  const stand = await relations(ctx, pairs)
  const written = new Map(pairs.map((pair, index) => [`${pair.me}/${pair.other}`, stand[index]]))
  return rows.map(({ account_id, other }) => {
    if (other === null) return { read: true, write: true, moderate: false }
    const relation = written.get(`${account_id}/${other}`)
    return { read: true, write: relation !== undefined && mayWriteTo(relation), moderate: false }
  })
}

async function rights(ctx: Ctx, channelId: string, accountIds: readonly AccountId[]): Promise<ChannelRights[]> {
  const rows = await ctx.sql<Membership>(`${membershipSql} and m.channel_id = $1 and m.account_id = any($2::uuid[])`, [
    channelId,
    [...new Set(accountIds)],
  ])
  const all = await rightsOfMembers(ctx, rows)
  const found = new Map(rows.map((row, index) => [row.account_id, all[index]]))
  return accountIds.map(id => found.get(id) ?? noRights)
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
