// The attendance list of a class, the table of a course, and what one learner reads of their own. Changes nothing and asks
// no rights.
import type { AttendanceRow, AttendedRun, attendanceRoutes } from '#protocol/attendance.ts'
import type { Output } from '#protocol/base/call.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { RunId } from '#protocol/live.ts'
import { shutFor } from '#server/features/conditions/index.ts'
import { standingRefs } from '#server/features/courses/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'
import { type HeldRun, standingsIn } from './evidence.ts'

export interface RunPlace extends HeldRun {
  readonly courseId: CourseId
  readonly courseTitle: string
}

const runColumns = `r.id, r.title, r.started_at as "startedAt", r.ended_at as "endedAt", r.course_id as "courseId",
  c.title as "courseTitle"`

/** A class with its course, or `not-found`. */
export async function getRunPlace(ctx: Ctx, runId: RunId): Promise<RunPlace> {
  const [row] = await ctx.sql<RunPlace>(
    `select ${runColumns} from runs r join courses c on c.id = r.course_id where r.id = $1`,
    [runId],
  )
  if (!row) throw new Problem('not-found')
  return placed(row)
}

const placed = (row: RunPlace): RunPlace => ({
  ...row,
  startedAt: new Date(row.startedAt),
  endedAt: row.endedAt && new Date(row.endedAt),
})

/** Classes a table holds. */
const mostRuns = 100

/** The classes of a course that are not in its bin, the newest first. Two queries. */
async function runsOf(ctx: Ctx, courseId: CourseId): Promise<RunPlace[]> {
  const rows = await ctx.sql<RunPlace>(
    `select ${runColumns} from runs r join courses c on c.id = r.course_id
      where r.id = any($1::uuid[]) order by r.started_at desc, r.id desc limit $2`,
    [await standingRefs(ctx, courseId, 'class'), mostRuns],
  )
  return rows.map(placed)
}

const wireOf = ({ id, title, startedAt, endedAt }: HeldRun): AttendedRun => ({
  ...{ id, title, startedAt: startedAt.toISOString() },
  endedAt: endedAt?.toISOString() ?? null,
})

// Learners who were enrolled before it ended, whoever took a seat but its hosts, and whoever was corrected.
const peopleSql = `
  with people as (
    select account_id, role from seats where run_id = $1 and role <> 'host'
    union
    select e.account_id, 'learner' from enrolments e
      join role_assignments ra
        on ra.account_id = e.account_id and ra.context_kind = 'course' and ra.context_id = e.course_id
     where e.course_id = $2 and e.ended_at is null and ra.role = 'learner' and e.at <= $3
       and not exists (select from seats s where s.run_id = $1 and s.account_id = e.account_id)
    union
    select m.account_id, 'learner' from attendance_marks m
     where m.run_id = $1 and not exists (select from seats s where s.run_id = $1 and s.account_id = m.account_id)
  )
  select a.id, a.name, p.role, lower(a.name) as sort from people p join accounts a on a.id = p.account_id`

interface PersonFacts {
  id: AccountId
  name: string
  role: AttendanceRow['role']
  sort: string
}

const until = (run: HeldRun, ctx: Ctx): Date => run.endedAt ?? ctx.now

/** Whether somebody is on the list of a class. One query. */
export async function isListed(ctx: Ctx, run: RunPlace, accountId: AccountId): Promise<boolean> {
  const rows = await ctx.sql(`${peopleSql} where a.id = $4`, [run.id, run.courseId, until(run, ctx), accountId])
  return rows.length > 0
}

/**
 * A page of the list of a class, by name. Four queries whatever the size of the class. Throws `malformed` for a cursor
 * that is none.
 */
export async function attendanceList(
  ctx: Ctx,
  run: RunPlace,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<Output<typeof attendanceRoutes.list>> {
  const from = readKeyset(after)
  const rows = await ctx.sql<PersonFacts>(
    `select * from (${peopleSql}) as listed where $4::text is null or (sort, id) > ($4, $5::uuid)
      order by sort, id limit $6`,
    [run.id, run.courseId, until(run, ctx), from?.[0] ?? null, from?.[1] ?? null, limit + 1],
  )
  const shown = rows.slice(0, limit)
  const standing = await standingsIn(
    ctx,
    [run],
    shown.map(row => row.id),
  )
  const last = shown.at(-1)
  return {
    run: { ...wireOf(run), courseId: run.courseId, courseTitle: run.courseTitle },
    items: shown.map(({ id, name, role }) => {
      const { seated: _, ...rest } = standing(run, id)
      return { accountId: id, name, role, ...rest }
    }),
    ...(rows.length > limit && last ? { next: writeKeyset(last.sort, last.id) } : {}),
  }
}

interface LearnerFacts {
  id: AccountId
  name: string
  at: Date
  sort: string
}

/** Whether a class was for somebody who is enrolled since `at`. */
const due = (run: HeldRun, at: Date | undefined): boolean =>
  at !== undefined && (run.endedAt === null || at <= run.endedAt)

/**
 * A page of the table of a course: who learns there now, by classes. Six queries whatever its size. Throws `malformed`
 * for a cursor that is none.
 */
export async function attendanceTable(
  ctx: Ctx,
  { courseId, after, limit }: { courseId: CourseId; after?: string | undefined; limit: number },
): Promise<Output<typeof attendanceRoutes.table>> {
  const from = readKeyset(after)
  const rows = await ctx.sql<LearnerFacts>(
    `select a.id, a.name, e.at, lower(a.name) as sort from enrolments e
       join role_assignments ra
         on ra.account_id = e.account_id and ra.context_kind = 'course' and ra.context_id = e.course_id
       join accounts a on a.id = e.account_id
      where e.course_id = $1 and e.ended_at is null and ra.role = 'learner'
        and ($2::text is null or (lower(a.name), a.id) > ($2, $3::uuid))
      order by lower(a.name), a.id limit $4`,
    [courseId, from?.[0] ?? null, from?.[1] ?? null, limit + 1],
  )
  const shown = rows.slice(0, limit)
  const runs = await runsOf(ctx, courseId)
  const standing = await standingsIn(
    ctx,
    runs,
    shown.map(row => row.id),
  )
  const last = shown.at(-1)
  return {
    runs: after === undefined ? runs.map(wireOf) : [],
    items: shown.map(({ id, name, at }) => ({
      accountId: id,
      name,
      cells: runs.flatMap(run => {
        const { seated, status, mark } = standing(run, id)
        if (!seated && !mark && !due(run, new Date(at))) return []
        return [{ runId: run.id, status, corrected: mark !== null }]
      }),
    })),
    ...(rows.length > limit && last ? { next: writeKeyset(last.sort, last.id) } : {}),
  }
}

/** One's own attendance of the classes of a course that one may know of. Six queries, and those of what is shut. */
export async function ownAttendance(
  ctx: Ctx,
  courseId: CourseId,
  accountId: AccountId,
): Promise<Output<typeof attendanceRoutes.mine>> {
  const shut = await shutFor(ctx, [courseId], [accountId])
  const runs = (await runsOf(ctx, courseId)).filter(
    run => shut(accountId, { kind: 'class', refId: run.id }) !== 'hidden',
  )
  const [enrolled] = await ctx.sql<{ at: Date }>(
    'select at from enrolments where course_id = $1 and account_id = $2 and ended_at is null',
    [courseId, accountId],
  )
  const standing = await standingsIn(ctx, runs, [accountId])
  return {
    items: runs.flatMap(run => {
      const { seated, ...own } = standing(run, accountId)
      if (!seated && !own.mark && !due(run, enrolled && new Date(enrolled.at))) return []
      return [{ run: wireOf(run), ...own }]
    }),
  }
}
