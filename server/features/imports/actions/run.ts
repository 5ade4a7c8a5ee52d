// An import that runs: a batch a transaction, so that it can be stopped between two, goes on after a node has died, and
// shows how far it is.
import * as z from 'zod/mini'
import type { AccountId } from '#protocol/base/ids.ts'
import type { ImportId, RowError, SiteImport } from '#protocol/imports.ts'
import { addMembers, correctMembers } from '#server/features/accounts/index.ts'
import { audit } from '#server/features/audit/index.ts'
import { changeEnds, closedBecause, enrolMany, listedRoles } from '#server/features/courses/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { listKnownByIds, listNextEnrolments, readImport } from '../queries/imports.ts'
import { lockedImport } from './prepare.ts'
import { acting, begin, finish, jobData, peopleABatch } from './work.ts'

/**
 * Begins the work. Throws `not-found`, `import-not-done`, `import-not-checked`, and `import-begun` for what runs or
 * ran.
 */
export const startImport = (ctx: WriteCtx, id: ImportId): Promise<SiteImport> =>
  begin(ctx, id, { state: 'running', verb: 'import.started', job: runJob })

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
  readonly sourceId: string
}

interface Done {
  readonly line: number
  readonly accountId: AccountId
  readonly outcome: 'made' | 'changed' | 'was there'
  readonly was?: { readonly name: string; readonly email: string } | undefined
}

/** Those whom the school knows by an id get the name and the address that the list says. */
async function correctPeople(ctx: WriteCtx, id: ImportId, rows: readonly (WaitingRow & { accountId: AccountId })[]) {
  const { was, taken } = await correctMembers(ctx, rows, { importId: id })
  const lines = rows.filter(row => taken.has(row.accountId)).map(row => row.line)
  await leaveOut(ctx, id, { sort: 'people', lines }, 'email-taken')
  return rows
    .filter(row => !taken.has(row.accountId))
    .map(({ line, accountId }): Done => {
      const before = was.get(accountId)
      return { line, accountId, outcome: before ? 'changed' : 'was there', was: before }
    })
}

async function makePeople(ctx: WriteCtx, id: ImportId): Promise<number> {
  const rows = await ctx.sql<WaitingRow>(
    `select line, name, email, source_id as "sourceId" from import_rows
      where import_id = $1 and sort = 'people' and outcome is null and error is null order by line limit $2`,
    [id, peopleABatch],
  )
  if (rows.length === 0) return 0
  const ids = rows.map(row => row.sourceId).filter(one => one !== '')
  const known = new Map(
    ids.length === 0 ? [] : (await listKnownByIds(ctx, ids)).map(one => [one.sourceId, one.id] as const),
  )
  const there = rows.flatMap(row => {
    const accountId = known.get(row.sourceId)
    return accountId === undefined ? [] : [{ ...row, accountId }]
  })
  const others = rows.filter(row => !known.has(row.sourceId))
  const found = others.length === 0 ? [] : await addMembers(ctx, others)
  const done: Done[] = [
    ...(there.length === 0 ? [] : await correctPeople(ctx, id, there)),
    ...others.flatMap(({ line }, at): Done[] => {
      const one = found[at]
      return one ? [{ line, accountId: one.accountId, outcome: one.made ? 'made' : 'was there' }] : []
    }),
  ]
  await ctx.sql(
    `update import_rows r set outcome = n.outcome, account_id = n.account_id, was = n.was
       from unnest($3::int[], $4::uuid[], $5::text[], $6::jsonb[]) as n(line, account_id, outcome, was)
      where r.import_id = $1 and r.sort = $2 and r.line = n.line`,
    [
      ...[id, 'people', done.map(one => one.line), done.map(one => one.accountId), done.map(one => one.outcome)],
      done.map(one => (one.was ? JSON.stringify(one.was) : null)),
    ],
  )
  if (ids.length > 0)
    await ctx.sql(
      `insert into source_ids (source_id, account_id, import_id)
       select source_id, account_id, import_id from import_rows
        where import_id = $1 and sort = 'people' and line = any($2::int[]) and source_id <> '' and account_id is not null
          and error is null
       on conflict (source_id) do nothing`,
      [id, rows.map(row => row.line)],
    )
  return rows.length
}

// What was true at the check may be so no longer: rows that can not be done any more are told why.
async function leaveOut(
  ctx: WriteCtx,
  id: ImportId,
  { sort, lines }: { readonly sort: 'people' | 'enrolments'; readonly lines: readonly number[] },
  error: RowError,
): Promise<void> {
  if (lines.length === 0) return
  await ctx.sql(
    `update import_rows set outcome = 'left out', error = $3, was = null
      where import_id = $1 and sort = $4 and line = any($2::int[])`,
    [id, lines, error, sort],
  )
}

const closedErrors = { gone: 'no-course', ended: 'course-ended', template: 'course-template' } as const

// So many of one course a transaction: they are announced to its staff at once.
async function enrolNext(ctx: WriteCtx, id: ImportId): Promise<number> {
  const next = await listNextEnrolments(ctx, id, peopleABatch)
  const [first] = next
  if (!first) return 0
  const { courseId } = first
  const closed = await closedBecause(ctx, courseId)
  if (closed !== undefined) {
    const lines = next.map(row => row.line)
    await leaveOut(ctx, id, { sort: 'enrolments', lines }, closedErrors[closed])
    return next.length
  }
  const there = new Set([...(await listedRoles(ctx)).words.values()].map(one => one.key))
  const rows = next.filter(row => there.has(row.role))
  const unknown = next.filter(row => !there.has(row.role)).map(row => row.line)
  await leaveOut(ctx, id, { sort: 'enrolments', lines: unknown }, 'bad-role')
  const ends = new Map(
    rows.flatMap(({ accountId, endsAt }) => (accountId && endsAt ? [[accountId, new Date(endsAt)] as const] : [])),
  )
  const made = new Set<AccountId>()
  const out = new Set<AccountId>()
  for (const role of new Set(rows.map(row => row.role))) {
    const accountIds = rows.filter(row => row.role === role).flatMap(row => row.accountId ?? [])
    const { came, unfit } = await enrolMany(ctx, { courseId, accountIds, role, ends })
    for (const one of came) made.add(one)
    for (const one of unfit) out.add(one)
  }
  // Who was in it stays in the role they have; an end that the list says is theirs from now on.
  const others = new Map([...ends].filter(([accountId]) => !made.has(accountId) && !out.has(accountId)))
  const was = others.size > 0 ? await changeEnds(ctx, courseId, others, { importId: id }) : new Map()
  const linesOf = (which: (accountId: AccountId | null) => boolean) => ({
    sort: 'enrolments' as const,
    lines: rows.filter(row => which(row.accountId)).map(row => row.line),
  })
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
  const outcomeOf = (accountId: AccountId | null) =>
    accountId !== null && made.has(accountId) ? 'made' : was.has(accountId) ? 'changed' : 'was there'
  const wasOf = (accountId: AccountId | null) =>
    was.has(accountId) ? JSON.stringify({ endsAt: was.get(accountId) ?? null }) : null
  await ctx.sql(
    `update import_rows r set outcome = n.outcome, account_id = n.account_id, was = n.was
       from unnest($3::int[], $4::uuid[], $5::text[], $6::jsonb[]) as n(line, account_id, outcome, was)
      where r.import_id = $1 and r.sort = $2 and r.line = n.line`,
    [
      id,
      'enrolments',
      done.map(row => row.line),
      done.map(row => row.accountId),
      done.map(row => outcomeOf(row.accountId)),
      done.map(row => wasOf(row.accountId)),
    ],
  )
  return next.length
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
