// What every feature owes a person: everything out, everything gone, or everything over to another account. The hooks
// are registered at boot by the composition root; accounts knows no feature above it.
import type { AccountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import { audit } from '#server/features/audit/index.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import type { AccountHooks, Feature } from '#server/platform/feature.ts'
import { accounts } from '../tables.ts'

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

/** Erases a person: rows others depend on stay without name or text. The highest feature goes first. */
export async function eraseAccount(ctx: WriteCtx, id: AccountId): Promise<void> {
  demand((await accounts.findByPk(id, { lock: true })) !== null, 'not-found')
  await audit.record(ctx, { verb: 'account.erased', subject: { kind: 'account', id } })
  for (const { hooks } of registered.toReversed()) await hooks.erase(ctx, id)
  ctx.rightsChanged(id)
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
}
