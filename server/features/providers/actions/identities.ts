// Connects accounts here with those at providers, and takes the connection away. Each is recorded.
import type { DoneTo } from '#protocol/audit/verbs.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import { type IdentityId, mostIdentities } from '#protocol/providers.ts'
import { accountProof, lockAccount, tellSafety } from '#server/features/accounts/index.ts'
import { audit } from '#server/features/audit/index.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { listIdentities } from '../queries.ts'
import { type Claims, labelOf } from '../rules.ts'
import { identities, type ProviderRow } from '../tables.ts'

const record = (ctx: WriteCtx, verb: DoneTo<'account'>, accountId: AccountId, provider: string, label: string) => {
  tellSafety(ctx, accountId)
  return audit.record(ctx, {
    verb: `account.${verb}`,
    subject: { kind: 'account', id: accountId },
    details: { provider, label },
    actor: accountId,
  })
}

/** Writes down who somebody is at a provider. Throws `identity-taken` when it is somebody else, or somebody was faster. */
export async function addIdentity(
  ctx: WriteCtx,
  accountId: AccountId,
  provider: Pick<ProviderRow, 'issuer' | 'name'>,
  claims: Claims,
): Promise<void> {
  const label = labelOf(claims)
  const [made] = await ctx.sql<{ id: string }>(
    `insert into identities (id, account_id, issuer, subject, label, created_at, last_used_at)
     values ($1, $2, $3, $4, $5, $6, $6) on conflict (issuer, subject) do nothing returning id`,
    [newId<'Identity'>(), accountId, provider.issuer, claims.subject, label, ctx.now],
  )
  if (!made) throw new Problem('identity-taken', { params: { provider: provider.name } })
  await record(ctx, 'connected', accountId, provider.name, label)
}

/** Connects an account; one that is connected already stays so. Throws `identity-taken`, `too-many`, `not-found`. */
export async function connectIdentity(
  ctx: WriteCtx,
  accountId: AccountId,
  provider: ProviderRow,
  claims: Claims,
): Promise<void> {
  // Locked: of two that come back at once, the second counts the first.
  const account = await lockAccount(accountId)
  demand(account !== null && account.mergedInto === null && account.erasedAt === null, 'not-found')
  const there = await identities.findOne({ where: { issuer: provider.issuer, subject: claims.subject }, raw: true })
  if (there?.accountId === accountId) return
  const count = await identities.count({ where: { accountId } })
  demand(count < mostIdentities, 'too-many', { params: { most: mostIdentities } })
  await addIdentity(ctx, accountId, provider, claims)
}

/**
 * Checks the password; answers what takes a connection away. Throws `not-found`, also for somebody else's, `last-way-in`,
 * `sign-in-failed` at `password`, `sign-in-again`.
 */
export async function prepareDisconnect(
  ctx: Ctx,
  accountId: AccountId,
  { identityId, password }: { identityId: IdentityId; password?: string | undefined },
) {
  await accountProof.demandPassword(ctx, accountId, password)
  return async (tx: WriteCtx) => {
    // Locked: of two that are taken away at once, the second sees what the first left.
    await lockAccount(accountId)
    const found = (await listIdentities(tx, accountId)).find(one => one.id === identityId)
    if (!found) throw new Problem('not-found')
    const others = (await accountProof.countWaysIn(tx, accountId)) - (found.usable ? 1 : 0)
    demand(others > 0, 'last-way-in')
    await identities.destroy({ where: { id: identityId, accountId } })
    await record(tx, 'disconnected', accountId, found.provider, found.label)
    return {}
  }
}

/** Takes every connection of an account away, at its end. */
export async function dropIdentities(_ctx: WriteCtx, accountId: AccountId): Promise<void> {
  await identities.destroy({ where: { accountId } })
}

/** The same person, by their own word and an administrator's: both ways lead to the account that stays. */
export async function moveIdentities(_ctx: WriteCtx, from: AccountId, into: AccountId): Promise<void> {
  await identities.update({ accountId: into }, { where: { accountId: from } })
}
