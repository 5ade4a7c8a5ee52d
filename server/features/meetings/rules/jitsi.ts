// The way into a meeting on Jitsi: its room with a token that says who comes. Pure; nothing is asked of the server.
import { createHmac } from 'node:crypto'
import type { Comer, Held } from './held.ts'

/** How long a token lets somebody in, and how far clocks may differ, in seconds. */
const lasts = 600
const askew = 60

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/**
 * A token (RFC 7519, HS256) as Prosody's token_verification reads it: for one room, one person and ten minutes. Every value
 * of `user` is a text, or Prosody refuses the whole.
 */
export function jitsiToken({ server, room }: Held, { name, as }: Comer, now: Date): string {
  const at = Math.floor(now.getTime() / 1_000)
  const moderator = as === 'moderator'
  const claims = {
    ...{ aud: 'jitsi', iss: server.appId, sub: new URL(server.address).hostname, room },
    ...{ nbf: at - askew, exp: at + lasts },
    context: { user: { name, moderator: String(moderator), affiliation: moderator ? 'owner' : 'member' } },
  }
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`
  return `${signed}.${createHmac('sha256', server.secret).update(signed).digest('base64url')}`
}

/** Where that person goes. */
export const jitsiAddress = (held: Held, comer: Comer, now: Date): string =>
  `${held.server.address.replace(/\/+$/, '')}/${held.room}?jwt=${jitsiToken(held, comer, now)}`
