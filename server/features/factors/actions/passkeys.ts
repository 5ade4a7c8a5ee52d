// Passkeys (WebAuthn): made by their owner, and shown at the door. A question travels as a sealed ticket, of which nothing
// is kept but when the last one was put that a passkey answered: each is answered once.

import { randomBytes } from 'node:crypto'
import * as z from 'zod/mini'
import type { AuditVerb } from '#protocol/audit/verbs.ts'
import { type AccountId, accountId as accountIdSchema } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import { type MadePasskey, mostPasskeys, type PasskeyId, type ShownPasskey } from '#protocol/factors/passkeys.ts'
import { accountProof, getAccount, lockAccount, tellSafety } from '#server/features/accounts/index.ts'
import { audit } from '#server/features/audit/index.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { seal, unseal } from '#server/platform/seal.ts'
import { findPasskey, isRequired, listPasskeys, madePasskeySince, meansOf, passkeyAdded } from '../queries.ts'
import { passkeyHost } from '../rules.ts'
import { type PasskeyRow, passkeys } from '../tables.ts'
import { dropCodesWithoutStep } from './app.ts'
import { demandEveryStep, makeRecoveryCodes } from './codes.ts'
import { readTicket } from './steps.ts'

// Half a second to load, and most nodes' first minutes go by without one.
const webAuthn = () => import('@simplewebauthn/server')

const purpose = 'passkey'
const ticketMs = 5 * 60_000

const asked = z.object({
  challenge: z.string(),
  /** Whose it must be: who makes one, or who takes their second step; null for whoever comes. */
  whose: z.nullable(accountIdSchema),
  to: z.enum(['make', 'enter']),
  at: z.number(),
})
type Asked = z.infer<typeof asked>

const record = (ctx: WriteCtx, verb: AuditVerb, accountId: AccountId, name: string) => {
  tellSafety(ctx, accountId)
  return audit.record(ctx, { verb, subject: { kind: 'account', id: accountId }, details: { name }, actor: accountId })
}

/** Where passkeys are asked for. Throws `passkeys-not-here`. */
function hereOf(ctx: Ctx): { origin: string; host: string } {
  const origin = ctx.session?.asked ?? ''
  const host = passkeyHost(origin)
  if (host === undefined) throw new Problem('passkeys-not-here')
  return { origin, host }
}

function newTicket(ctx: Ctx, to: Asked['to'], whose: AccountId | null): { challenge: string; ticket: string } {
  const challenge = randomBytes(32).toString('base64url')
  const said: Asked = { challenge, whose, to, at: ctx.now.getTime() }
  return { challenge, ticket: seal(purpose, JSON.stringify(said)).toString('base64url') }
}

function readAsked(ctx: Ctx, to: Asked['to'], ticket: string): Asked {
  const text = unseal(purpose, Buffer.from(ticket, 'base64url'))
  const found = text === undefined ? undefined : asked.safeParse(JSON.parse(text)).data
  if (!found || found.to !== to || found.at + ticketMs < ctx.now.getTime()) throw new Problem('step-over')
  return found
}

const namedOf = (rows: readonly PasskeyRow[]) => rows.map(row => ({ id: row.credential, transports: row.transports }))
const bytesOf = (challenge: string) => Uint8Array.from(Buffer.from(challenge, 'base64url'))

/** What the browser is asked for, to make one. Throws `passkeys-not-here`, `too-many`. */
async function questionToMake(ctx: Ctx, accountId: AccountId) {
  const { host } = hereOf(ctx)
  const rows = await listPasskeys(accountId)
  demand(rows.length < mostPasskeys, 'too-many', { params: { most: mostPasskeys } })
  const { name, email } = await getAccount(accountId)
  const { challenge, ticket } = newTicket(ctx, 'make', accountId)
  const { generateRegistrationOptions } = await webAuthn()
  const options = await generateRegistrationOptions({
    rpName: 'Lectern',
    rpID: host,
    userID: Uint8Array.from(Buffer.from(accountId.replaceAll('-', ''), 'hex')),
    userName: email ?? name,
    userDisplayName: name,
    challenge: bytesOf(challenge),
    excludeCredentials: namedOf(rows),
    // Found without a name typed first, and shown by a finger, a face or a PIN: that makes it two factors in one.
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  return async () => ({ ticket, options: { ...options } })
}

/**
 * Asks for every step there is; answers what the browser is asked for. Throws `not-found`, `passkeys-not-here`,
 * `too-many`, and what `demandEveryStep` throws.
 */
export async function prepareBegin(ctx: Ctx, accountId: AccountId, { password }: { password?: string | undefined }) {
  hereOf(ctx)
  await demandEveryStep(ctx, accountId, password)
  return questionToMake(ctx, accountId)
}

/**
 * The same for somebody who must have one to come in. Throws `not-found`, `too-many`, `step-over`, `passkeys-not-here`.
 */
export const prepareBeginDue = async (ctx: Ctx, { step }: { step: string }) =>
  questionToMake(ctx, (await readTicket(ctx, 'setup', step)).id)

interface Made {
  readonly ticket: string
  readonly name: string
  readonly response: MadePasskey
}

/**
 * Checks what the browser made; answers what keeps it. Throws `passkeys-not-here`, `step-over`, also when a passkey was
 * made since it was asked, `passkey-unknown`, `passkey-there`, `too-many`.
 */
export async function prepareAdd(ctx: Ctx, accountId: AccountId, { ticket, name, response }: Made) {
  const { origin, host } = hereOf(ctx)
  const { challenge, whose, at } = readAsked(ctx, 'make', ticket)
  demand(whose === accountId, 'step-over')
  const { verifyRegistrationResponse } = await webAuthn()
  const { transports = [], ...said } = response.response
  const checked = await verifyRegistrationResponse({
    response: { ...response, response: said, clientExtensionResults: {} },
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: host,
  }).catch(() => undefined)
  if (!checked?.verified) throw new Problem('passkey-unknown')
  const { credential, credentialBackedUp: synced } = checked.registrationInfo
  return async (tx: WriteCtx) => {
    // Locked: of two that are made at once, the second finds the first, and its recovery codes.
    await lockAccount(accountId)
    demand(!(await madePasskeySince(accountId, new Date(at))), 'step-over')
    const count = await passkeys.count({ where: { accountId } })
    demand(count < mostPasskeys, 'too-many', { params: { most: mostPasskeys } })
    demand((await findPasskey(credential.id)) === null, 'passkey-there')
    const first = (await meansOf(accountId)).length === 0
    const id = newId<'Passkey'>()
    await passkeys.create({
      ...{ id, accountId, host, name, synced, transports, credential: credential.id },
      publicKey: Buffer.from(credential.publicKey),
      counter: String(credential.counter),
      createdAt: tx.now,
      lastUsedAt: null,
      lastAskedAt: new Date(at),
    })
    await record(tx, passkeyAdded, accountId, name)
    return { passkeyId: id, recoveryCodes: first ? await makeRecoveryCodes(tx, accountId) : [] }
  }
}

/** Their first second step: it is kept, and they are in. Throws what `prepareAdd` throws, `factor-there`. */
export async function prepareAddDue(ctx: Ctx, { step, ...made }: Made & { readonly step: string }) {
  const account = await readTicket(ctx, 'setup', step)
  const keep = await prepareAdd(ctx, account.id, made)
  return async (tx: WriteCtx) => {
    // Of two who set one up with the same password, the second shows the first one's.
    await lockAccount(account.id)
    demand((await meansOf(account.id)).length === 0, 'factor-there')
    const { recoveryCodes } = await keep(tx)
    return { ...(await accountProof.signInAs(tx, account)), recoveryCodes }
  }
}

/** Calls a passkey otherwise. Throws `not-found`, also for somebody else's. */
export async function renamePasskey(
  _ctx: WriteCtx,
  accountId: AccountId,
  { passkeyId, name }: { passkeyId: PasskeyId; name: string },
): Promise<void> {
  const [changed] = await passkeys.update({ name }, { where: { id: passkeyId, accountId } })
  demand(changed === 1, 'not-found')
}

/**
 * Checks the password and that they came in just now, which took every step; answers what takes a passkey away. Throws
 * `sign-in-failed` at `password`, `sign-in-again`, `not-found`, `factor-required`, `last-way-in`.
 */
export async function prepareRemove(
  ctx: Ctx,
  accountId: AccountId,
  { passkeyId, password }: { passkeyId: PasskeyId; password?: string | undefined },
) {
  await accountProof.demandPassword(ctx, accountId, password)
  await accountProof.demandFresh(ctx)
  const required = await isRequired(ctx, accountId)
  return async (tx: WriteCtx) => {
    // Locked: of two that are taken away at once, the second sees what the first left.
    await lockAccount(accountId)
    const row = await passkeys.findOne({ where: { id: passkeyId, accountId }, raw: true })
    if (!row) throw new Problem('not-found')
    await passkeys.destroy({ where: { id: passkeyId } })
    demand((await accountProof.countWaysIn(tx, accountId)) > 0, 'last-way-in')
    demand(!required || (await meansOf(accountId)).length > 0, 'factor-required')
    await dropCodesWithoutStep(tx, accountId)
    await record(tx, 'factor.passkey-removed', accountId, row.name)
    return {}
  }
}

/** What a browser at the door is asked for. Throws `passkeys-not-here`, `step-over`. */
export async function prepareAsk(ctx: Ctx, { step }: { step?: string | undefined }) {
  const { host } = hereOf(ctx)
  const row = step === undefined ? undefined : await readTicket(ctx, 'code', step)
  const { challenge, ticket } = newTicket(ctx, 'enter', row?.id ?? null)
  const { generateAuthenticationOptions } = await webAuthn()
  const options = await generateAuthenticationOptions({
    rpID: host,
    challenge: bytesOf(challenge),
    userVerification: 'required',
    ...(row ? { allowCredentials: namedOf(await listPasskeys(row.id)) } : {}),
  })
  return async () => ({ ticket, options: { ...options } })
}

interface Shown {
  readonly ticket: string
  readonly step?: string | undefined
  readonly response: ShownPasskey
}

/** What the passkey counts now, when it answers the question as it should; undefined when not. */
async function countOf(
  ctx: Ctx,
  row: PasskeyRow,
  question: Asked,
  response: ShownPasskey,
): Promise<number | undefined> {
  const { origin, host } = hereOf(ctx)
  const { verifyAuthenticationResponse } = await webAuthn()
  const { userHandle: _, ...said } = response.response
  const checked = await verifyAuthenticationResponse({
    response: { ...response, response: said, clientExtensionResults: {} },
    expectedChallenge: question.challenge,
    expectedOrigin: origin,
    expectedRPID: host,
    credential: {
      id: row.credential,
      publicKey: Uint8Array.from(row.publicKey),
      counter: Number(row.counter),
    },
  }).catch(() => undefined)
  return checked?.verified ? checked.authenticationInfo.newCounter : undefined
}

/**
 * Signs a device in by a passkey, which is two factors in one; with `step` it is the second step of that sign-in.
 * Throws `passkeys-not-here`, `not-found`, `passkey-unknown`, `step-over`, `account-shut`, `staff-sign-in-closed`,
 * `slow-down`, `busy`.
 */
export async function prepareEnter(ctx: Ctx, { ticket, step, response }: Shown) {
  const question = readAsked(ctx, 'enter', ticket)
  const going = step === undefined ? null : (await readTicket(ctx, 'code', step)).id
  demand(question.whose === going, 'step-over')
  const row = await findPasskey(response.id)
  let count: number | undefined
  // Counted like a wrong password, whether or not there is such a one.
  const right = await accountProof.counting(ctx, `passkey ${response.id}`, async () => {
    if (row && (going === null || row.accountId === going)) count = await countOf(ctx, row, question, response)
    return count !== undefined
  })
  if (!right || !row) throw new Problem('passkey-unknown')
  const account = await getAccount(row.accountId)
  await accountProof.demandMayEnter(ctx, account)
  return async (tx: WriteCtx) => {
    const [taken] = await tx.sql<{ id: string }>(
      `update passkeys set counter = $2, last_used_at = $3, last_asked_at = $4
       where id = $1 and last_asked_at < $4 returning id`,
      [row.id, count, tx.now, new Date(question.at)],
    )
    if (!taken) throw new Problem('step-over')
    return accountProof.signInAs(tx, account)
  }
}
