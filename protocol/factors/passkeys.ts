// Passkeys on the wire (WebAuthn): made, named and removed by their owner, and asked for at the door, as a sign-in of its
// own or as the second step. What a browser and its authenticator say to each other is read by the library.
import * as z from 'zod/mini'
import { ownAccount, provingPassword, ticket } from '../accounts.ts'
import { defineRoutes, once, route, write } from '../base/call.ts'
import { idSchema, instant, line, nothing } from '../base/ids.ts'

export const passkeyId = idSchema<'Passkey'>()
export type PasskeyId = z.infer<typeof passkeyId>

/** Most passkeys of one account. */
export const mostPasskeys = 20

export const passkeyName = line(60)

export const passkey = z.object({
  id: passkeyId,
  name: z.string(),
  /** The host it was made for, and opens nothing but. */
  host: z.string(),
  /** It is on all devices of its owner's, not on one alone. */
  synced: z.boolean(),
  createdAt: instant,
  lastUsedAt: z.nullable(instant),
})
export type Passkey = z.infer<typeof passkey>

/** What is handed to the browser as it is, and a ticket that must come back with its answer. */
export const question = z.object({ ticket, options: z.record(z.string(), z.unknown()) })

const bytes = z.string().check(z.maxLength(20_000), z.regex(/^[\w-]*$/))
const credential = {
  id: bytes.check(z.minLength(1), z.maxLength(1_400)),
  rawId: bytes,
  type: z.literal('public-key'),
} as const
// Browsers say more than is of use; what is not named is left out.
const made = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: bytes,
    attestationObject: bytes,
    transports: z.optional(z.array(z.string().check(z.maxLength(20))).check(z.maxLength(10))),
  }),
})
const shown = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: bytes,
    authenticatorData: bytes,
    signature: bytes,
    userHandle: z.optional(z.nullable(bytes)),
  }),
})
export type ShownPasskey = z.infer<typeof shown>
export type MadePasskey = z.infer<typeof made>

export const passkeyRoutes = defineRoutes('factors', {
  /**
   * Asks the browser for a passkey. Throws `passkeys-not-here` where the address of the school has none, `sign-in-again`
   * for whoever has a second step and did not sign in just now.
   */
  beginPasskey: route(
    'POST',
    '/me/factors/passkeys',
    once(write(z.strictObject({ password: provingPassword }), question)),
  ),
  /** Keeps the one it made. With the first second step come recovery codes, this once; else there are none. */
  addPasskey: route(
    'POST',
    '/me/factors/passkeys/confirm',
    once(
      write(
        z.strictObject({ ticket, name: passkeyName, response: made }),
        z.object({ passkeyId, recoveryCodes: z.array(z.string()) }),
      ),
    ),
  ),
  renamePasskey: route(
    'PATCH',
    '/me/factors/passkeys/:passkeyId',
    write(z.strictObject({ passkeyId, name: passkeyName }), nothing),
  ),
  /** By whoever signed in just now. Throws `sign-in-again`, `factor-required`, `last-way-in`. */
  removePasskey: route(
    'DELETE',
    '/me/factors/passkeys/:passkeyId',
    write(z.strictObject({ passkeyId, password: provingPassword }), nothing),
  ),
  /** The same two for somebody who must have a second step and has none, on their way in. */
  beginPasskeyDue: route('POST', '/session/passkey/new', write(z.strictObject({ step: ticket }), question, 'anyone')),
  addPasskeyDue: route(
    'POST',
    '/session/passkey/new/confirm',
    write(
      z.strictObject({ step: ticket, ticket, name: passkeyName, response: made }),
      z.object({ account: ownAccount, recoveryCodes: z.array(z.string()) }),
      'anyone',
    ),
  ),
  /** At the door: any passkey of this school, or with `step`, the ticket of a second step, one of that account's. */
  askPasskey: route(
    'POST',
    '/session/passkey',
    write(z.strictObject({ step: z.optional(ticket) }), question, 'anyone'),
  ),
  /** Signs in by the one that was shown. Throws `passkey-unknown`, `step-over`, `account-shut`. */
  enterByPasskey: route(
    'POST',
    '/session/passkey/answer',
    write(
      z.strictObject({ ticket, step: z.optional(ticket), response: shown }),
      z.object({ account: ownAccount }),
      'anyone',
    ),
  ),
})
