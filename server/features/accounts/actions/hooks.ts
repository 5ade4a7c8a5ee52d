// What every feature owes a person: everything out, everything gone, or everything over to another account. The hooks
// are registered at boot by the composition root; accounts knows no feature above it.
import * as z from 'zod/mini'
import { type AccountId, accountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import { audit } from '#server/features/audit/index.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import type { AccountHooks, ExportedFile, Feature, JobBinding, StaysBecause } from '#server/platform/feature.ts'
import { currentAccountId } from '../queries/accounts.ts'
import { formerName } from '../rules.ts'
import { type AccountRow, accounts } from '../tables.ts'

let registered: readonly { readonly name: string; readonly hooks: AccountHooks }[] = []

/** Takes the hooks of every feature, in the order of features. Called once at boot. */
export function registerAccountHooks(features: readonly Feature[]): void {
  registered = features.flatMap(({ name, account }) => (account ? [{ name, hooks: account }] : []))
}

/** Everything kept about an account, a key a feature. */
export async function exportAccount(ctx: Ctx, id: AccountId): Promise<Record<string, unknown>> {
  const parts: Record<string, unknown> = {}
  for (const { name, hooks } of registered) parts[name] = await hooks.export(ctx, id)
  return parts
}

/** The features that keep something about people, in their order. */
export const exportedFeatures = (): readonly string[] => registered.map(({ name }) => name)

/** What one feature keeps about an account. */
export const exportPart = async (ctx: Ctx, id: AccountId, feature: string): Promise<Record<string, unknown>> =>
  (await registered.find(({ name }) => name === feature)?.hooks.export(ctx, id)) ?? {}

/** What is kept of an account as bytes. */
export async function exportedFiles(ctx: Ctx, id: AccountId): Promise<ExportedFile[]> {
  const files: ExportedFile[] = []
  for (const { hooks } of registered) files.push(...((await hooks.files?.(ctx, id)) ?? []))
  return files
}

/** Every column that names accounts, with its feature, and why it still does once one is erased: null where it does not. */
export const accountColumns = (): readonly {
  readonly feature: string
  readonly column: string
  readonly stays: StaysBecause | null
}[] =>
  registered.flatMap(({ name, hooks }) =>
    hooks.columns.map(column => ({ feature: name, column, stays: hooks.stays?.[column] ?? null })),
  )

/** Which features have rows that name these accounts, by account: one query, however many they are. */
export async function listHolders(
  ctx: Ctx,
  ids: readonly AccountId[],
): Promise<ReadonlyMap<AccountId, ReadonlySet<string>>> {
  const parts = accountColumns().map(({ feature, column }) => {
    const [table = '', name = ''] = column.split('.')
    return `select '${feature}' as feature, "${name}" as id from "${table}" where "${name}" = any($1::uuid[])`
  })
  const holders = new Map<AccountId, Set<string>>()
  for (const { feature, id } of await ctx.sql<{ feature: string; id: AccountId }>(parts.join(' union '), [ids]))
    holders.set(id, (holders.get(id) ?? new Set()).add(feature))
  return holders
}

/**
 * Erases a person: rows others depend on stay without name or text, under a pseudonym. The highest feature goes first.
 * `by`: who decided it, where a job does it; `as`: what is said of them in the pseudonym; `holders`: where
 * `listHolders` has found nothing of theirs, the feature is not asked; `takenBack`: nobody asked for it, it goes with
 * what had made it, and this is why. Throws `not-found`.
 */
export async function eraseAccount(
  ctx: WriteCtx,
  id: AccountId,
  {
    by,
    as = 'member',
    holders,
    takenBack,
  }: {
    by?: AccountId
    as?: Parameters<typeof formerName>[1]
    holders?: ReadonlySet<string>
    takenBack?: Readonly<Record<string, unknown>>
  } = {},
): Promise<void> {
  demand((await accounts.findByPk(id, { lock: true })) !== null, 'not-found')
  const subject = { kind: 'account', id }
  if (!takenBack) await audit.record(ctx, { verb: 'account.erased', subject, actor: by })
  for (const { name, hooks } of registered.toReversed())
    if (name === 'accounts' || hooks.erasesBeyond || !holders || holders.has(name)) await hooks.erase(ctx, id)
  // After the hooks, which take the details of every entry about the person: these say nothing of them.
  if (takenBack) await audit.record(ctx, { verb: 'account.taken-back', subject, details: takenBack, actor: by })
  if (as !== 'member') await accounts.update({ name: formerName(id, as) }, { where: { id } })
  ctx.rightsChanged(id)
}

/**
 * Takes away what came to an erased account while it was being erased: features may do so as often as they are asked.
 * Throws `not-found` for one that is not.
 */
export async function eraseLate(ctx: WriteCtx, id: AccountId): Promise<void> {
  const row = await accounts.findByPk(id, { lock: true })
  demand(row !== null && row.erasedAt !== null, 'not-found')
  for (const { name, hooks } of registered.toReversed()) if (name !== 'accounts') await hooks.erase(ctx, id)
}

/** Tells every feature that a person has another name now. */
export async function tellRenamed(ctx: WriteCtx, id: AccountId): Promise<void> {
  for (const { hooks } of registered) await hooks.renamed?.(ctx, id)
}

/**
 * Moves everything of one account to another. The old row stays, without address and password, and names the account it
 * went into: `currentAccountId` follows it, and nobody comes in by it or is brought anywhere by its id. Throws `merged-with-itself`, `not-found`.
 */
export async function mergeAccounts(ctx: WriteCtx, from: AccountId, into: AccountId): Promise<void> {
  demand(from !== into, 'merged-with-itself')
  // Locked in the order of ids, or two merges the other way round would wait for each other.
  for (const id of [from, into].sort()) {
    const row = await accounts.findByPk(id, { lock: true })
    demand(row !== null && row.mergedInto === null && row.erasedAt === null, 'not-found')
  }
  await audit.record(ctx, { verb: 'account.merged', subject: { kind: 'account', id: into }, details: { from } })
  for (const { hooks } of registered.toReversed()) await hooks.merge(ctx, from, into)
  for (const { hooks } of registered) await hooks.merged?.(ctx, into)
  ctx.rightsChanged(from)
  ctx.rightsChanged(into)
  await ctx.enqueue(mergeLateJob, { accountId: from })
}

/** How long after the commit of a merge it is looked for what was on its way then, in milliseconds. */
const lateMs = 3_000

/**
 * Moves what came to a merged account while it was being merged: whoever wrote for it waited for the merge to be committed,
 * and was acknowledged. The time for them begins when the job does, which is after that commit, however long the merge took;
 * who still writes then holds the account. It goes where the account is by now, and goes on to be erased where that is erased.
 */
export const mergeLateJob: JobBinding = {
  name: 'accounts.merge-late',
  run: async (ctx, data) => {
    const { accountId: from, waited } = z.parse(z.object({ accountId, waited: z.optional(z.boolean()) }), data)
    if (!waited) {
      const startAfter = new Date(ctx.now.getTime() + lateMs)
      return ctx.enqueue(mergeLateJob, { accountId: from, waited: true }, { startAfter })
    }
    const into = await currentAccountId(ctx, from)
    const rows = new Map<AccountId, AccountRow | null>()
    for (const id of [from, into].sort()) rows.set(id, await accounts.findByPk(id, { lock: true }))
    const row = rows.get(into) ?? null
    const holders = (await listHolders(ctx, [from])).get(from)
    if (row === null || into === from || holders === undefined) return
    const late = registered.filter(({ name }) => name !== 'accounts' && holders.has(name))
    for (const { hooks } of late.toReversed()) await hooks.merge(ctx, from, into)
    for (const { hooks } of late) await hooks.merged?.(ctx, into)
    if (row.erasedAt !== null) await eraseLate(ctx, into)
  },
}
