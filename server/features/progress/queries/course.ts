// What completes a course and how that stands for people: the rule, the facts it is judged by, the record. Changes nothing and
// asks no rights.
import type { AccountId } from '#protocol/base/ids.ts'
import type { CourseId, ItemId } from '#protocol/courses.ts'
import type {
  CourseMark,
  CourseRecord,
  CourseRule,
  CourseRuleSaid,
  CourseStanding,
  OwnCourse,
} from '#protocol/progress/course.ts'
import { shutFor } from '#server/features/conditions/index.ts'
import { gradedIn, reachedTotal } from '#server/features/grades/index.ts'
import type { NoticeAbout } from '#server/features/notifications/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { type CourseFacts, cellOf, courseStandingOf, excused, howOf, type ItemFact } from '../rules.ts'
import { courseRules } from '../tables.ts'
import { marksOf, progressItems } from './record.ts'

/** What completes a course; version 0 and no part while nobody has said anything. */
export async function findCourseRule(courseId: string): Promise<CourseRule> {
  const row = await courseRules.findByPk(courseId, { raw: true })
  return row ? { need: row.need, parts: row.parts, version: row.version } : { need: 'all', parts: [], version: 0 }
}

/** Those of these people who learn in a course, with when they came. One query. */
async function learnersAmong(
  ctx: Ctx,
  courseId: string,
  accountIds: readonly AccountId[],
): Promise<Map<AccountId, Date>> {
  const rows = await ctx.sql<{ id: AccountId; at: Date }>(
    `select e.account_id as id, e.at from enrolments e
       join role_assignments r on r.account_id = e.account_id and r.context_kind = 'course' and r.context_id = e.course_id
      where e.course_id = $1 and e.account_id = any($2::uuid[]) and e.ended_at is null and r.role = 'learner'`,
    [courseId, [...accountIds]],
  )
  return new Map(rows.map(row => [row.id, new Date(row.at)]))
}

/** The learners of a course after one of them, by id. One query. */
export async function learnersAfter(
  ctx: Ctx,
  courseId: string,
  after: string | null,
  limit: number,
): Promise<AccountId[]> {
  const rows = await ctx.sql<{ id: AccountId }>(
    `select e.account_id as id from enrolments e
       join role_assignments r on r.account_id = e.account_id and r.context_kind = 'course' and r.context_id = e.course_id
      where e.course_id = $1 and e.ended_at is null and r.role = 'learner' and ($2::uuid is null or e.account_id > $2::uuid)
      order by e.account_id limit $3`,
    [courseId, after, limit],
  )
  return rows.map(row => row.id)
}

type ItemFactsOf = (accountId: AccountId, since: Date) => ReadonlyMap<ItemId, ItemFact>

/**
 * How the items of a rule stand. What was removed, and what can't be done any more, is not among them; a draft and what is not
 * open yet are waited for.
 */
async function itemFacts(
  ctx: Ctx,
  courseId: string,
  itemIds: readonly ItemId[],
  accountIds: readonly AccountId[],
): Promise<ItemFactsOf> {
  if (itemIds.length === 0) return () => new Map()
  const items = (await progressItems(ctx, [courseId])).filter(one => itemIds.includes(one.itemId))
  const drafts = await ctx.sql<{ id: ItemId }>(
    `select i.id from items i left join modules m on m.id = i.module_id
      where i.id = any($1::uuid[]) and i.course_id = $2 and not i.published and i.removed_at is null and m.removed_at is null`,
    [[...itemIds], courseId],
  )
  const marks = await marksOf(ctx, items, accountIds)
  const shut = items.some(one => one.hidden) ? await shutFor(ctx, [courseId], accountIds) : () => null
  return (accountId, since) => {
    const facts = new Map<ItemId, ItemFact>(drafts.map(({ id }) => [id, { state: 'open', at: null, title: null }]))
    for (const item of items) {
      const own = marks(accountId, item)
      const { state, at } = cellOf(item, own, since, ctx.now)
      const never = state === 'none' && ((!item.byHand && !howOf(item.kind)) || excused(item, own, since))
      facts.set(item.itemId, {
        state: state === 'done' ? 'done' : never ? 'none' : 'open',
        at: at === null ? null : new Date(at),
        title: shut(accountId, item) === 'hidden' ? null : item.title,
      })
    }
    return facts
  }
}

async function marksGiven(
  ctx: Ctx,
  courseId: string,
  accountIds: readonly AccountId[],
): Promise<Map<AccountId, Map<CourseMark, Date>>> {
  const rows = await ctx.sql<{ account_id: AccountId; what: CourseMark; at: Date }>(
    'select account_id, what, at from course_marks where course_id = $1 and account_id = any($2::uuid[]) order by what',
    [courseId, [...accountIds]],
  )
  const found = new Map<AccountId, Map<CourseMark, Date>>()
  for (const { account_id: id, what, at } of rows) found.set(id, (found.get(id) ?? new Map()).set(what, new Date(at)))
  return found
}

/**
 * What a rule is judged by, for those of these people who learn in the course. A fixed number of queries; where a grade is
 * asked for, those of `reachedTotal` for each who has one.
 */
export async function courseFacts(
  ctx: Ctx,
  courseId: string,
  { parts }: CourseRuleSaid,
  accountIds: readonly AccountId[],
): Promise<Map<AccountId, CourseFacts>> {
  const learners = await learnersAmong(ctx, courseId, accountIds)
  const ids = [...learners.keys()]
  const itemIds = parts.flatMap(one => (one.kind === 'items' ? one.itemIds : []))
  const items = await itemFacts(ctx, courseId, itemIds, ids)
  const marks = await marksGiven(ctx, courseId, ids)
  const graded = parts.some(one => one.kind === 'grade') ? await gradedIn(ctx, courseId, ids) : new Set<AccountId>()
  const facts = new Map<AccountId, CourseFacts>()
  for (const [id, since] of learners)
    facts.set(id, {
      since,
      items: items(id, since),
      total: graded.has(id) ? await reachedTotal(ctx, courseId, id) : null,
      marks: marks.get(id) ?? new Map(),
    })
  return facts
}

export interface RecordRow {
  readonly account_id: AccountId
  readonly at: Date
  readonly rule_version: number
  readonly taken_at: Date | null
}

/** The records of these people, those that another rule took too. One query. */
export const recordsOf = (ctx: Ctx, courseId: string, accountIds: readonly AccountId[]): Promise<RecordRow[]> =>
  ctx.sql<RecordRow>(
    `select account_id, at, rule_version, taken_at from course_completions
      where course_id = $1 and account_id = any($2::uuid[])`,
    [courseId, [...accountIds]],
  )

const told = (row: RecordRow | undefined): CourseRecord | null =>
  row && row.taken_at === null ? { at: new Date(row.at).toISOString(), ruleVersion: row.rule_version } : null

/** What staff read of these people. Two queries. */
export async function courseStandings(
  ctx: Ctx,
  courseId: string,
  accountIds: readonly AccountId[],
): Promise<(accountId: AccountId) => CourseStanding> {
  const records = new Map((await recordsOf(ctx, courseId, accountIds)).map(row => [row.account_id, row]))
  const marks = await marksGiven(ctx, courseId, accountIds)
  return id => ({ record: told(records.get(id)), marks: [...(marks.get(id)?.keys() ?? [])] })
}

/** How far a learner is with a course as a whole; null where nothing completes it, or they do not learn there. */
export async function ownCourse(ctx: Ctx, courseId: string, accountId: AccountId): Promise<OwnCourse | null> {
  const rule = await findCourseRule(courseId)
  if (rule.parts.length === 0) return null
  const facts = (await courseFacts(ctx, courseId, rule, [accountId])).get(accountId)
  if (!facts) return null
  const { parts } = courseStandingOf(rule, facts, ctx.now)
  const [record] = await recordsOf(ctx, courseId, [accountId])
  return {
    need: rule.need,
    parts: parts.map(one => ({ ...one, at: one.at?.toISOString() ?? null })),
    record: told(record),
    marked: facts.marks.has('whole'),
  }
}

/** Learners of a course, the first by name, and how many there are. Two queries. */
export async function previewed(
  ctx: Ctx,
  courseId: string,
  limit: number,
): Promise<{ ids: AccountId[]; count: number }> {
  const among = `from enrolments e
       join role_assignments r on r.account_id = e.account_id and r.context_kind = 'course' and r.context_id = e.course_id
       join accounts a on a.id = e.account_id
      where e.course_id = $1 and e.ended_at is null and r.role = 'learner'`
  const rows = await ctx.sql<{ id: AccountId }>(`select a.id ${among} order by lower(a.name), a.id limit $2`, [
    courseId,
    limit,
  ])
  const [all] = await ctx.sql<{ count: number }>(`select count(*)::int as count ${among}`, [courseId])
  return { ids: rows.map(row => row.id), count: all?.count ?? 0 }
}

/** The courses among these people's whose completion follows a rule, a row a person. One query. */
export const ruledCoursesOf = (
  ctx: Ctx,
  accountIds: readonly AccountId[],
): Promise<{ courseId: CourseId; accountId: AccountId }[]> =>
  ctx.sql(
    `select e.course_id as "courseId", e.account_id as "accountId"
       from enrolments e join course_rules r on r.course_id = e.course_id
      where e.account_id = any($1::uuid[]) and e.ended_at is null and jsonb_array_length(r.parts) > 0
      order by 1, 2`,
    [[...accountIds]],
  )

/** Whose moment has come since the rule was looked at; `accountId` null for everybody in the course. One query. */
export const dueMoments = (ctx: Ctx): Promise<{ courseId: CourseId; accountId: AccountId | null }[]> =>
  ctx.sql(
    `select r.course_id as "courseId", null::uuid as "accountId"
       from course_rules r cross join lateral jsonb_array_elements(r.parts) p
      where p->>'kind' = 'date' and (p->>'at')::timestamptz > r.looked_at and (p->>'at')::timestamptz <= $1
     union all
     select r.course_id, e.account_id
       from course_rules r cross join lateral jsonb_array_elements(r.parts) p
       join enrolments e on e.course_id = r.course_id and e.ended_at is null
       join role_assignments l on l.account_id = e.account_id and l.context_kind = 'course'
         and l.context_id = e.course_id and l.role = 'learner'
      where p->>'kind' = 'days' and e.at + (p->>'days')::int * interval '24 hours' > r.looked_at
        and e.at + (p->>'days')::int * interval '24 hours' <= $1
      order by 1, 2`,
    [ctx.now],
  )

/** What is kept of somebody's courses as a whole, for the copy of what is kept about them. Two queries. */
export async function exportCourses(ctx: Ctx, accountId: AccountId): Promise<Record<string, unknown>> {
  return {
    coursesCompleted: await ctx.sql<object>(
      `select c.title, d.at, d.rule_version, d.taken_at from course_completions d join courses c on c.id = d.course_id
        where d.account_id = $1 order by d.at`,
      [accountId],
    ),
    courseMarks: await ctx.sql<object>(
      `select c.title, m.what, m.at from course_marks m join courses c on c.id = m.course_id
        where m.account_id = $1 order by m.at`,
      [accountId],
    ),
  }
}

/** The courses among these whose record one person has, for what tells them so. One query. */
export async function aboutCompleted(
  ctx: Ctx,
  accountId: AccountId,
  courseIds: readonly string[],
): Promise<Map<string, NoticeAbout>> {
  const rows = await ctx.sql<{ id: string; title: string }>(
    `select c.id, c.title from course_completions r join courses c on c.id = r.course_id
      where r.account_id = $1 and r.course_id = any($2::uuid[]) and r.taken_at is null`,
    [accountId, courseIds],
  )
  return new Map(rows.map(({ id, title }) => [id, { name: null, title, place: { at: 'course' } }]))
}
