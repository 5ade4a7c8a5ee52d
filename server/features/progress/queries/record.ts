// What progress is worked out from: the items of courses that ask for something, and what the record says of people. A
// query each, for any number of people and items. Changes nothing and asks no rights.
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { CourseId, ItemId } from '#protocol/courses.ts'
import type { GradeItemId } from '#protocol/grades.ts'
import type { CompletionRule, ProgressHow, ProgressItem } from '#protocol/progress.ts'
import { reaches } from '#server/features/grades/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import type { Asked, Marks } from '../rules.ts'
import { completionRules } from '../tables.ts'

export interface CourseProgressItem extends Omit<ProgressItem, 'kind'>, Asked {
  readonly itemId: ItemId
  readonly courseId: string
  /** Shown to those alone for whom it is open. */
  readonly hidden: boolean
  /** The column whose score makes it done, where one does. */
  readonly gradeItemId: GradeItemId | null
}

/** What staff say of how the items of a course are done. */
export async function listRules(courseId: CourseId): Promise<CompletionRule[]> {
  const rows = await completionRules.findAll({ where: { courseId }, raw: true })
  return rows.map(({ itemId, asks, percent, version }) => ({ itemId, asks, percent, version }))
}

interface ItemFacts {
  id: ItemId
  course_id: string
  kind: string
  ref_id: string
  title: string
  badge: string | null
  module_title: string | null
  for_some: boolean
  opens_at: Date | null
  due_at: Date | null
  over_at: Date | null
  put: boolean
  hidden: boolean
  by_hand: boolean
  percent: number | null
  grade_item_id: GradeItemId | null
}

const date = (at: Date | null): Date | null => at && new Date(at)

/** Published items of these courses that ask for something, in the order of the course. One query. */
export async function progressItems(ctx: Ctx, courseIds: readonly string[]): Promise<CourseProgressItem[]> {
  const rows = await ctx.sql<ItemFacts>(
    `select i.id, i.course_id, i.kind, i.ref_id, i.title, i.badge, m.title as module_title,
            i.audience = 'some' as for_some, d.opens_at, coalesce(d.due_at, g.due_at) as due_at,
            coalesce(d.closed_at, r.ended_at, put.over_at, case when g.cut_off_at < $2 then g.cut_off_at end) as over_at, coalesce(put.put, false) as put,
            i.hidden or m.hidden is true as hidden, c.asks is not distinct from 'by-hand' as by_hand,
            c.percent, case when c.percent is not null then coalesce(r.grade_item_id, g.grade_item_id, k.grade_item_id,
              (select min(s.grade_item_id::text)::uuid from grade_sources s where s.delivery_id = d.id)) end as grade_item_id
       from items i
       left join modules m on m.id = i.module_id
       left join completion_rules c on c.item_id = i.id
       left join deliveries d on i.kind = 'homework' and d.id = i.ref_id
       left join runs r on i.kind = 'class' and r.id = i.ref_id
       left join assignments g on i.kind = 'assignment' and g.id = i.ref_id
       left join packages k on i.kind = 'package' and k.id = i.ref_id
       left join lateral (
         -- Homework of an activity stands as an item of its own.
         select count(*) > 0 as put, case when bool_and(u.ended_at is not null) then max(u.ended_at) end as over_at
           from deliveries l
           join run_deliveries v on v.delivery_id = l.id and v.asked > 0
           join runs u on u.id = v.run_id
          where i.kind = 'activity' and l.activity_id = i.ref_id
       ) put on true
      where i.course_id = any($1::uuid[]) and i.published and i.removed_at is null and m.removed_at is null
        and (i.kind in ('page', 'homework', 'assignment', 'package', 'survey', 'lesson', 'class', 'activity') or c.asks = 'by-hand')
        and c.asks is distinct from 'nothing' and i.kind <> 'heading'
      order by i.course_id, m.position nulls first, m.id nulls first, i.position, i.id`,
    [[...courseIds], ctx.now],
  )
  return rows.map(row => ({
    itemId: row.id,
    courseId: row.course_id,
    kind: row.kind,
    refId: row.ref_id,
    title: row.title,
    badge: row.badge,
    moduleTitle: row.module_title ?? '',
    forSome: row.for_some,
    opensAt: date(row.opens_at),
    dueAt: date(row.due_at),
    overAt: date(row.over_at),
    put: row.put,
    hidden: row.hidden,
    byHand: row.by_hand,
    percent: row.percent,
    gradeItemId: row.grade_item_id,
  }))
}

/** A published item that learners mark by hand; `not-found` for any other. Asks no rights. */
export async function getMarked(
  ctx: Ctx,
  { courseId, itemId }: { courseId: string; itemId: string },
): Promise<CourseProgressItem> {
  const item = (await progressItems(ctx, [courseId])).find(one => one.itemId === itemId)
  if (!item?.byHand) throw new Problem('not-found')
  return item
}

interface MarkFacts {
  account_id: AccountId
  ref_id: string
  done_at: Date | null
  how: ProgressHow | null
  given: boolean | null
  until: Date | null
  extra: number | null
}

// Homework is done when it was handed in once, which is its first attempt. A class counts as attended by a seat, and as caught up when all the homework given for it is handed in.
const marksSql = `
  select account_id, page_id as ref_id, at as done_at, 'read' as how, null::boolean as given, null::timestamptz as until,
         null::int as extra
    from page_reads where page_id = any($1::uuid[]) and account_id = any($5::uuid[])
  union all
  select account_id, delivery_id, finished_at, 'handed-in', null, null, extra_seconds
    from attempts where number = 1 and delivery_id = any($2::uuid[]) and account_id = any($5::uuid[])
  union all
  select account_id, delivery_id, null, null, true, null, null
    from delivery_audience where delivery_id = any($2::uuid[]) and account_id = any($5::uuid[])
  union all
  select account_id, run_id, joined_at, 'attended', null, null, null
    from seats where run_id = any($3::uuid[]) and account_id = any($5::uuid[]) and role <> 'host'
  union all
  select p.account_id, r.id, case when count(*) = count(t.finished_at) then max(t.finished_at) end, 'caught-up', null,
         case when bool_or(t.finished_at is null and d.closed_at is null)
              then max(d.due_at) filter (where t.finished_at is null and d.closed_at is null) end, null
    from runs r
    join grade_sources g on g.grade_item_id = r.grade_item_id
    join deliveries d on d.id = g.delivery_id and d.mode = 'homework'
    join unnest($5::uuid[]) as p(account_id)
      on d.audience = 'everybody'
         or exists (select from delivery_audience w where w.delivery_id = d.id and w.account_id = p.account_id)
    left join attempts t on t.delivery_id = d.id and t.account_id = p.account_id and t.number = 1
   where r.id = any($3::uuid[]) and r.ended_at is not null
   group by p.account_id, r.id
  union all
  select t.account_id, d.activity_id, max(s.at), 'answered', null, null, null
    from deliveries d join attempts t on t.delivery_id = d.id join responses s on s.attempt_id = t.id
   where d.activity_id = any($4::uuid[]) and t.account_id = any($5::uuid[])
   group by t.account_id, d.activity_id
  union all
  select account_id, item_id, at, 'marked', null, null, null
    from done_marks where item_id = any($6::uuid[]) and account_id = any($5::uuid[])
  union all
  select s.account_id, s.assignment_id, min(h.at), 'handed-in', null, null, null
    from submissions s join hand_ins h on h.submission_id = s.id
   where s.assignment_id = any($7::uuid[]) and s.account_id = any($5::uuid[])
   group by s.account_id, s.assignment_id
  union all
  select account_id, package_id, min(over_at), 'played', null, null, null
    from package_attempts
   where package_id = any($8::uuid[]) and account_id = any($5::uuid[]) and completion = 'completed' and success <> 'failed'
   group by account_id, package_id
  union all
  select account_id, survey_id, (day + time '12:00') at time zone 'UTC', 'answered', null, null, null
    from survey_participants where survey_id = any($9::uuid[]) and account_id = any($5::uuid[])
  union all
  select account_id, lesson_id, min(finished_at), 'finished', null, null, null
    from lesson_walks
   where lesson_id = any($10::uuid[]) and account_id = any($5::uuid[]) and finished_at is not null
   group by account_id, lesson_id`

export type MarksOf = (accountId: AccountId, item: CourseProgressItem) => Marks

/** What the record says of these people and items. One query, and those of `reaches` where a score makes something done. */
export async function marksOf(
  ctx: Ctx,
  items: readonly CourseProgressItem[],
  accountIds: readonly AccountId[],
): Promise<MarksOf> {
  const refs = (kind: string) => items.filter(one => one.kind === kind).map(one => one.refId)
  const byHand = items.filter(one => one.byHand).map(one => one.itemId)
  const rows = await ctx.sql<MarkFacts>(marksSql, [
    refs('page'),
    refs('homework'),
    refs('class'),
    refs('activity'),
    [...accountIds],
    byHand,
    refs('assignment'),
    refs('package'),
    refs('survey'),
    refs('lesson'),
  ])
  const columns = new Set(items.flatMap(one => one.gradeItemId ?? []))
  const reached = columns.size > 0 ? await reaches(ctx, [...columns], accountIds) : () => null
  const found = new Map<string, Marks>()
  for (const row of rows) {
    const key = `${row.account_id} ${row.ref_id}`
    const before = found.get(key) ?? {}
    found.set(key, {
      ...before,
      // Attended before caught up: the rows come in that order.
      ...(row.done_at && !before.doneAt ? { doneAt: new Date(row.done_at), how: row.how ?? undefined } : {}),
      ...(row.given ? { given: true } : {}),
      ...(row.until ? { catchUpUntil: new Date(row.until) } : {}),
      ...(row.extra === null ? {} : { extraSeconds: row.extra }),
    })
  }
  return (accountId, { refId, itemId, byHand: marked, percent, gradeItemId }) => {
    const record = found.get(`${accountId} ${refId}`) ?? {}
    if (percent != null) return { ...record, reached: gradeItemId && reached(gradeItemId, accountId, percent) }
    if (!marked) return record
    // Whom it is for is still the record's to say; that it is done, theirs.
    const mark = found.get(`${accountId} ${itemId}`)
    return { ...(record.given ? { given: true } : {}), doneAt: mark?.doneAt, how: mark?.how }
  }
}

/** What makes an item of a course done, and its title. Throws `not-found`. */
export async function getRule(
  ctx: Ctx,
  courseId: string,
  itemId: ItemId,
): Promise<CompletionRule & { title: string; kind: string }> {
  const [row] = await ctx.sql<CompletionRule & { title: string; kind: string }>(
    `select i.id as "itemId", i.title, i.kind, coalesce(c.asks, 'usual') as asks, c.percent, coalesce(c.version, 0) as version
       from items i left join completion_rules c on c.item_id = i.id
      where i.id = $1 and i.course_id = $2 and i.removed_at is null`,
    [itemId, courseId],
  )
  if (!row) throw new Problem('not-found')
  return row
}

/** Which pages read and items marked are of course $1: conditions of `page_reads` and `done_marks`. */
export const readIn = `page_id in (select ref_id from items where course_id = $1 and kind = 'page')`
export const markedIn = 'item_id in (select id from items where course_id = $1)'

/** How many pages were read, and items and the course itself marked, of all people. One query. */
export async function countMarks(ctx: Ctx, courseId: string): Promise<number> {
  const [row] = await ctx.sql<{ count: number }>(
    `select (select count(*) from page_reads where ${readIn})::int + (select count(*) from done_marks where ${markedIn})::int
          + (select count(*) from course_marks where course_id = $1)::int as count`,
    [courseId],
  )
  return row?.count ?? 0
}
