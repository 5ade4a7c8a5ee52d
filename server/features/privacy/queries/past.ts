// What is older than it is to be kept: counted by course for a dry run, picked a batch at a time for the night. Of a
// course that is held nothing is past its time. Changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import { type DryRun, mostCoursesTold, type RetentionKind } from '#protocol/privacy.ts'
import type { Ctx } from '#server/platform/ctx.ts'

/** Records of one batch. */
export const batch = 500

interface Past {
  /** From where, with the aliases the rest names. */
  readonly from: string
  /** The course as an expression; null for what belongs to none. */
  readonly course: string
  /** Which are past $1. */
  readonly where: string
  readonly id: string
}

const ofChannel = `coalesce(u.course_id, f.course_id, case when c.context_kind = 'course' then c.context_id end)`

// A topic of a forum goes as a whole, once nobody has written in it for so long.
const talk: Past = {
  from: `messages m join channels c on c.id = m.channel_id left join topics t on t.id = m.topic_id
    left join runs u on u.id = c.context_id
    left join items f on f.kind = c.context_kind and f.ref_id = c.context_id`,
  course: ofChannel,
  where: `m.text is not null and m.sent_at < $1 and coalesce(t.last_at, m.sent_at) < $1`,
  id: 'm.id',
}

// What counts stays with the grade that it explains: a corrected key is scored from it. In one's own words nothing does.
const live: Past = {
  from: `deliveries d join activities a on a.id = d.activity_id join responses r on r.delivery_id = d.id`,
  course: 'a.course_id',
  where: `d.mode = 'live' and d.closed_at < $1 and (not exists (select from evidence e where e.response_id = r.id)
    or (a.kind = 'open-text' and r.move ->> 'text' <> '–'))`,
  id: 'r.id',
}

const presence: Past = {
  from: 'seat_intervals s left join runs u on u.id = s.scope_id',
  course: `coalesce(u.course_id, case when s.scope = 'course' then s.scope_id end)`,
  where: 's.to_at < $1',
  id: 's.id',
}

const notices: Past = {
  from: 'notifications n',
  course: 'n.course_id',
  where: 'n.read_at < $1',
  id: 'n.id',
}

const details: Past = {
  from: 'audit_details d join audit_entries e on e.id = d.entry_id',
  course: `case when e.context_kind = 'course' then e.context_id::uuid end`,
  where: 'e.at < $1',
  id: 'e.id',
}

// Of people who have left the course, or of a course that is over: nobody who is still in it loses what they see.
const records: Past = {
  from: `(select course_id, account_id, max(at) as at from (
      select i.course_id, g.account_id, g.computed_at as at from grades g join grade_items i on i.id = g.grade_item_id
      union all
      select a.course_id, s.account_id, s.handed_in_at from submissions s join assignments a on a.id = s.assignment_id
       where s.hand_ins > 0
      union all
      select k.course_id, t.account_id, t.at from package_attempts t join packages k on k.id = t.package_id) each group by course_id, account_id) g
    join courses k on k.id = g.course_id join accounts p on p.id = g.account_id and p.erased_at is null`,
  course: 'g.course_id',
  where: `g.at < $1 and (k.state in ('concluded', 'archived') or not exists (select from enrolments n
    where n.course_id = g.course_id and n.account_id = g.account_id and n.ended_at is null))`,
  id: 'g.account_id',
}

const told: Past = {
  from: 'webhook_messages w',
  course: 'null::uuid',
  where: 'w.created_at < $1',
  id: 'w.id',
}

/** What each kind is made of. */
const made = {
  talk: { talk },
  live: { live },
  marks: { presence, notices },
  audit: { details },
  grades: { records },
  webhooks: { told },
} as const satisfies Record<RetentionKind, Record<string, Past>>

type Part = 'talk' | 'live' | 'presence' | 'notices' | 'details' | 'records' | 'told'

const pastOf = ({ from, course, where }: Past): string =>
  `from ${from} where ${where} and not exists (select from course_holds h where h.course_id = ${course})`

/** How much of a kind is from before `before`, by course, the largest first. */
export async function countPast(ctx: Ctx, kind: RetentionKind, before: Date): Promise<DryRun> {
  const each = Object.values(made[kind] as Record<string, Past>).map(
    part => `select ${part.course} as course_id ${pastOf(part)}`,
  )
  const rows = await ctx.sql<{ courseId: string | null; title: string | null; rows: number; all: number }>(
    `with past as (${each.join(' union all ')}), counted as (
       select course_id, count(*)::int as rows from past group by course_id
     )
     select p.course_id as "courseId", c.title, p.rows, (sum(p.rows) over ())::int as all
       from counted p left join courses c on c.id = p.course_id
      order by p.rows desc, p.course_id nulls last limit ${mostCoursesTold}`,
    [before],
  )
  return {
    rows: rows[0]?.all ?? 0,
    courses: rows.map(({ courseId, title, rows: n }) => ({ courseId, title, rows: n })),
  }
}

/** A batch of one part of a kind from before `before`: its ids. */
export async function pickPast(ctx: Ctx, kind: RetentionKind, before: Date): Promise<{ part: Part; ids: string[] }> {
  for (const [part, past] of Object.entries(made[kind] as Record<string, Past>)) {
    const rows = await ctx.sql<{ id: string }>(`select ${past.id} as id ${pastOf(past)} limit ${batch}`, [before])
    if (rows.length > 0) return { part: part as Part, ids: rows.map(row => row.id) }
  }
  return { part: 'details', ids: [] }
}

/** People of one course whose grades are from before `before`: a few, for one transaction. */
export async function pickRecords(
  ctx: Ctx,
  before: Date,
  most: number,
): Promise<{ courseId: string; accountIds: AccountId[] } | undefined> {
  const rows = await ctx.sql<{ courseId: string; accountId: AccountId }>(
    `select ${records.course} as "courseId", ${records.id} as "accountId" ${pastOf(records)} order by 1, 2 limit $2`,
    [before, most],
  )
  const courseId = rows[0]?.courseId
  if (courseId === undefined) return undefined
  return { courseId, accountIds: rows.filter(row => row.courseId === courseId).map(row => row.accountId) }
}

/** Of these messages those of one place: a chat, or a topic of a forum. An action announces to few audiences. */
export async function ofOnePlace(
  ctx: Ctx,
  ids: readonly string[],
): Promise<{ channelId: string; topicId: string | null; ids: string[] } | undefined> {
  const [row] = await ctx.sql<{ channelId: string; topicId: string | null; ids: string[] }>(
    `select channel_id as "channelId", topic_id as "topicId", array_agg(id) as ids from messages
      where id = any($1::uuid[]) group by channel_id, topic_id order by channel_id, topic_id limit 1`,
    [ids],
  )
  return row
}
