// An import that runs, and one that is undone: a batch a transaction, so that it can be stopped between two, goes on after
// a node has died, and shows how far it is.

import * as z from 'zod/mini'
import type { AuditVerb } from '#protocol/audit/verbs.ts'
import { type AccountId, accountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import { type ImportId, type ImportState, importId, type RowError, type SiteImport } from '#protocol/imports.ts'
import { addMembers, identifyAuthor, takeBackUnused } from '#server/features/accounts/index.ts'
import { audit } from '#server/features/audit/index.ts'
import { closedBecause, endEnrolments, enrolMany } from '#server/features/courses/index.ts'
import { accountOf, type WriteCtx } from '#server/platform/ctx.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { listNextEnrolments, readImport } from '../queries.ts'
import { demandChecked, mayImport } from '../rules.ts'
import { imports } from '../tables.ts'
import { lockedImport } from './prepare.ts'

/** People made, enrolled or taken out in one transaction. */
const peopleABatch = 400
/** Taken back in one: each is erased by the features that know of it. */
const erasedABatch = 200

// By whom: another administrator may begin, or undo, what the author checked. Jobs of before name nobody. `made`: the
// people it had made when it began to be undone.
const jobData = z.object({ importId, by: z.optional(accountId), made: z.optional(z.int()) })

/**
 * Begins to run an import or to undo it. Throws `not-found`, `import-not-checked`, `import-begun`, `import-not-done`.
 */
async function begin(ctx: WriteCtx, id: ImportId, state: 'running' | 'undoing', verb: AuditVerb): Promise<SiteImport> {
  const row = await lockedImport(ctx, id)
  if (state === 'running') demandChecked(row.state)
  else demand(row.state === 'done' || row.state === 'cancelled', 'import-not-done')
  await row.update({ state, finishedAt: null })
  const { people, enrolments, ...one } = await readImport(ctx, id)
  const of = { importId: id, by: accountOf(ctx.who) }
  const details = { people: people.made, enrolments: enrolments.made }
  await audit.record(ctx, { verb, subject: { kind: 'import', id }, details })
  if (state === 'running') await ctx.enqueue(runJob, of)
  else await ctx.enqueue(undoJob, { ...of, made: people.made })
  return { ...one, people, enrolments }
}

/**
 * Begins the work. Throws `not-found`, `import-not-done`, `import-not-checked`, and `import-begun` for what runs or
 * ran.
 */
export const startImport = (ctx: WriteCtx, id: ImportId): Promise<SiteImport> =>
  begin(ctx, id, 'running', 'import.started')

/**
 * Begins to take the batch back. Throws `import-not-done` for what is not finished, or taken back already, and what
 * `begin` throws.
 */
export const undoImport = (ctx: WriteCtx, id: ImportId): Promise<SiteImport> =>
  begin(ctx, id, 'undoing', 'import.undo-begun')

/** Stops what runs after its batch; anything else stays as it is. Throws `not-found`. */
export async function cancelImport(ctx: WriteCtx, id: ImportId): Promise<SiteImport> {
  const row = await lockedImport(ctx, id)
  if (row.state === 'running') {
    await row.update({ state: 'cancelled', finishedAt: ctx.now })
    await audit.record(ctx, { verb: 'import.cancelled', subject: { kind: 'import', id } })
  }
  return readImport(ctx, id)
}

interface WaitingRow {
  readonly line: number
  readonly name: string
  readonly email: string
}

async function makePeople(ctx: WriteCtx, id: ImportId): Promise<number> {
  const rows = await ctx.sql<WaitingRow>(
    `select line, name, email from import_rows
      where import_id = $1 and sort = 'people' and outcome is null and error is null order by line limit $2`,
    [id, peopleABatch],
  )
  if (rows.length === 0) return 0
  const found = await addMembers(ctx, rows)
  await ctx.sql(
    `update import_rows r set outcome = case when n.made then 'made' else 'was there' end, account_id = n.account_id
       from unnest($3::int[], $4::uuid[], $5::bool[]) as n(line, account_id, made)
      where r.import_id = $1 and r.sort = $2 and r.line = n.line`,
    [id, 'people', rows.map(row => row.line), found.map(one => one.accountId), found.map(one => one.made)],
  )
  return rows.length
}

// What was true at the check may be so no longer: rows that can not be done any more are told why.
async function leaveOut(ctx: WriteCtx, id: ImportId, lines: readonly number[], error: RowError): Promise<void> {
  if (lines.length === 0) return
  await ctx.sql(
    `update import_rows set outcome = 'left out', error = $3
      where import_id = $1 and sort = 'enrolments' and line = any($2::int[])`,
    [id, lines, error],
  )
}

const closedErrors = { gone: 'no-course', ended: 'course-ended', template: 'course-template' } as const

// So many of one course a transaction: they are announced to its staff at once.
async function enrolNext(ctx: WriteCtx, id: ImportId): Promise<number> {
  const rows = await listNextEnrolments(ctx, id, peopleABatch)
  const [first] = rows
  if (!first) return 0
  const { courseId } = first
  const closed = await closedBecause(ctx, courseId)
  if (closed !== undefined) {
    const lines = rows.map(row => row.line)
    await leaveOut(ctx, id, lines, closedErrors[closed])
    return rows.length
  }
  const made = new Set<AccountId>()
  const out = new Set<AccountId>()
  for (const role of ['learner', 'assistant', 'instructor'] as const) {
    const accountIds = rows.filter(row => row.role === role).flatMap(row => row.accountId ?? [])
    const { came, unfit } = await enrolMany(ctx, { courseId, accountIds, role })
    for (const one of came) made.add(one)
    for (const one of unfit) out.add(one)
  }
  const linesOf = (which: (accountId: AccountId | null) => boolean) =>
    rows.filter(row => which(row.accountId)).map(row => row.line)
  await leaveOut(
    ctx,
    id,
    linesOf(one => one === null),
    'no-account',
  )
  await leaveOut(
    ctx,
    id,
    linesOf(one => one !== null && out.has(one)),
    'suspended',
  )
  const done = rows.filter(row => row.accountId !== null && !out.has(row.accountId))
  await ctx.sql(
    `update import_rows r set outcome = n.outcome, account_id = n.account_id
       from unnest($3::int[], $4::uuid[], $5::text[]) as n(line, account_id, outcome)
      where r.import_id = $1 and r.sort = $2 and r.line = n.line`,
    [
      id,
      'enrolments',
      done.map(row => row.line),
      done.map(row => row.accountId),
      done.map(row => (row.accountId !== null && made.has(row.accountId) ? 'made' : 'was there')),
    ],
  )
  return rows.length
}

// What is done is done in the name of who began it. Undefined when there is nothing to do: also where they may not import
// any more, which stops the work as cancelling it does.
async function acting(
  ctx: WriteCtx,
  { importId: id, by }: z.infer<typeof jobData>,
  state: ImportState,
): Promise<WriteCtx | undefined> {
  const row = await imports.findByPk(id, { lock: true })
  if (row?.state !== state) return undefined
  const who = await identifyAuthor(ctx, by ?? row.author, id)
  if (mayImport(who)) return { ...ctx, who }
  await row.update({ state: 'cancelled', finishedAt: ctx.now })
  await audit.record(ctx, { verb: 'import.cancelled', subject: { kind: 'import', id } })
  return undefined
}

async function finish(ctx: WriteCtx, id: ImportId, state: 'done' | 'undone'): Promise<void> {
  await ctx.sql('update imports set state = $2, finished_at = $3 where id = $1', [id, state, ctx.now])
  await ctx.sql('delete from import_pieces where import_id = $1', [id])
}

/** People first, then the enrolments course by course. */
export const runJob: JobBinding = {
  name: 'imports.run',
  run: async (ctx, data): Promise<'again' | 'done'> => {
    const job = z.parse(jobData, data)
    const as = await acting(ctx, job, 'running')
    if (!as) return 'done'
    if ((await makePeople(as, job.importId)) > 0) return 'again'
    if ((await enrolNext(as, job.importId)) > 0) return 'again'
    await finish(as, job.importId, 'done')
    return 'done'
  },
}

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
    if (await takeBackPeople(as, job.importId)) return 'again'
    await finish(as, job.importId, 'undone')
    await recordUndone(as, job)
    return 'done'
  },
}
