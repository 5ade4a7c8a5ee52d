// What later features need to prove somebody anew and to let them in: the step after a password belongs to one of them.
import type { NextStep } from '#protocol/accounts.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import { getAccount, isDemoOpen } from '../queries/accounts.ts'
import { countWaysIn } from '../queries/ways-in.ts'
import { freshMs, mayDemoSignIn } from '../rules.ts'
import { type AccountRow, accounts, sessions, settings } from '../tables.ts'
import { ownView } from './accounts.ts'
import { fits } from './passwords.ts'
import { endEverySession, startSession } from './sessions.ts'
import { checkingPassword } from './throttles.ts'

/** Asked after every password that was right, before anybody is in; answers what is still missing. */
export type SignInStep = (ctx: Ctx, row: AccountRow) => Promise<NextStep | null>

let step: SignInStep = async () => null

/** Says what follows a password; called once, when the feature's index is loaded. */
export const registerSignInStep = (asked: SignInStep): void => {
  step = asked
}

/** What follows the password of this account; null when it is enough. */
export const nextStepOf = (ctx: Ctx, row: AccountRow): Promise<NextStep | null> => step(ctx, row)

/** The staff of the demo school come in at the machine itself alone, unless it was opened. Throws `staff-sign-in-closed`. */
export async function demandDemoDoor(ctx: Ctx, row: AccountRow): Promise<void> {
  if (row.demo === null) return
  const opened = await isDemoOpen()
  demand(mayDemoSignIn({ demo: row.demo, siteRole: row.siteRole, local: ctx.local, opened }), 'staff-sign-in-closed')
}

/** Throws what follows the password of this account, with its ticket. */
export async function demandNextStep(ctx: Ctx, row: AccountRow): Promise<void> {
  const next = await nextStepOf(ctx, row)
  if (next) throw new Problem(next.step, { params: { ticket: next.ticket, means: next.means } })
}

/** Has the device that asks been signed in just now? */
async function isFresh(ctx: Ctx): Promise<boolean> {
  const row = ctx.who.kind === 'account' ? await sessions.findByPk(ctx.who.sessionId, { raw: true }) : null
  return row !== null && ctx.now.getTime() - row.createdAt.getTime() < freshMs
}

/** Throws `sign-in-again` unless the device that asks was signed in just now, with every step that takes. */
async function demandFresh(ctx: Ctx): Promise<void> {
  demand(await isFresh(ctx), 'sign-in-again')
}

/**
 * Asks anew for what an account comes in by: its password, and of one without that it has just come in. Throws
 * `sign-in-failed` at `password`, `slow-down`, `busy`, `sign-in-again`, and `no-password` for guests.
 */
async function demandPassword(ctx: Ctx, accountId: AccountId, password: string | undefined): Promise<void> {
  const { email, passwordHash } = await getAccount(accountId)
  demand(email !== null, 'no-password')
  if (passwordHash === null) return demandFresh(ctx)
  const right =
    password !== undefined && (await checkingPassword(ctx.address, email, () => fits(password, passwordHash)))
  if (!right) throw new Problem('sign-in-failed', { errors: [{ path: 'password', code: 'password_wrong' }] })
}

/**
 * Whoever has proved who they are somewhere else may come in: Throws `account-shut` where the account was shut or is gone,
 * `staff-sign-in-closed`.
 */
async function demandMayEnter(ctx: Ctx, row: AccountRow): Promise<void> {
  demand(row.suspendedAt === null && row.erasedAt === null && row.mergedInto === null, 'account-shut')
  await demandDemoDoor(ctx, row)
}

/** Writes one setting of the school. */
async function setSetting(ctx: WriteCtx, key: string, value: unknown): Promise<void> {
  await settings.upsert({ key, value, changedAt: ctx.now })
}

export const accountProof = {
  demandPassword,
  demandFresh,
  demandMayEnter,
  nextStep: nextStepOf,
  countWaysIn,
  setSetting,
  /** Runs a check of a secret under the budgets of passwords; `key` stands in place of the e-mail. */
  counting: (ctx: Ctx, key: string, check: () => Promise<boolean>) => checkingPassword(ctx.address, key, check),
  /** The account, or undefined. */
  find: (accountId: AccountId): Promise<AccountRow | null> => accounts.findByPk(accountId, { raw: true }),
  endSessions: endEverySession,
  /** Signs this device in as the account, all steps being taken. */
  signInAs: async (tx: WriteCtx, row: AccountRow) => {
    await startSession(tx, row)
    return { account: ownView(row) }
  },
} as const
