// How learners got on with a package: their own attempts, and everybody's for staff. Changes nothing and asks no rights.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Page } from '#protocol/base/paging.ts'
import { Problem } from '#protocol/base/problems.ts'
import type {
  LearnerCounts,
  LearnerFilter,
  LearnerRow,
  LearnerStatus,
  OwnAttempts,
  PackageAttempt,
  PackageAttemptId,
  PartState,
} from '#protocol/packages/attempts.ts'
import type { WhyUnmarked } from '#server/features/grades/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'
import { containing } from '#server/platform/db/like.ts'
import { isOver, pointsOf, statusOf } from '../rules/standing.ts'
import { type AttemptRow, type PackageRow, packageAttempts, packageStates, packages } from '../tables.ts'
import { learnersIn, type OfPackage } from './packages.ts'

/** Attempts that are told of one person. */
const mostTold = 100

const attemptOf = (row: AttemptRow, points: string): PackageAttempt => ({
  ...{ id: row.id, number: row.number, status: statusOf(row), over: isOver(row) },
  ...{ score: pointsOf(row.share, points), seconds: row.seconds },
  ...{ begunAt: row.begunAt.toISOString(), at: row.at.toISOString() },
})

/** Somebody's attempts as they read them. Two queries. */
export async function ownAttempts(
  ctx: Ctx,
  { id: packageId, points }: Pick<PackageRow, 'id' | 'points'>,
  accountId: AccountId,
): Promise<OwnAttempts> {
  const rows = await packageAttempts.findAll({
    where: { packageId, accountId },
    order: [['number', 'desc']],
    limit: mostTold,
    raw: true,
  })
  return {
    attempts: rows.map(row => attemptOf(row, points)),
    best: pointsOf(await bestShare(ctx, packageId, accountId), points),
  }
}

/** The package of somebody's own attempt. Throws `not-found` for any other. */
export async function packageOfAttempt(accountId: AccountId, attemptId: PackageAttemptId): Promise<PackageRow> {
  const attempt = await packageAttempts.findOne({ where: { id: attemptId, accountId }, raw: true })
  const row = attempt && (await packages.findByPk(attempt.packageId, { raw: true }))
  if (!row) throw new Problem('not-found')
  return row
}

/** The highest share of somebody's attempts; null for none. */
export async function bestShare(ctx: Ctx, packageId: string, accountId: AccountId): Promise<string | null> {
  const [row] = await ctx.sql<{ share: string | null }>(
    'select max(share)::text as share from package_attempts where package_id = $1 and account_id = $2',
    [packageId, accountId],
  )
  return row?.share ?? null
}

/** The highest share of everybody who has one. */
export const bestShares = (ctx: Ctx, packageId: string): Promise<{ accountId: AccountId; share: string }[]> =>
  ctx.sql(
    `select account_id as "accountId", max(share)::text as share from package_attempts
      where package_id = $1 and share is not null group by account_id order by 1`,
    [packageId],
  )

/** What the parts of an attempt are begun with. */
export async function statesOf(attemptId: PackageAttemptId): Promise<PartState[]> {
  const rows = await packageStates.findAll({ where: { attemptId }, order: [['part', 'asc']], raw: true })
  return rows.map(({ part, data, before, seconds }) => ({ part, data, seconds: before + seconds }))
}

// $1 the course, $2 the package: its learners and whoever began an attempt, each with how the newest stands and what counts.
const lines = `
  with people as (${learnersIn}
    union select account_id from package_attempts where package_id = $2
  ), lines as materialized (
    select a.id, a.name, lower(a.name) as sorted, coalesce(t.attempts, 0) as attempts, t.share, coalesce(t.seconds, 0) as seconds, t.at,
           case when n.completion is null then 'none' when n.completion <> 'completed' then 'begun'
                when n.success = 'unknown' then 'completed' else n.success end as status
      from people p join accounts a on a.id = p.id
      left join lateral (
        select count(*)::int as attempts, max(share)::text as share, sum(seconds)::int as seconds, max(at) as at
          from package_attempts where package_id = $2 and account_id = p.id having count(*) > 0) t on true
      left join lateral (
        select completion, success from package_attempts where package_id = $2 and account_id = p.id
         order by number desc limit 1) n on true
  )`

interface Line {
  id: AccountId
  name: string
  sorted: string
  attempts: number
  share: string | null
  seconds: number
  at: Date | null
  status: LearnerStatus
}

const lineOf = ({ id, name, status, attempts, share, seconds, at }: Line, points: string): LearnerRow => ({
  ...{ accountId: id, name, status, attempts, seconds, score: pointsOf(share, points) },
  at: at && new Date(at).toISOString(),
})

interface Asked extends OfPackage {
  readonly filter: LearnerFilter
  readonly search?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/** A page of learners by name. One query. Throws `malformed` for a cursor that is none. */
export async function listLearners(ctx: Ctx, { points }: PackageRow, input: Asked): Promise<Page<LearnerRow>> {
  const [name, id] = readKeyset(input.after) ?? [null, null]
  const rows = await ctx.sql<Line>(
    `${lines} select * from lines
      where ($3 = 'all' or status = $3) and ($4::text is null or name ilike $4)
        and ($5::text is null or (sorted, id) > ($5, $6::uuid))
      order by sorted, id limit $7`,
    [
      ...[input.courseId, input.packageId, input.filter, containing(input.search?.trim())],
      ...[name, id, input.limit + 1],
    ],
  )
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  return {
    items: page.map(row => lineOf(row, points)),
    ...(rows.length > input.limit && last ? { next: writeKeyset(last.sorted, last.id) } : {}),
  }
}

/** How many there are of each. One query. */
export async function countLearners(ctx: Ctx, { courseId, packageId }: OfPackage): Promise<LearnerCounts> {
  const rows = await ctx.sql<{ status: LearnerStatus; count: number }>(
    `${lines} select status, count(*)::int as count from lines group by status`,
    [courseId, packageId],
  )
  const none: LearnerCounts = { none: 0, begun: 0, completed: 0, passed: 0, failed: 0 }
  return Object.assign(none, Object.fromEntries(rows.map(row => [row.status, row.count])))
}

/** Why somebody has no grade in the column of a package: nothing was told yet. */
export const whyUnmarked: WhyUnmarked = async () => () => 'not-yet'
