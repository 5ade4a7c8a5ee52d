// What later features need to prove somebody anew and to let them in: the step after a password belongs to one of them.
import type { NextStep } from '#protocol/accounts.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import { getAccount } from '../queries/accounts.ts'
import { type AccountRow, accounts, settings } from '../tables.ts'
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

/** Throws what follows the password of this account, with its ticket. */
export async function demandNextStep(ctx: Ctx, row: AccountRow): Promise<void> {
  const next = await nextStepOf(ctx, row)
  if (next) throw new Problem(next.step, { params: { ticket: next.ticket } })
}

/** Throws `sign-in-failed` at `password`, `slow-down`, `busy`; `no-password` for accounts without one. */
async function demandPassword(ctx: Ctx, accountId: AccountId, password: string): Promise<void> {
  const { email, passwordHash } = await getAccount(accountId)
  if (email === null || passwordHash === null) throw new Problem('no-password')
  const right = await checkingPassword(ctx.address, email, () => fits(password, passwordHash))
  if (!right) throw new Problem('sign-in-failed', { errors: [{ path: 'password', code: 'password_wrong' }] })
}

/** Writes one setting of the school. */
async function setSetting(ctx: WriteCtx, key: string, value: unknown): Promise<void> {
  await settings.upsert({ key, value, changedAt: ctx.now })
}

export const accountProof = {
  demandPassword,
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
