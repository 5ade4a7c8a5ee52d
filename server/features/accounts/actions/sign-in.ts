// The ways in: by password, as somebody of the demo school, by changing one's password. What is slow happens before
// the transaction. Wrong e-mail, wrong password and erased look the same from outside, in time and answer; that an
// account is suspended hears whoever knows its password, and nobody else.

import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import { audit } from '#server/features/audit/index.ts'
import { type Ctx, demandAccount, type WriteCtx } from '#server/platform/ctx.ts'
import { findByEmail, getAccount } from '../queries/accounts.ts'
import { demandStrong } from '../rules.ts'
import { type AccountRow, accounts, settings } from '../tables.ts'
import { ownView } from './accounts.ts'
import { fits, hashPassword } from './passwords.ts'
import { accountProof, demandDemoDoor, demandNextStep } from './proof.ts'
import { endOtherSessions, startSession } from './sessions.ts'
import { checkingPassword } from './throttles.ts'

const enter = (row: AccountRow) => async (tx: WriteCtx) => {
  await startSession(tx, row)
  return { account: ownView(row) }
}

/**
 * Checks e-mail and password; answers what signs this device in. Throws `sign-in-failed`, `staff-sign-in-closed`,
 * `account-shut`, `slow-down`, `busy`, and what the next step asks for.
 */
export async function prepareSignIn(ctx: Ctx, { email, password }: { email: string; password: string }) {
  const row = await findByEmail(ctx, email)
  const right = await checkingPassword(ctx.address, email, async () => {
    return fits(password, row && row.erasedAt === null ? row.passwordHash : null)
  })
  if (!right || !row) throw new Problem('sign-in-failed')
  demand(row.suspendedAt === null, 'account-shut')
  await demandDemoDoor(ctx, row)
  await demandNextStep(ctx, row)
  return enter(row)
}

/** Signs in as somebody of the demo school. Throws `not-found` for everybody else, `staff-sign-in-closed`. */
export async function prepareDemoSignIn(ctx: Ctx, { accountId }: { accountId: AccountId }) {
  const row = await getAccount(accountId)
  demand(row.demo !== null && row.suspendedAt === null && row.erasedAt === null, 'not-found')
  await demandDemoDoor(ctx, row)
  return enter(row)
}

/**
 * Checks the current password, where there is one, and hashes the next; answers what changes it and signs the other
 * devices out. Throws `not-found`, `weak-password`, `conflict`, `sign-in-failed` at `current`, `sign-in-again` for a
 * first password, `not-allowed` for guests.
 */
export async function preparePasswordChange(
  ctx: Ctx,
  { current, next }: { current?: string | undefined; next: string },
) {
  const { accountId, sessionId } = demandAccount(ctx.who)
  const { email, passwordHash } = await getAccount(accountId)
  demand(email !== null, 'not-allowed')
  demandStrong(next, email, 'next')
  await accountProof.demandPassword(ctx, accountId, current).catch((error: unknown) => {
    if (!(error instanceof Problem) || error.code !== 'sign-in-failed') throw error
    throw new Problem('sign-in-failed', { errors: [{ path: 'current', code: 'password_wrong' }] })
  })
  const hash = await hashPassword(next)
  return async (tx: WriteCtx) => {
    // The password that was checked must still be the one that is replaced.
    const [changed] = await accounts.update({ passwordHash: hash }, { where: { id: accountId, passwordHash } })
    demand(changed === 1, 'conflict')
    await audit.record(tx, { verb: 'account.password-changed', subject: { kind: 'account', id: accountId } })
    return { ended: await endOtherSessions(tx, accountId, sessionId) }
  }
}

/** Lets the demo school's staff sign in from anywhere, or only from this machine again. */
export async function openDemo(ctx: WriteCtx, { open }: { open: boolean }): Promise<void> {
  await settings.upsert({ key: 'demo-open', value: open, changedAt: ctx.now })
  await audit.record(ctx, {
    verb: open ? 'demo.opened' : 'demo.closed',
    subject: { kind: 'setting', id: 'demo-open' },
  })
}
