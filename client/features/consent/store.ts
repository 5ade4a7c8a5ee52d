// The only place that asks the routes of consent.
import { loadMe, owes } from '#client/features/accounts/store.ts'
import { request } from '#client/platform/call.ts'
import { realtime } from '#client/platform/realtime.ts'
import type { InputBefore } from '#protocol/base/call.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { consentRoutes } from '#protocol/consent.ts'

type Routes = typeof consentRoutes

export const readMine = () => request(consentRoutes.mine, {})
export const agreeFor = (accountId: AccountId, version: number) =>
  request(consentRoutes.agreeFor, { accountId, version })
export const readConsent = () => request(consentRoutes.get, {})
export const publish = (input: InputBefore<Routes['publish']>) => request(consentRoutes.publish, input)
export const changeMinors = (input: InputBefore<Routes['changeMinors']>) => request(consentRoutes.changeMinors, input)
export const listMissing = (after: string | undefined) =>
  request(consentRoutes.missing, { limit: 50, ...(after !== undefined && { after }) })

/** Asks anew whether something is to be agreed to; the socket comes in as whoever may now. */
export async function lookAgain(): Promise<void> {
  await loadMe()
  realtime().reconnect()
}

/** The same, which only goes on once it may. */
export async function lookQuietly(): Promise<void> {
  await loadMe()
  if (owes.peek() !== 'guardian') realtime().reconnect()
}

/** Agrees for oneself, and goes on. */
export async function agree(version: number): Promise<void> {
  await request(consentRoutes.agree, { version })
  await lookAgain()
}
