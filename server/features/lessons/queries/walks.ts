// How learners go through a lesson: where somebody is, and for staff everybody, the way one took and what was chosen how
// often. Changes nothing and asks no rights.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Page } from '#protocol/base/paging.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { WalkCounts, WalkedStep, Walker, WalkerFilter, WalkState } from '#protocol/lessons/walks.ts'
import type { LessonChoice, LessonChoiceId, LessonId, LessonPageId, LessonPlace } from '#protocol/lessons.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'
import { containing } from '#server/platform/db/like.ts'
import { type Leading, pathBack } from '../rules.ts'
import { type StepRow, steps, type WalkRow, walks } from '../tables.ts'
import { learnersIn, type OfLesson, viewOf } from './lessons.ts'

/** What somebody began last; undefined where they have not. */
export const findWalk = async (
  { lessonId, accountId }: { lessonId: LessonId; accountId: AccountId },
  lock?: 'lock',
): Promise<WalkRow | undefined> =>
  (await walks.findOne({
    where: { lessonId, accountId },
    order: [
      ['begunAt', 'desc'],
      ['id', 'desc'],
    ],
    lock: lock === 'lock',
    raw: true,
  })) ?? undefined

/** Where somebody is, as they read it. Three queries. */
export async function placeOf(ctx: Ctx, walk: WalkRow, pages: readonly Leading[]): Promise<LessonPlace> {
  const last = await steps.findOne({ where: { walkId: walk.id, number: walk.steps }, raw: true })
  const been = await ctx.sql<{ id: LessonPageId }>(
    'select distinct page_id as id from lesson_steps where walk_id = $1 and page_id is not null',
    [walk.id],
  )
  const there = new Set(pages.map(one => one.id))
  return {
    page: walk.pageId !== null && there.has(walk.pageId) ? await viewOf(pages, walk.pageId) : null,
    back: pathBack(walk.path, walk.pageId, pages) !== undefined,
    been: been.flatMap(one => (there.has(one.id) ? [one.id] : [])),
    moved: last?.how === 'moved',
    finishedAt: walk.finishedAt?.toISOString() ?? null,
  }
}

// $1 the course, $2 the lesson: its learners and whoever began it, each with what they began last.
const lines = `
  with people as (${learnersIn}
    union select account_id from lesson_walks where lesson_id = $2
  ), lines as materialized (
    select a.id, a.name, lower(a.name) as sorted, coalesce(n.times, 0) as times, coalesce(w.finished_at, w.at) as at,
           case when w.finished_at is null then p.title end as page,
           case when w.id is null then 'none' when w.finished_at is null then 'on' else 'finished' end as state
      from people l join accounts a on a.id = l.id and a.erased_at is null
      left join lateral (
        select * from lesson_walks where lesson_id = $2 and account_id = l.id order by begun_at desc, id desc limit 1) w on true
      left join lateral (
        select count(*)::int as times from lesson_walks where lesson_id = $2 and account_id = l.id) n on true
      left join lesson_pages p on p.id = w.page_id
  )`

interface Line {
  id: AccountId
  name: string
  sorted: string
  state: WalkState
  page: string | null
  at: Date | null
  times: number
}

interface Asked extends OfLesson {
  readonly filter: WalkerFilter
  readonly search?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/** A page of learners by name. One query. Throws `malformed` for a cursor that is none. */
export async function listWalkers(ctx: Ctx, input: Asked): Promise<Page<Walker>> {
  const [name, id] = readKeyset(input.after) ?? [null, null]
  const rows = await ctx.sql<Line>(
    `${lines} select * from lines
      where ($3 = 'all' or state = $3) and ($4::text is null or name ilike $4)
        and ($5::text is null or (sorted, id) > ($5, $6::uuid))
      order by sorted, id limit $7`,
    [
      ...[input.courseId, input.lessonId, input.filter, containing(input.search?.trim())],
      ...[name, id, input.limit + 1],
    ],
  )
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  return {
    items: page.map(({ id: accountId, name: called, state, page: on, at, times }) => ({
      ...{ accountId, name: called, state, page: on, times },
      at: at && new Date(at).toISOString(),
    })),
    ...(rows.length > input.limit && last ? { next: writeKeyset(last.sorted, last.id) } : {}),
  }
}

/** How many there are of each. One query. */
export async function countWalkers(ctx: Ctx, { courseId, lessonId }: OfLesson): Promise<WalkCounts> {
  const rows = await ctx.sql<{ state: WalkState; count: number }>(
    `${lines} select state, count(*)::int as count from lines group by state`,
    [courseId, lessonId],
  )
  const none: WalkCounts = { none: 0, on: 0, finished: 0 }
  return Object.assign(none, Object.fromEntries(rows.map(row => [row.state, row.count])))
}

interface Stepped {
  walkId: string
  place: string
  how: StepRow['how']
  at: Date
  from: string | null
  to: string | null
  choiceId: string | null
  choices: LessonChoice[] | null
}

/** A page of the steps of one learner, from the first on. One query. Throws `malformed` for a cursor that is none. */
export async function listSteps(
  ctx: Ctx,
  { lessonId, accountId, after, limit }: OfLesson & { accountId: AccountId; after?: string | undefined; limit: number },
): Promise<Page<WalkedStep>> {
  const [place, walkId] = readKeyset(after) ?? [null, null]
  const rows = await ctx.sql<Stepped>(
    `select * from (
       select s.walk_id as "walkId", to_char(w.begun_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS') || w.id || lpad(s.number::text, 8, '0') as place,
              s.how, s.at, f.title as from, p.title as to, s.choice_id as "choiceId", f.choices
         from lesson_walks w join lesson_steps s on s.walk_id = w.id
         left join lesson_pages f on f.id = s.from_page_id
         left join lesson_pages p on p.id = s.page_id
        where w.lesson_id = $1 and w.account_id = $2) t
      where $3::text is null or (place, "walkId") > ($3, $4::uuid)
      order by place, "walkId" limit $5`,
    [lessonId, accountId, place, walkId, limit + 1],
  )
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(({ how, at, from, to, choiceId, choices }) => ({
      ...{ how, from, to, at: new Date(at).toISOString() },
      choice: choices?.find(one => one.id === choiceId)?.text || null,
    })),
    ...(rows.length > limit && last ? { next: writeKeyset(last.place, last.walkId) } : {}),
  }
}

/** How often each choice was taken. One query. */
export const countTaken = (
  ctx: Ctx,
  { lessonId }: OfLesson,
): Promise<{ pageId: LessonPageId; choiceId: LessonChoiceId; count: number }[]> =>
  ctx.sql(
    `select s.from_page_id as "pageId", s.choice_id as "choiceId", count(*)::int as count
       from lesson_walks w join lesson_steps s on s.walk_id = w.id
      where w.lesson_id = $1 and s.how = 'chose' and s.choice_id is not null and s.from_page_id is not null
      group by 1, 2 order by 1, 2`,
    [lessonId],
  )

/** How often anybody began a lesson of a course. */
export async function countWalks(ctx: Ctx, courseId: CourseId): Promise<number> {
  const [row] = await ctx.sql<{ count: number }>(
    'select count(*)::int as count from lesson_walks w join lessons l on l.id = w.lesson_id where l.course_id = $1',
    [courseId],
  )
  return row?.count ?? 0
}

/** How somebody went through lessons, for the copy of what is kept about them. */
export const exportWalks = (ctx: Ctx, accountId: AccountId): Promise<object[]> =>
  ctx.sql(
    `select c.title as course, l.title, w.begun_at as "begunAt", w.finished_at as "finishedAt",
            (select json_agg(json_build_object('at', s.at, 'how', s.how, 'page', p.title, 'choice', (
               select x->>'text' from lesson_pages f, jsonb_array_elements(f.choices) x
                where f.id = s.from_page_id and x->>'id' = s.choice_id::text)) order by s.number)
               from lesson_steps s left join lesson_pages p on p.id = s.page_id where s.walk_id = w.id) as steps
       from lesson_walks w join lessons l on l.id = w.lesson_id join courses c on c.id = l.course_id
      where w.account_id = $1 order by w.begun_at, w.id`,
    [accountId],
  )
