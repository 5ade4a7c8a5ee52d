// Makes, changes and removes cohorts, brings people in and out. Rights were asked by the door.
import type { Input } from '#protocol/base/call.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { Cohort, CohortId, cohortRoutes } from '#protocol/cohorts.ts'
import { audit } from '#server/features/audit/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { coursesWith, membersByEmail, readCohort } from '../queries.ts'
import { type CohortRow, cohortCourses, cohorts } from '../tables.ts'
import { syncJob } from './sync.ts'

const record = (ctx: WriteCtx, verb: string, id: CohortId, details: object) =>
  audit.record(ctx, { verb: `cohort.${verb}`, subject: { kind: 'cohort', id }, details: { ...details } })

async function locked(id: CohortId) {
  const row = await cohorts.findByPk(id, { lock: true })
  if (!row) throw new Problem('not-found')
  return row
}

/** Makes one without people. Throws `not-found`. */
export async function createCohort(ctx: WriteCtx, words: Input<typeof cohortRoutes.create>): Promise<Cohort> {
  const id = newId<'Cohort'>()
  await cohorts.create({ ...words, id, version: 0 })
  await record(ctx, 'created', id, { name: words.name })
  return readCohort(ctx, id)
}

/** Changes what is given. Throws `not-found`, `conflict` with the `current` one. */
export async function changeCohort(
  ctx: WriteCtx,
  { cohortId, version, name, description, offered }: Input<typeof cohortRoutes.change>,
): Promise<void> {
  const row = await locked(cohortId)
  demand(row.version === version, 'conflict', { params: { current: await readCohort(ctx, cohortId) } })
  const change: Partial<CohortRow> = {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    ...(offered === undefined ? {} : { offered }),
  }
  const before = { name: row.name, description: row.description, offered: row.offered }
  await row.update({ ...change, version: version + 1 })
  await record(ctx, 'changed', cohortId, { before, after: change })
}

/**
 * Removes one that is in no course; its people stay who they are. Throws `not-found`, `cohort-in-use`. Removed twice is
 * once.
 */
export async function removeCohort(ctx: WriteCtx, cohortId: CohortId): Promise<void> {
  const row = await cohorts.findByPk(cohortId, { lock: true })
  if (!row) return
  demand((await cohortCourses.count({ where: { cohortId } })) === 0, 'cohort-in-use')
  const { people } = await readCohort(ctx, cohortId)
  await row.destroy()
  await record(ctx, 'removed', cohortId, { name: row.name, people })
}

// The courses follow a moment later, a job each.
async function follow(ctx: WriteCtx, cohortId: CohortId): Promise<void> {
  for (const courseId of await coursesWith(ctx, cohortId)) await ctx.enqueue(syncJob, { courseId })
}

/**
 * Brings people in by their addresses. Answers who came, how many were in it, and which addresses are nobody's. Throws
 * `not-found`.
 */
export async function addPeople(
  ctx: WriteCtx,
  { cohortId, emails }: Input<typeof cohortRoutes.addPeople>,
): Promise<{ came: AccountId[]; wereIn: number; unknown: string[] }> {
  await locked(cohortId)
  const wanted = [...new Set(emails.map(one => one.toLowerCase()))]
  const known = await membersByEmail(ctx, wanted)
  const made = await ctx.sql<{ accountId: AccountId }>(
    `insert into cohort_members (cohort_id, account_id, at) select $1, unnest($2::uuid[]), $3
     on conflict do nothing returning account_id as "accountId"`,
    [cohortId, [...known.values()], ctx.now],
  )
  const came = made.map(one => one.accountId)
  if (came.length > 0) {
    await record(ctx, 'people-added', cohortId, { accountIds: came })
    await follow(ctx, cohortId)
  }
  return { came, wereIn: known.size - came.length, unknown: wanted.filter(one => !known.has(one)) }
}

/**
 * Takes people out, and with it out of the courses they came into by it. Answers how many were in it. Throws
 * `not-found`.
 */
export async function removePeople(
  ctx: WriteCtx,
  { cohortId, accountIds }: Input<typeof cohortRoutes.removePeople>,
): Promise<number> {
  await locked(cohortId)
  const gone = await ctx.sql<{ accountId: AccountId }>(
    `delete from cohort_members where cohort_id = $1 and account_id = any($2::uuid[]) returning account_id as "accountId"`,
    [cohortId, accountIds],
  )
  if (gone.length > 0) {
    await record(ctx, 'people-removed', cohortId, { accountIds: gone.map(one => one.accountId) })
    await follow(ctx, cohortId)
  }
  return gone.length
}
