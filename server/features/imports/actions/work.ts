// What a run of an import and its undoing share: how they begin, in whose name they go on, and how they end.
import * as z from 'zod/mini'
import type { AuditVerb } from '#protocol/audit/verbs.ts'
import { accountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import { type ImportId, type ImportState, importId, type SiteImport } from '#protocol/imports.ts'
import { identifyAuthor } from '#server/features/accounts/index.ts'
import { audit } from '#server/features/audit/index.ts'
import { accountOf, type WriteCtx } from '#server/platform/ctx.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { readImport } from '../queries/imports.ts'
import { demandChecked, mayImport } from '../rules/states.ts'
import { imports } from '../tables.ts'
import { lockedImport } from './prepare.ts'

/** People made, enrolled or taken out in one transaction. */
export const peopleABatch = 400

// By whom: another administrator may begin, or undo, what the author checked. Jobs of before name nobody. `made`: the
// people it had made when it began to be undone.
export const jobData = z.object({ importId, by: z.optional(accountId), made: z.optional(z.int()) })

interface Beginning {
  readonly state: 'running' | 'undoing'
  readonly verb: AuditVerb
  readonly job: JobBinding
}

/** Begins a job about an import. Throws `not-found`, `import-begun`, `import-not-checked`, `import-not-done`. */
export async function begin(ctx: WriteCtx, id: ImportId, { state, verb, job }: Beginning): Promise<SiteImport> {
  const row = await lockedImport(ctx, id)
  if (state === 'running') demandChecked(row.state)
  else demand(row.state === 'done' || row.state === 'cancelled', 'import-not-done')
  await row.update({ state, finishedAt: null })
  const { people, enrolments, ...one } = await readImport(ctx, id)
  const of = { importId: id, by: accountOf(ctx.who) }
  const details = { people: people.made, enrolments: enrolments.made }
  await audit.record(ctx, { verb, subject: { kind: 'import', id }, details })
  await ctx.enqueue(job, state === 'running' ? of : { ...of, made: people.made })
  return { ...one, people, enrolments }
}

/**
 * What is done is done in the name of who began it. Undefined when there is nothing to do: also where they may not import any
 * more, which stops the work as cancelling it does.
 */
export async function acting(
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

/** It is over; what was sent is no longer needed. */
export async function finish(ctx: WriteCtx, id: ImportId, state: 'done' | 'undone'): Promise<void> {
  await ctx.sql('update imports set state = $2, finished_at = $3 where id = $1', [id, state, ctx.now])
  await ctx.sql('delete from import_pieces where import_id = $1', [id])
}
