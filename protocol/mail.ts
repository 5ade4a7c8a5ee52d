// Outgoing mail on the wire: what became of a mail, and what administrators are told of the way it goes.
import * as z from 'zod/mini'
import { defineRoutes, read, route, write } from './base/call.ts'
import { instant, nothing } from './base/ids.ts'

export const mailState = z.enum(['waiting', 'sent', 'failed'])
export type MailState = z.infer<typeof mailState>

/**
 * Why a mail has not left yet, or never will. `refused` and `address`: the mail server will not take it, or not for this
 * address; `over`: it was tried until it was of no use any more.
 */
export const mailReason = z.enum([
  'unreachable',
  'silent',
  'not-trusted',
  'sign-in',
  'later',
  'address',
  'refused',
  'over',
])
export type MailReason = z.infer<typeof mailReason>

/** What became of a mail. `answer` is what the mail server said, without addresses; may be empty. */
export const mailFate = z.object({
  state: mailState,
  reason: z.nullable(mailReason),
  answer: z.string(),
  at: instant,
})
export type MailFate = z.infer<typeof mailFate>

/** Days over which mails are counted. */
export const mailCountDays = 7

export const mailRoutes = defineRoutes('mail', {
  /** For administrators. `server` is where mails are handed in, without a password. Both null: mail is not set up. */
  get: route(
    'GET',
    '/mail',
    read(
      nothing,
      z.object({
        server: z.nullable(z.string()),
        from: z.nullable(z.string()),
        waiting: z.int(),
        sent: z.int(),
        failed: z.int(),
        /** The latest that did not leave, the newest first. */
        troubles: z.array(mailFate),
      }),
    ),
  ),
  /** Sends a mail to the administrator who asks, at once, and says what came of it. */
  test: route('POST', '/mail/test', write(nothing, z.object({ to: z.string(), fate: mailFate }))),
})
