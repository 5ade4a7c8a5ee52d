// An import that is undone, a batch a transaction: what it made goes, what it changed is as it was, where nobody has touched it since.
import * as z from 'zod/mini'
import type { AccountId } from '#protocol/base/ids.ts'
import type { ImportId, SiteImport } from '#protocol/imports.ts'
import { correctMembers, takeBackUnused } from '#server/features/accounts/index.ts'
import { audit } from '#server/features/audit/index.ts'
import { changeEnds, endEnrolments } from '#server/features/courses/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { listChangedEnds, listChangedPeople } from '../queries/changed.ts'
import { readImport } from '../queries/imports.ts'
import { sourceIds } from '../tables.ts'
import { acting, begin, finish, jobData, peopleABatch } from './work.ts'

/** Taken back in one transaction: each is erased by the features that know of it. */
const erasedABatch = 200

/**
 * Begins to take the batch back. Throws `not-found`, `import-not-done` for what is not finished, or taken back already, and what
 * `begin` throws.
 */
export const undoImport = (ctx: WriteCtx, id: ImportId): Promise<SiteImport> =>
  begin(ctx, id, { state: 'undoing', verb: 'import.undo-begun', job: undoJob })

// What the trail says of each thing that an undo takes back: nobody asked for it by itself.
const undoneWith = (importId: ImportId) => ({ importId })

// An undone row is as if it had never been done: it waits again, and says so by its outcome.
async function endNext(ctx: WriteCtx, id: ImportId): Promise<boolean> {
  const rows = await ctx.sql<{ line: number; courseId: string; accountId: AccountId }>(
    `select line, course_id as "courseId", account_id as "accountId" from import_rows
      where import_id = $1 and sort = 'enrolments' and outcome = 'made'
        and course_id = (select course_id from import_rows
          where import_id = $1 and sort = 'enrolments' and outcome = 'made' order by course_id limit 1)
      order by line limit $2`,
    [id, peopleABatch],
  )
  const [first] = rows
  if (!first) return false
  await endEnrolments(ctx, {
    courseId: first.courseId,
    accountIds: rows.map(row => row.accountId),
    why: undoneWith(id),
  })
  await ctx.sql(
    `update import_rows set outcome = 'left out'
      where import_id = $1 and sort = 'enrolments' and line = any($2::int[])`,
    [id, rows.map(row => row.line)],
  )
  return true
}

const leftOut = (ctx: WriteCtx, id: ImportId, sort: 'people' | 'enrolments', lines: readonly number[]) =>
  ctx.sql(`update import_rows set outcome = 'left out' where import_id = $1 and sort = $2 and line = any($3::int[])`, [
    ...[id, sort, lines],
  ])

// Ends as they were before, where nobody has set another since.
async function putEndsBack(ctx: WriteCtx, id: ImportId): Promise<boolean> {
  const rows = await listChangedEnds(ctx, id, peopleABatch)
  const [first] = rows
  if (!first) return false
  const ends = rows
    .filter(row => row.stands)
    .map(row => [row.accountId, row.endsAt === null ? null : new Date(row.endsAt)] as const)
  await changeEnds(ctx, first.courseId, new Map(ends), undoneWith(id))
  const lines = rows.map(row => row.line)
  await leftOut(ctx, id, 'enrolments', lines)
  return true
}

// Names and addresses as they were before, where nobody has changed them since.
async function putNamesBack(ctx: WriteCtx, id: ImportId): Promise<boolean> {
  const rows = await listChangedPeople(ctx, id, peopleABatch)
  if (rows.length === 0) return false
  const standing = rows.filter(row => row.stands)
  await correctMembers(ctx, standing, undoneWith(id))
  const lines = rows.map(row => row.line)
  await leftOut(ctx, id, 'people', lines)
  return true
}

async function takeBackPeople(ctx: WriteCtx, id: ImportId): Promise<boolean> {
  const rows = await ctx.sql<{ accountId: AccountId; somewhere: boolean }>(
    `select r.account_id as "accountId",
       exists (select from roles_held h where h.account_id = r.account_id) as somewhere
      from import_rows r
      where r.import_id = $1 and r.sort = 'people' and r.outcome = 'made' order by r.line limit $2`,
    [id, erasedABatch],
  )
  if (rows.length === 0) return false
  const gone = await takeBackUnused(
    ctx,
    rows.filter(row => !row.somewhere).map(row => row.accountId),
    undoneWith(id),
  )
  // Who has signed in meanwhile, or was brought in elsewhere, stays.
  await ctx.sql(
    `update import_rows set outcome = case when account_id = any($3::uuid[]) then 'left out' else 'was there' end
      where import_id = $1 and sort = 'people' and outcome = 'made' and account_id = any($2::uuid[])`,
    [id, rows.map(row => row.accountId), gone],
  )
  return true
}

// Told when it is over, with what it came to: people who had used their account by then stay.
async function recordUndone(ctx: WriteCtx, { importId: id, made }: z.infer<typeof jobData>): Promise<void> {
  const { people, enrolments } = await readImport(ctx, id)
  const stay = made === undefined ? {} : { accountsStay: made - people.takenBack }
  const details = { people: people.takenBack, enrolments: enrolments.takenBack, ...stay }
  await audit.record(ctx, { verb: 'import.undone', subject: { kind: 'import', id }, details })
}

/** Enrolments end first, so that nobody is taken back who is still somewhere. */
export const undoJob: JobBinding = {
  name: 'imports.undo',
  run: async (ctx, data): Promise<'again' | 'done'> => {
    const job = z.parse(jobData, data)
    const as = await acting(ctx, job, 'undoing')
    if (!as) return 'done'
    if (await endNext(as, job.importId)) return 'again'
    if (await putEndsBack(as, job.importId)) return 'again'
    if (await putNamesBack(as, job.importId)) return 'again'
    if (await takeBackPeople(as, job.importId)) return 'again'
    await sourceIds.destroy({ where: { importId: job.importId } })
    await finish(as, job.importId, 'undone')
    await recordUndone(as, job)
    return 'done'
  },
}
