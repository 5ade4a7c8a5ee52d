// Somebody agrees to the version that holds: for themselves, or as the guardian of a minor. Append-only.
import type { AccountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import { getAccount, noteAgreed } from '#server/features/accounts/index.ts'
import { audit } from '#server/features/audit/index.ts'
import { guardedBy } from '#server/features/observers/index.ts'
import { accountOf, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { findLatest } from '../queries.ts'
import { consentAgreements } from '../tables.ts'

async function keep(ctx: WriteCtx, accountId: AccountId, version: number): Promise<void> {
  const latest = (await findLatest())?.version ?? 0
  demand(latest === version && version > 0, 'conflict', { params: { current: latest } })
  if ((await getAccount(accountId)).agreed >= version) return
  const byId = accountOf(ctx.who)
  await consentAgreements.create({ id: newId<'Agreement'>(), accountId, version, byId, at: ctx.now })
  await noteAgreed(ctx, accountId, version)
  await audit.record(ctx, {
    verb: 'consent.agreed',
    subject: { kind: 'account', id: accountId },
    details: { version, ...(byId === accountId ? {} : { guardian: byId }) },
  })
}

/**
 * For oneself. Throws `not-found`, `conflict` for another version than the one that holds, `guardian-due` for minors,
 * `not-for-guests`.
 */
export async function agree(ctx: WriteCtx, version: number): Promise<void> {
  const { id, kind, minor } = await getAccount(accountOf(ctx.who))
  demand(kind === 'member', 'not-for-guests')
  demand(!minor, 'guardian-due')
  await keep(ctx, id, version)
}

/** For a minor whose guardian the caller is: else `not-found`. Throws `conflict` as above. */
export async function agreeFor(ctx: WriteCtx, accountId: AccountId, version: number): Promise<void> {
  demand((await guardedBy(ctx, accountOf(ctx.who))).includes(accountId), 'not-found')
  await keep(ctx, accountId, version)
}
