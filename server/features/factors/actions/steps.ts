// The sign-in in two steps: after the password the first answer is a ticket, sealed and short-lived, that is good for
// nothing without a code. Nothing is kept of it.
import type { NextStep } from '#protocol/accounts.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { accountId as accountIdSchema } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import { type AccountRow, accountProof, lockAccount } from '#server/features/accounts/index.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import { seal, unseal } from '#server/platform/seal.ts'
import { findApp, isRequired, meansOf } from '../queries.ts'
import { confirmKey, makeKey } from './app.ts'
import { demandCode, takeCode } from './codes.ts'

type Step = 'code' | 'setup'

/** Long enough to find a phone, to install an app for the first time. */
const ticketMs: Readonly<Record<Step, number>> = { code: 5 * 60_000, setup: 20 * 60_000 }
const purpose = (step: Step) => `sign-in ${step}`

const ticketFor = (ctx: Ctx, step: Step, row: AccountRow): string => {
  // A changed password makes tickets of the old one worthless.
  const parts = [row.id, ctx.now.getTime() + ticketMs[step], row.passwordHash?.slice(-16) ?? '']
  return seal(purpose(step), JSON.stringify(parts)).toString('base64url')
}

/** Whose sign-in a ticket goes on with. Throws `step-over`. */
export async function readTicket(ctx: Ctx, step: Step, ticket: string): Promise<AccountRow> {
  const text = unseal(purpose(step), Buffer.from(ticket, 'base64url'))
  const [id, until, mark] = text === undefined ? [] : (JSON.parse(text) as [string, number, string])
  const found = accountIdSchema.safeParse(id).data
  const row = found && (await accountProof.find(found))
  const good = row && (until ?? 0) > ctx.now.getTime() && (row.passwordHash?.slice(-16) ?? '') === mark
  if (!good || row.suspendedAt || row.erasedAt) throw new Problem('step-over')
  return row
}

/**
 * What follows every password that was right: `second-step` with a ticket where an app or a passkey is set up, and
 * `second-step-due` where one must be first.
 */
export async function nextStep(ctx: Ctx, row: AccountRow): Promise<NextStep | null> {
  const means = await meansOf(row.id)
  if (means.length > 0) return { step: 'second-step', ticket: ticketFor(ctx, 'code', row), means }
  // The people of the demo are known to all: nobody is kept out of it.
  if (row.demo !== null || !(await isRequired(ctx, row.id))) return null
  return { step: 'second-step-due', ticket: ticketFor(ctx, 'setup', row), means: [] }
}

/** Ends a sign-in with a code. Throws `step-over`, `code-wrong`, `slow-down`. */
export async function prepareFinish(ctx: Ctx, { ticket, code }: { ticket: string; code: string }) {
  const row = await readTicket(ctx, 'code', ticket)
  await demandCode(ctx, row.id, code)
  return async (tx: WriteCtx) => {
    await takeCode(tx, row.id, code)
    return accountProof.signInAs(tx, row)
  }
}

/** Makes the key of somebody who must have one to come in. Throws `not-found`, `factor-there` and `step-over`. */
export async function beginDue(ctx: WriteCtx, ticket: string) {
  return makeKey(ctx, (await readTicket(ctx, 'setup', ticket)).id)
}

/**
 * Their first code: the key counts, and they are in. Guesses are counted. Throws `step-over`, `code-wrong`,
 * `slow-down`, `not-found` and `factor-there`.
 */
export async function prepareConfirmDue(ctx: Ctx, { ticket, code }: { ticket: string; code: string }) {
  const row = await readTicket(ctx, 'setup', ticket)
  await demandCode(ctx, row.id, code)
  return async (tx: WriteCtx) => {
    await lockAccount(row.id)
    // A passkey made meanwhile is the step to show: the password alone adds nothing to it.
    demand((await meansOf(row.id)).length === 0, 'factor-there')
    const recoveryCodes = await confirmKey(tx, row.id, code)
    return { ...(await accountProof.signInAs(tx, row)), recoveryCodes }
  }
}

/**
 * Somebody's own app, at first: their guesses are counted too. Throws `code-wrong`, `slow-down`, `not-found` and
 * `factor-there`.
 */
export async function prepareConfirm(ctx: Ctx, accountId: AccountId, { code }: { code: string }) {
  demand((await findApp(accountId)) === undefined, 'factor-there')
  await demandCode(ctx, accountId, code)
  return async (tx: WriteCtx) => ({ recoveryCodes: await confirmKey(tx, accountId, code) })
}
