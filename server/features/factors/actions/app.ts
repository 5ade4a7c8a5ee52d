// Sets up and removes the authenticator app of an account. What weakens a sign-in asks for password and code anew.

import { randomBytes } from 'node:crypto'
import type { AuditVerb } from '#protocol/audit/verbs.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { NewKey } from '#protocol/factors.ts'
import { accountProof, getAccount, lockAccount, tellSafety } from '#server/features/accounts/index.ts'
import { audit } from '#server/features/audit/index.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import { seal } from '#server/platform/seal.ts'
import { isRequired, keyOf, keyPurpose, meansOf } from '../queries.ts'
import { keyBytes, keyTextFrom, keyUri, plainCode, stepOf } from '../rules.ts'
import { passkeys, recoveryCodes, totpFactors } from '../tables.ts'
import { demandCode, demandEveryStep, makeRecoveryCodes, takeCode, wrongCode } from './codes.ts'

const record = (ctx: WriteCtx, verb: AuditVerb, accountId: AccountId) => {
  tellSafety(ctx, accountId)
  return audit.record(ctx, { verb, subject: { kind: 'account', id: accountId }, actor: accountId })
}

/**
 * Makes a key that waits for its first code; one that waited before is replaced. Throws `not-found`, `factor-there`.
 */
export async function makeKey(ctx: WriteCtx, accountId: AccountId): Promise<NewKey> {
  const { email, name } = await getAccount(accountId)
  // Locked: a first code that comes at this moment makes the one that waits count, and nothing replaces it then.
  const before = await totpFactors.findByPk(accountId, { lock: true, raw: true })
  demand(!before?.confirmedAt, 'factor-there')
  const key = keyTextFrom(randomBytes(keyBytes))
  await totpFactors.upsert({
    ...{ accountId, sealedKey: seal(keyPurpose, key), confirmedAt: null, lastStep: '0', createdAt: ctx.now },
  })
  return { key, uri: keyUri(key, email ?? name) }
}

/**
 * Asks for every step there is; answers what makes the key. Throws `not-found`, what `demandEveryStep` throws,
 * `factor-there`.
 */
export async function prepareBegin(ctx: Ctx, accountId: AccountId, { password }: { password?: string | undefined }) {
  await demandEveryStep(ctx, accountId, password)
  return (tx: WriteCtx) => makeKey(tx, accountId)
}

/**
 * The first code makes the key count; answers the recovery codes. Throws `factor-there`, `code-wrong`, and `not-found`
 * without a key.
 */
export async function confirmKey(ctx: WriteCtx, accountId: AccountId, typed: string): Promise<string[]> {
  const row = await totpFactors.findByPk(accountId, { lock: true, raw: true })
  if (!row) throw new Problem('not-found')
  demand(row.confirmedAt === null, 'factor-there')
  const step = stepOf(keyOf(row), plainCode(typed), ctx.now, Number(row.lastStep))
  if (step === undefined) throw wrongCode()
  await totpFactors.update({ confirmedAt: ctx.now, lastStep: String(step) }, { where: { accountId } })
  await record(ctx, 'factor.added', accountId)
  return makeRecoveryCodes(ctx, accountId)
}

/**
 * Checks password and code; answers what removes the app. Throws `second-step-off`, `code-wrong`, `slow-down`,
 * `factor-required` where it is the only step and is asked for.
 */
export async function prepareRemove(
  ctx: Ctx,
  accountId: AccountId,
  given: { password?: string | undefined; code: string },
) {
  const means = await meansOf(accountId)
  demand(means.includes('passkey') || !(await isRequired(ctx, accountId)), 'factor-required')
  demand(means.includes('app'), 'second-step-off')
  await accountProof.demandPassword(ctx, accountId, given.password)
  await demandCode(ctx, accountId, given.code)
  return async (tx: WriteCtx) => {
    // Locked and asked again: the passkey that would have stayed may be taken away at this moment.
    await lockAccount(accountId)
    await takeCode(tx, accountId, given.code)
    await totpFactors.destroy({ where: { accountId } })
    demand((await meansOf(accountId)).length > 0 || !(await isRequired(tx, accountId)), 'factor-required')
    await dropCodesWithoutStep(tx, accountId)
    await record(tx, 'factor.removed', accountId)
    return {}
  }
}

/** Recovery codes stand for a second step: without any they open nothing. */
export async function dropCodesWithoutStep(_ctx: WriteCtx, accountId: AccountId): Promise<void> {
  if ((await meansOf(accountId)).length === 0) await recoveryCodes.destroy({ where: { accountId } })
}

/**
 * Checks the password, and the code or that they came in just now; answers what makes new recovery codes. Throws
 * `second-step-off`, `sign-in-again`, and what `demandCode` throws.
 */
export async function prepareRenewal(
  ctx: Ctx,
  accountId: AccountId,
  { password, code }: { password?: string | undefined; code?: string | undefined },
) {
  demand((await meansOf(accountId)).length > 0, 'second-step-off')
  await accountProof.demandPassword(ctx, accountId, password)
  if (code === undefined) await accountProof.demandFresh(ctx)
  else await demandCode(ctx, accountId, code)
  return async (tx: WriteCtx) => {
    if (code !== undefined) await takeCode(tx, accountId, code)
    await record(tx, 'factor.recovery-renewed', accountId)
    return { recoveryCodes: await makeRecoveryCodes(tx, accountId) }
  }
}

/** Takes every second step of an account away: at its end, and for whoever lost them. */
export async function dropFactors(_ctx: WriteCtx, accountId: AccountId): Promise<void> {
  await totpFactors.destroy({ where: { accountId } })
  await passkeys.destroy({ where: { accountId } })
  await recoveryCodes.destroy({ where: { accountId } })
}

/** For somebody who lost them; the door asks who may. Every device is signed out: whoever sits there comes in anew. */
export async function resetFactors(ctx: WriteCtx, accountId: AccountId): Promise<void> {
  await dropFactors(ctx, accountId)
  await accountProof.endSessions(ctx, accountId)
  await audit.record(ctx, { verb: 'factor.reset', subject: { kind: 'account', id: accountId } })
}
