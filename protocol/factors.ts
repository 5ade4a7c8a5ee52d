// The second step of a sign-in on the wire: setting up an authenticator app, its codes, recovery codes, and who must
// have one. Keys and codes are shown once; what proves something travels inward only.
import * as z from 'zod/mini'
import { ownAccount, provingPassword, ticket } from './accounts.ts'
import { defineRoutes, once, read, route, write } from './base/call.ts'
import { accountId, instant, nothing } from './base/ids.ts'
import { passkey } from './factors/passkeys.ts'

/** Six digits of an app, or a recovery code; blanks and hyphens typed between do not matter. */
export const factorCode = z.string().check(z.minLength(1), z.maxLength(40))

/** Who must have a second step. `staff` are administrators and whoever teaches or assists anywhere. */
export const factorPolicy = z.enum(['nobody', 'staff'])
export type FactorPolicy = z.infer<typeof factorPolicy>

/** How many recovery codes there are at first. */
export const recoveryCount = 10

/** What an authenticator app takes: as a QR code, or typed. */
export const newKey = z.object({ uri: z.string(), key: z.string() })
export type NewKey = z.infer<typeof newKey>

const recovery = z.object({ recoveryCodes: z.array(z.string()) })
const signedIn = z.object({ account: ownAccount })

export const factorRoutes = defineRoutes('factors', {
  get: route(
    'GET',
    '/me/factors',
    read(
      nothing,
      z.object({
        /** Since when an app is set up; null without one. */
        app: z.nullable(instant),
        passkeys: z.array(passkey),
        /** Whether one can be made at the address the school is reached by now. */
        passkeysHere: z.boolean(),
        recoveryLeft: z.int(),
        /** By the policy: it can not be removed. */
        required: z.boolean(),
        /** Told to those alone who may change it. */
        policy: z.nullable(factorPolicy),
      }),
    ),
  ),
  /**
   * Makes a key. It holds from the first code that fits; until then nothing has changed. Throws `sign-in-again` for whoever
   * has a passkey and did not sign in just now.
   */
  begin: route('POST', '/me/factors/app', once(write(z.strictObject({ password: provingPassword }), newKey))),
  confirm: route('POST', '/me/factors/app/confirm', once(write(z.strictObject({ code: factorCode }), recovery))),
  remove: route(
    'DELETE',
    '/me/factors/app',
    write(z.strictObject({ password: provingPassword, code: factorCode }), nothing),
  ),
  renewRecovery: route(
    'POST',
    '/me/factors/recovery',
    // Without a code by whoever signed in just now: who has passkeys alone has no app to ask.
    once(write(z.strictObject({ password: provingPassword, code: z.optional(factorCode) }), recovery)),
  ),
  /** The second step of a sign-in that was answered with `second-step`. */
  finish: route('POST', '/session/step', write(z.strictObject({ ticket, code: factorCode }), signedIn, 'anyone')),
  /** For those who must have a second step and have none, on a sign-in that was answered with `second-step-due`. */
  beginDue: route('POST', '/session/app', write(z.strictObject({ ticket }), newKey, 'anyone')),
  confirmDue: route(
    'POST',
    '/session/app/confirm',
    write(z.strictObject({ ticket, code: factorCode }), z.extend(signedIn, recovery.shape), 'anyone'),
  ),
  changePolicy: route('PUT', '/factors/policy', write(z.strictObject({ policy: factorPolicy }), nothing)),
  /** For somebody who lost app and codes: their next sign-in takes the password alone. By administrators. */
  reset: route('POST', '/accounts/:accountId/factors/reset', write(z.strictObject({ accountId }), nothing)),
})
