// What the browser does with passkeys, by the library, which is loaded when one is asked for.
import type * as z from 'zod/mini'
import { request } from '#client/platform/call.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import type { OwnAccount } from '#protocol/accounts.ts'
import { passkeyRoutes, type question } from '#protocol/factors/passkeys.ts'

const library = () => import('@simplewebauthn/browser')

/** Whether this browser takes passkeys at this address: it has a name, and is reached by https or the machine itself. */
export const takesPasskeys = (): boolean =>
  isSecureContext && 'PublicKeyCredential' in globalThis && !/^[\d.]+$|^\[/.test(location.hostname)

type Question = z.infer<typeof question>
type Options<F extends (given: never) => unknown> = Parameters<F>[0] extends { optionsJSON: infer O } ? O : never
type Library = Awaited<ReturnType<typeof library>>

async function make({ ticket, options }: Question) {
  const { startRegistration } = await library()
  // What the server's half of the library wrote goes through as it is.
  const optionsJSON = options as unknown as Options<Library['startRegistration']>
  const { id, rawId, type, response } = await startRegistration({ optionsJSON })
  const { clientDataJSON, attestationObject, transports } = response
  const said = { clientDataJSON, attestationObject, ...(transports ? { transports } : {}) }
  return { ticket, response: { id, rawId, type, response: said } }
}

/** Makes one and keeps it under a name; answers recovery codes where they came with it. */
export async function addPasskey(name: string, proof: { password?: string }): Promise<readonly string[]> {
  const made = await make(await request(passkeyRoutes.beginPasskey, proof))
  return (await request(passkeyRoutes.addPasskey, { name, ...made })).recoveryCodes
}

/** The same on the way in, where the school asks for a second step. */
export async function addPasskeyDue(
  step: string,
): Promise<{ readonly account: OwnAccount; readonly recoveryCodes: readonly string[] }> {
  const made = await make(await request(passkeyRoutes.beginPasskeyDue, { step }))
  return request(passkeyRoutes.addPasskeyDue, { step, name: t('factors.passkeyNumber', { number: 1 }), ...made })
}

/** Shows one at the door; with `step` as the second step of a sign-in. Answers who that is. */
export async function enterByPasskey(step?: string): Promise<OwnAccount> {
  const given = step === undefined ? {} : { step }
  const { ticket, options } = await request(passkeyRoutes.askPasskey, given)
  const { startAuthentication } = await library()
  const optionsJSON = options as unknown as Options<Library['startAuthentication']>
  const { id, rawId, type, response } = await startAuthentication({ optionsJSON })
  const answer = { ticket, ...given, response: { id, rawId, type, response } }
  return (await request(passkeyRoutes.enterByPasskey, answer)).account
}

/** What to say of anything that was thrown on the way. */
export function passkeyWords(error: unknown): string {
  if (error instanceof ClientProblem) return problemWords(error)
  if (error instanceof Error && 'code' in error && error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED')
    return t('factors.passkeyThere')
  // Browsers do not tell whether somebody said no, had none or waited too long.
  return t('factors.passkeyNone')
}
