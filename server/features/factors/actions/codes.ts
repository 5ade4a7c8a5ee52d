// Checks codes and makes recovery codes. A code is taken under the lock of its row, so that two requests at the same
// moment cannot both use it.
import { randomBytes } from 'node:crypto'
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import { recoveryCount } from '#protocol/factors.ts'
import { accountProof, tellSafety } from '#server/features/accounts/index.ts'
import { audit } from '#server/features/audit/index.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import { hashSecret } from '#server/platform/db/id.ts'
import { keyOf, meansOf } from '../queries.ts'
import { plainCode, recoveryCodeFrom, stepOf } from '../rules.ts'
import { recoveryCodes, totpFactors } from '../tables.ts'

/** A code that does not fit, said at its field: `code-wrong`. */
export const wrongCode = () => new Problem('code-wrong', { errors: [{ path: 'code', code: 'code_wrong' }] })

/** Could this code be taken now? Asked before the transaction, where guesses are counted. */
async function wouldFit(ctx: Ctx, accountId: AccountId, typed: string): Promise<boolean> {
  const code = plainCode(typed)
  const row = await totpFactors.findByPk(accountId, { raw: true })
  if (row && stepOf(keyOf(row), code, ctx.now, Number(row.lastStep)) !== undefined) return true
  return (await recoveryCodes.count({ where: { accountId, codeHash: hashSecret(code) } })) > 0
}

/** Refuses a wrong code, counted like a wrong password. Throws `code-wrong`, `slow-down`, `busy`. */
export async function demandCode(ctx: Ctx, accountId: AccountId, typed: string): Promise<void> {
  const right = await accountProof.counting(ctx, `step ${accountId}`, () => wouldFit(ctx, accountId, typed))
  if (!right) throw wrongCode()
}

/**
 * Before an account gets one more way in, which may take no code: asks anew for all that its sign-in takes. That is its
 * password and, where it has a second step, that they came in just now, which took it. Throws `sign-in-failed` at
 * `password`, `sign-in-again`, and what else a password is refused with.
 */
export async function demandEveryStep(ctx: Ctx, accountId: AccountId, password: string | undefined): Promise<void> {
  await accountProof.demandPassword(ctx, accountId, password)
  if ((await meansOf(accountId)).length > 0) await accountProof.demandFresh(ctx)
}

/** Uses a code up. Throws `code-wrong` when it was used meanwhile. */
export async function takeCode(ctx: WriteCtx, accountId: AccountId, typed: string): Promise<'app' | 'recovery'> {
  const code = plainCode(typed)
  const row = await totpFactors.findByPk(accountId, { lock: true, raw: true })
  const step = row ? stepOf(keyOf(row), code, ctx.now, Number(row.lastStep)) : undefined
  if (step !== undefined) {
    await totpFactors.update({ lastStep: String(step) }, { where: { accountId } })
    return 'app'
  }
  if ((await recoveryCodes.destroy({ where: { accountId, codeHash: hashSecret(code) } })) === 0) throw wrongCode()
  tellSafety(ctx, accountId)
  await audit.record(ctx, {
    verb: 'factor.recovery-used',
    subject: { kind: 'account', id: accountId },
    actor: accountId,
  })
  return 'recovery'
}

/** Makes recovery codes in place of those there were; they are told once and kept as hashes. */
export async function makeRecoveryCodes(ctx: WriteCtx, accountId: AccountId): Promise<string[]> {
  await recoveryCodes.destroy({ where: { accountId } })
  const codes = Array.from({ length: recoveryCount }, () => recoveryCodeFrom(randomBytes(16)))
  await recoveryCodes.bulkCreate(
    codes.map(code => ({ accountId, codeHash: hashSecret(plainCode(code)), createdAt: ctx.now })),
  )
  return codes
}
