// Participation counted from the record: one query for each kind of row, whatever the number of people and weeks. A week
// is that of the course's own clocks. Changes nothing and asks no rights.

import { dayIn } from '#protocol/base/days.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import type { Participation, ParticipationRow } from '#protocol/participation.ts'
import { enrolments } from '#server/features/courses/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'
import { endOf, weeksUntil } from './rules.ts'

/** Throws `not-found` for who is not in this course and never was. */
export async function demandWasIn({ courseId, accountId }: { courseId: string; accountId: AccountId }): Promise<void> {
  demand((await enrolments.count({ where: { courseId, accountId } })) > 0, 'not-found')
}

interface Span {
  readonly courseIds: readonly string[]
  readonly weeks: readonly string[]
}

// The Monday of an instant by the clocks of its course; days of the window cut at midnight there.
const mondayOf = (instant: string) => `to_char(date_trunc('week', ${instant} at time zone c.time_zone), 'YYYY-MM-DD')`
const within = (instant: string) =>
  `${instant} >= ($2::date)::timestamp at time zone c.time_zone and ${instant} < ($3::date)::timestamp at time zone c.time_zone`

const span = ({ courseIds, weeks }: Span) => [[...courseIds], weeks[0] ?? null, endOf(weeks)]

interface Counted {
  course_id: string
  account_id: AccountId | null
  week: string
  one: number
  of: number
}

const learners = `
  select e.course_id, e.account_id from enrolments e
    join role_assignments r on r.account_id = e.account_id and r.context_kind = 'course' and r.context_id = e.course_id
   where e.course_id = any($1::uuid[]) and e.ended_at is null and r.role = 'learner'`

/** Classes that began in a week, and how many questions they asked: the same for everybody. */
const heldSql = `
  select r.course_id, null as account_id, ${mondayOf('r.started_at')} as week, count(*)::int as one,
         coalesce(sum((select sum(jsonb_array_length(d.shared -> 'opened')) from run_deliveries v
                         join deliveries d on d.id = v.delivery_id where v.run_id = r.id)), 0)::int as of
    from runs r join courses c on c.id = r.course_id
   where r.course_id = any($1::uuid[]) and ${within('r.started_at')}
   group by 1, 3`

const attendedSql = `
  select r.course_id, s.account_id, ${mondayOf('r.started_at')} as week, count(*)::int as one, 0 as of
    from runs r join courses c on c.id = r.course_id
    join seats s on s.run_id = r.id and s.role <> 'host' and ($4::uuid[] is null or s.account_id = any($4))
   where r.course_id = any($1::uuid[]) and ${within('r.started_at')}
   group by 1, 2, 3`

// An answer that was changed is one answer: its first revision.
const answeredSql = `
  select r.course_id, s.author as account_id, ${mondayOf('r.started_at')} as week, count(*)::int as one, 0 as of
    from runs r join courses c on c.id = r.course_id
    join run_deliveries v on v.run_id = r.id
    join responses s on s.delivery_id = v.delivery_id and s.revision = 1
      and ($4::uuid[] is null or s.author = any($4))
   where r.course_id = any($1::uuid[]) and ${within('r.started_at')}
   group by 1, 2, 3`

const homeworkSql = `
  select a.course_id, l.account_id, ${mondayOf('d.due_at')} as week, count(t.finished_at)::int as one, count(*)::int as of
    from activities a join courses c on c.id = a.course_id
    join deliveries d on d.activity_id = a.id and d.mode = 'homework' and ${within('d.due_at')}
    join (${learners}) l on l.course_id = a.course_id and ($4::uuid[] is null or l.account_id = any($4))
      and (d.audience = 'everybody'
           or exists (select from delivery_audience w where w.delivery_id = d.id and w.account_id = l.account_id))
    left join attempts t on t.delivery_id = d.id and t.account_id = l.account_id and t.number = 1
   where a.course_id = any($1::uuid[])
   group by 1, 2, 3`

/** The channels of courses, of their classes and of the forums in their outlines. */
const channelsOf = `
  select h.id, h.context_id as course_id from channels h
   where h.context_kind = 'course' and h.context_id = any($1::uuid[])
  union all
  select h.id, r.course_id from runs r join channels h on h.id in (r.channel_id, r.qa_id)
   where r.course_id = any($1::uuid[])
  union all
  select h.id, i.course_id from items i join channels h on h.context_kind = i.kind and h.context_id = i.ref_id
   where i.kind = 'forum' and i.course_id = any($1::uuid[])`

// Written without a name is nobody's here; what was refused was never said.
const messagesSql = `
  select h.course_id, m.author_id as account_id, ${mondayOf('m.sent_at')} as week, count(*)::int as one, 0 as of
    from (${channelsOf}) h join courses c on c.id = h.course_id
    join messages m on m.channel_id = h.id and m.alias_id is null and m.refused_at is null
      and ($4::uuid[] is null or m.author_id = any($4)) and ${within('m.sent_at')}
   group by 1, 2, 3`

type Cells = (courseId: string, accountId: AccountId | '') => Participation[]

/** Every cell of these courses and people, or of their learners together (asked for as nobody's). Five queries. */
async function cellsOf(ctx: Ctx, of: Span, people: readonly AccountId[] | 'together'): Promise<Cells> {
  const ask = (sql: string) =>
    people === 'together'
      ? ctx.sql<Counted>(together(sql), [...span(of), null])
      : ctx.sql<Counted>(sql, [...span(of), [...people]])
  const held = await ctx.sql<Counted>(heldSql, span(of))
  const [attended, answered, homework, messages] = [
    await ask(attendedSql),
    await ask(answeredSql),
    await ask(homeworkSql),
    await ask(messagesSql),
  ]
  const keyed = (rows: readonly Counted[]) =>
    new Map(rows.map(row => [`${row.course_id} ${row.account_id ?? ''} ${row.week}`, row]))
  const by = {
    held: keyed(held),
    attended: keyed(attended),
    answered: keyed(answered),
    homework: keyed(homework),
    messages: keyed(messages),
  }
  return (courseId, accountId) =>
    of.weeks.map(week => {
      const own = `${courseId} ${accountId} ${week}`
      const all = by.held.get(`${courseId}  ${week}`)
      return {
        classes: by.attended.get(own)?.one ?? 0,
        held: all?.one ?? 0,
        answers: by.answered.get(own)?.one ?? 0,
        asked: all?.of ?? 0,
        handedIn: by.homework.get(own)?.one ?? 0,
        due: by.homework.get(own)?.of ?? 0,
        messages: by.messages.get(own)?.one ?? 0,
      }
    })
}

/** The same of a course's learners together: one row for a course and week, however many people they are. */
const together = (each: string) => `
  select x.course_id, null as account_id, x.week, sum(x.one)::int as one, sum(x.of)::int as of
    from (${each}) x join (${learners}) l on l.course_id = x.course_id and l.account_id = x.account_id
   group by 1, 3`

/** Learners of a course by weeks, a page by name. Seven queries. Throws `malformed` for a cursor that is none. */
export async function courseParticipation(
  ctx: Ctx,
  input: { courseId: string; until?: string | undefined; after?: string | undefined; limit: number },
): Promise<{ weeks: string[]; rows: ParticipationRow[]; next?: string }> {
  const [course] = await ctx.sql<{ time_zone: string }>('select time_zone from courses where id = $1', [input.courseId])
  const weeks = weeksUntil(input.until ?? dayIn(course?.time_zone ?? 'UTC', ctx.now))
  const after = readKeyset(input.after)
  const people = await ctx.sql<{ id: AccountId; name: string; sort: string }>(
    `select a.id, a.name, lower(a.name) as sort from (${learners}) l join accounts a on a.id = l.account_id
      where $2::text is null or (lower(a.name), a.id) > ($2, $3::uuid)
      order by lower(a.name), a.id limit $4`,
    [[input.courseId], after?.[0] ?? null, after?.[1] ?? null, input.limit + 1],
  )
  const shown = people.slice(0, input.limit)
  const cells = await cellsOf(
    ctx,
    { courseIds: [input.courseId], weeks },
    shown.map(one => one.id),
  )
  const last = shown.at(-1)
  return {
    weeks,
    rows: shown.map(({ id, name }) => ({ accountId: id, name, weeks: cells(input.courseId, id) })),
    ...(people.length > input.limit && last ? { next: writeKeyset(last.sort, last.id) } : {}),
  }
}

/**
 * Courses by weeks, a page by title: what their learners come to together. Seven queries. Throws `malformed` for a
 * cursor that is none.
 */
export async function siteParticipation(
  ctx: Ctx,
  input: { until?: string | undefined; after?: string | undefined; limit: number },
) {
  const weeks = weeksUntil(input.until ?? dayIn('UTC', ctx.now))
  const after = readKeyset(input.after)
  const courses = await ctx.sql<{ id: string; title: string; sort: string }>(
    `select id, title, lower(title) as sort from courses
      where removed_at is null and ($1::text is null or (lower(title), id) > ($1, $2::uuid))
      order by lower(title), id limit $3`,
    [after?.[0] ?? null, after?.[1] ?? null, input.limit + 1],
  )
  const shown = courses.slice(0, input.limit)
  const courseIds = shown.map(one => one.id)
  const cells = await cellsOf(ctx, { courseIds, weeks }, 'together')
  const counted = await ctx.sql<{ course_id: string; people: number }>(
    `select course_id, count(*)::int as people from (${learners}) l group by 1`,
    [courseIds],
  )
  const people = new Map(counted.map(row => [row.course_id, row.people]))
  const last = shown.at(-1)
  return {
    weeks,
    rows: shown.map(({ id, title }) => {
      const many = people.get(id) ?? 0
      // What was held and asked was so for each of them.
      const all = cells(id, '').map(one => ({ ...one, held: one.held * many, asked: one.asked * many }))
      return { courseId: id, title, learners: many, weeks: all }
    }),
    ...(courses.length > input.limit && last ? { next: writeKeyset(last.sort, last.id) } : {}),
  }
}

const mostMessages = 100

/** What the numbers of one person and week are made of. Three queries. */
export async function participationRows(
  ctx: Ctx,
  { courseId, accountId, week }: { courseId: string; accountId: AccountId; week: string },
) {
  const of = span({ courseIds: [courseId], weeks: [week] })
  const instant = (at: Date) => new Date(at).toISOString()
  const classes = await ctx.sql<{
    id: string
    title: string
    started_at: Date
    attended: boolean
    answers: number
    asked: number
  }>(
    `select r.id, r.title, r.started_at,
            exists (select from seats s where s.run_id = r.id and s.account_id = $4 and s.role <> 'host') as attended,
            (select count(*)::int from run_deliveries v
               join responses s on s.delivery_id = v.delivery_id and s.author = $4 and s.revision = 1
              where v.run_id = r.id) as answers,
            (select coalesce(sum(jsonb_array_length(d.shared -> 'opened')), 0)::int from run_deliveries v
               join deliveries d on d.id = v.delivery_id where v.run_id = r.id) as asked
       from runs r join courses c on c.id = r.course_id
      where r.course_id = any($1::uuid[]) and ${within('r.started_at')} order by r.started_at`,
    [...of, accountId],
  )
  const homework = await ctx.sql<{ title: string; due_at: Date; finished_at: Date | null }>(
    `select a.title, d.due_at, t.finished_at
       from activities a join courses c on c.id = a.course_id
       join deliveries d on d.activity_id = a.id and d.mode = 'homework' and ${within('d.due_at')}
       left join attempts t on t.delivery_id = d.id and t.account_id = $4 and t.number = 1
      where a.course_id = any($1::uuid[])
        and (d.audience = 'everybody'
             or exists (select from delivery_audience w where w.delivery_id = d.id and w.account_id = $4))
      order by d.due_at`,
    [...of, accountId],
  )
  const messages = await ctx.sql<{ sent_at: Date; text: string | null }>(
    `select m.sent_at, m.text from (${channelsOf}) h join courses c on c.id = h.course_id
       join messages m on m.channel_id = h.id and m.alias_id is null and m.refused_at is null and m.author_id = $4
        and ${within('m.sent_at')}
      order by m.sent_at desc limit ${mostMessages}`,
    [...of, accountId],
  )
  return {
    classes: classes.map(one => ({
      runId: one.id,
      title: one.title,
      startedAt: instant(one.started_at),
      attended: one.attended,
      answers: one.answers,
      asked: one.asked,
    })),
    homework: homework.map(one => ({
      title: one.title,
      dueAt: instant(one.due_at),
      handedInAt: one.finished_at && instant(one.finished_at),
    })),
    messages: messages.map(one => ({ at: instant(one.sent_at), text: one.text })),
  }
}
