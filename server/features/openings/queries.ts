// Courses that are open to people who come by themselves: as staff say it, and as people find them. Changes nothing.
import type { Input } from '#protocol/base/call.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Page } from '#protocol/base/paging.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { GroupId } from '#protocol/groups.ts'
import type { OpenCourse, Opening, openingRoutes } from '#protocol/openings.ts'
import { groups } from '#server/features/groups/index.ts'
import { accountOf, type Ctx } from '#server/platform/ctx.ts'
import { readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'
import { containing } from '#server/platform/db/like.ts'
import { stateOf, windowIn } from './rules.ts'
import { type OpeningRow, openings } from './tables.ts'

/** As it travels to those who may enrol. */
export const openingOf = ({ courseId: _, ...row }: OpeningRow): Opening => row

/** What was said about a course, if anything was. Asks no rights. */
export const findOpening = (courseId: CourseId): Promise<OpeningRow | null> =>
  openings.findByPk(courseId, { raw: true })

/** SQL: how many learners are in the course `c`. */
const learnersSql = `(select count(*)::int from enrolments e
    join role_assignments r on r.account_id = e.account_id and r.context_kind = 'course' and r.context_id = e.course_id
   where e.course_id = c.id and e.ended_at is null and r.role = 'learner')`

/** How many learners are in a course now. */
export async function countLearners(ctx: Ctx, courseId: CourseId): Promise<number> {
  const [row] = await ctx.sql<{ learners: number }>(
    `select ${learnersSql} as learners from courses c where c.id = $1`,
    [courseId],
  )
  return row?.learners ?? 0
}

/** Whether a section stands in a course. */
export const isSection = async (courseId: CourseId, sectionId: GroupId): Promise<boolean> =>
  (await groups.count({ where: { id: sectionId, courseId, setId: null, removedAt: null } })) > 0

/** Ways in by which people came themselves: they may leave the same way. */
const ownWays = `('self', 'join code')`

/** Whether somebody may leave a course by themselves: a learner who came so, where the course lets them. One query. */
export async function mayLeave(ctx: Ctx, courseId: CourseId, accountId: AccountId): Promise<boolean> {
  const found = await ctx.sql(
    `select from openings o
       join enrolments e on e.course_id = o.course_id and e.account_id = $2 and e.ended_at is null and e.how in ${ownWays}
       join role_assignments r on r.account_id = $2 and r.context_kind = 'course' and r.context_id = o.course_id and r.role = 'learner'
      where o.course_id = $1 and o.may_leave`,
    [courseId, accountId],
  )
  return found.length > 0
}

/** How somebody was in a course last, or is. */
export interface LastStay {
  readonly how: 'self' | 'join code'
  readonly endsAt: Date | null
  /** Null while they are in it. */
  readonly endedAt: Date | null
  readonly left: boolean
}

/** The last time that somebody was in a course; undefined where they never were. Asks no rights. */
export async function lastStay(ctx: Ctx, courseId: CourseId, accountId: AccountId): Promise<LastStay | undefined> {
  const [row] = await ctx.sql<LastStay>(
    `select how, ends_at as "endsAt", ended_at as "endedAt", left_by_self as left from enrolments
      where course_id = $1 and account_id = $2 order by ended_at desc nulls first limit 1`,
    [courseId, accountId],
  )
  return row
}

/** When somebody first came into a course by themselves; undefined where they never did. */
export async function firstCame(ctx: Ctx, courseId: CourseId, accountId: AccountId): Promise<Date | undefined> {
  const [row] = await ctx.sql<{ at: Date | null }>(
    `select min(at) as at from enrolments where course_id = $1 and account_id = $2 and how = 'self'`,
    [courseId, accountId],
  )
  return row?.at ? new Date(row.at) : undefined
}

interface Row extends Pick<OpeningRow, 'open' | 'opensOn' | 'closesOn' | 'most' | 'days'> {
  courseId: CourseId
  title: string
  shortName: string
  summary: string
  timeZone: string
  department: string | null
  term: string | null
  key: boolean
  learners: number
  isIn: boolean
  mayLeave: boolean
  sort: string
}

const coursesSql = (where: string) => `
  select c.id as "courseId", c.title, c.short_name as "shortName", c.summary, c.time_zone as "timeZone", d.name as department,
         t.name as term, o.open, o.key <> '' as key, o.opens_on::text as "opensOn", o.closes_on::text as "closesOn", o.most,
         o.days, case when o.most is null then 0 else ${learnersSql} end as learners, lower(c.title) as sort,
         mine.id is not null as "isIn",
         o.may_leave and mine.how in ${ownWays} and coalesce(held.role, '') = 'learner' as "mayLeave"
    from openings o
    join courses c on c.id = o.course_id and c.removed_at is null and c.state = 'published' and not c.template
    left join departments d on d.id = c.department_id
    left join terms t on t.id = c.term_id
    left join enrolments mine on mine.course_id = c.id and mine.account_id = $1 and mine.ended_at is null
    left join role_assignments held on held.context_kind = 'course' and held.context_id = c.id and held.account_id = $1
   where ${where}`

const courseOf = (row: Row, now: Date): OpenCourse => ({
  courseId: row.courseId,
  title: row.title,
  shortName: row.shortName,
  summary: row.summary,
  department: row.department,
  term: row.term,
  timeZone: row.timeZone,
  key: row.key,
  state: stateOf(row, { timeZone: row.timeZone, learners: row.learners, now }),
  ...windowIn(row.timeZone, row),
  days: row.days,
  most: row.most,
  free: row.most === null ? null : Math.max(0, row.most - row.learners),
  isIn: row.isIn,
  mayLeave: row.mayLeave ?? false,
})

/** The catalogue, by title. One query. What closed a day ago or less may still be in it, and says so. Throws `malformed`. */
export async function listOpen(ctx: Ctx, input: Input<typeof openingRoutes.list>): Promise<Page<OpenCourse>> {
  const after = readKeyset(input.after)
  const rows = await ctx.sql<Row>(
    `with recursive below as (
       select id from departments where id = $2
       union all
       select d.id from departments d join below on d.parent_id = below.id
     )
     ${coursesSql(`o.open and (o.closes_on is null or o.closes_on >= $7::date - 1)
        and ($2::uuid is null or c.department_id in (select id from below))
        and ($3::text is null or c.title ilike $3 or c.short_name ilike $3 or c.summary ilike $3)
        and ($4::text is null or (lower(c.title), c.id) > ($4, $5::uuid))`)}
      order by lower(c.title), c.id limit $6`,
    [
      accountOf(ctx.who),
      input.departmentId ?? null,
      containing(input.search),
      after?.[0] ?? null,
      after?.[1] ?? null,
      input.limit + 1,
      ctx.now.toISOString().slice(0, 10),
    ],
  )
  const items = rows.slice(0, input.limit)
  const last = items.at(-1)
  return {
    items: items.map(row => courseOf(row, ctx.now)),
    ...(rows.length > input.limit && last ? { next: writeKeyset(last.sort, last.courseId) } : {}),
  }
}

/** One course of it, a closed one too. Throws `not-found`. */
export async function findOpen(ctx: Ctx, courseId: CourseId): Promise<OpenCourse> {
  const [row] = await ctx.sql<Row>(coursesSql('o.course_id = $2'), [accountOf(ctx.who), courseId])
  if (!row) throw new Problem('not-found')
  return courseOf(row, ctx.now)
}
