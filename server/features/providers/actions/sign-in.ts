// A browser's way to a provider and back. Who is known there by issuer and subject comes in; an e-mail address connects
// nobody with an account. What is slow happens before the transaction.

import { filled } from '#protocol/base/addresses.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import { type ProviderId, returnPath } from '#protocol/providers.ts'
import {
  type AccountRow,
  accountProof,
  createMember,
  findByEmail,
  lockAccount,
  networkOf,
} from '#server/features/accounts/index.ts'
import { Buckets } from '#server/platform/call/bucket.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import { demandUnchanged, findIdentity, openProvider } from '../queries.ts'
import { type Claims, demandNewcomer, provesSecondStep } from '../rules.ts'
import { identities, type ProviderRow } from '../tables.ts'
import { type Answer, addressOf, claimsFor, newQuestion } from './elsewhere.ts'
import { comeBackWith, demandSame, doorOf, sendAway } from './errands.ts'
import { addIdentity, connectIdentity } from './identities.ts'

/**
 * Sends a browser to a provider: to sign in, or to connect the account `connects`. Answers what gives it the address.
 * Throws `provider-refused`, `sign-in-over`, `not-found`, `provider-off`, `provider-silent`, `provider-distrusted`.
 */
export async function prepareAway(
  ctx: Ctx,
  to: { providerId: ProviderId; next?: string | undefined; connects?: AccountId },
): Promise<(tx: WriteCtx) => Promise<{ location: string }>> {
  const { providerId, next = '/', connects = null } = to
  const row = await openProvider(providerId)
  const question = newQuestion(doorOf(ctx).asked + filled(returnPath, { providerId }))
  const location = await addressOf(ctx, row, question)
  return async () => {
    sendAway(ctx, { providerId, ...question, connects, next })
    return { location }
  }
}

// Answers that failed, of a network: each costs its provider a request. A school is one network.
const failures = new Buckets({ burst: 120, perSecond: 1 })

async function countingFailures<T>(ctx: Ctx, ask: () => Promise<T>): Promise<T> {
  const bucket = failures.of(networkOf(ctx.address))
  const retryAfter = Math.ceil(bucket.waitMs() / 1_000)
  demand(retryAfter === 0, 'slow-down', { params: { retryAfter } })
  try {
    return await ask()
  } catch (error) {
    bucket.take()
    throw error
  }
}

type Came = Answer & { readonly providerId: ProviderId }

/**
 * Ends what a browser went to a provider for. Throws all that `comeBackWith`, `claimsFor` and the two ends,
 * `connectIdentity` and `enter`, throw; `not-found` and `provider-off` for what stands no more; `slow-down` for a
 * network whose answers fail.
 */
export async function prepareFinish(ctx: Ctx, { providerId, ...answer }: Came) {
  const errand = comeBackWith(ctx, { providerId, state: answer.state })
  const { connects, next } = errand
  if (connects) demandSame(ctx, connects)
  const row = await openProvider(providerId)
  const claims = await countingFailures(ctx, () => claimsFor(ctx, row, errand, answer))
  return async (tx: WriteCtx) => {
    // It may have taken its time, and the school may have changed its mind about it meanwhile.
    await demandUnchanged(row)
    if (!connects) return { ...(await enter(tx, row, claims)), next }
    await connectIdentity(tx, connects, row, claims)
    return { did: 'connected' as const, provider: row.name }
  }
}

/**
 * Lets in who is known there. Throws what `welcome` throws for all others, `sign-in-over` for who was disconnected,
 * `account-shut`.
 */
async function enter(tx: WriteCtx, provider: ProviderRow, claims: Claims) {
  const known = await findIdentity(provider.issuer, claims.subject)
  if (!known) return welcome(tx, provider, claims)
  const { id, accountId } = known
  // Locked first, as by whoever disconnects or suspends: neither waits for the other in a circle.
  const account = await lockAccount(accountId)
  const [there] = await identities.update({ lastUsedAt: tx.now }, { where: { id, accountId } })
  // Disconnected meanwhile, or another account's since two became one.
  demand(there === 1, 'sign-in-over')
  if (!account) throw new Error('An identity without its account')
  await accountProof.demandMayEnter(tx, account)
  const step = provesSecondStep(provider, claims) ? null : await accountProof.nextStep(tx, account)
  if (step) return { did: 'asked-more' as const, step }
  return { did: 'signed-in' as const, ...(await accountProof.signInAs(tx, account)) }
}

/**
 * Somebody nobody here is connected with: a new member, where the provider may bring some. Throws what `demandNewcomer`
 * throws, and `address-known`.
 */
async function welcome(tx: WriteCtx, provider: ProviderRow, claims: Claims) {
  const email = demandNewcomer(provider, claims)
  const params = { provider: provider.name, email }
  // Whoever has the address here already shows it by their own way in.
  demand((await findByEmail(tx, email)) === undefined, 'address-known', { params })
  const person = {
    name: claims.name ?? email.slice(0, email.indexOf('@')).slice(0, 80),
    ...{ email, passwordHash: null, siteRole: 'member' as const, minor: provider.minors },
    ...(claims.locale ? { locale: claims.locale } : {}),
  }
  const account: AccountRow = await createMember(tx, person).catch((error: unknown) => {
    // Somebody was faster.
    throw error instanceof Problem && error.code === 'email-taken' ? new Problem('address-known', { params }) : error
  })
  await addIdentity(tx, account.id, provider, claims)
  // Nobody yet: nothing they are here can ask for more.
  return { did: 'signed-in' as const, ...(await accountProof.signInAs(tx, account)) }
}
