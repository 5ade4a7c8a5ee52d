// The session cookie: `__Host-lectern` over https; a plain one where the embedded mode is reached over http from phones
// on the network, because a __Host- cookie needs Secure and Secure needs https.
import type { Config } from '../config.ts'

/** How the application is reached: the cookie and some headers differ. */
export type Transport = 'http' | 'https'

/** https where the public address says so: a proxy may end it. */
export const transportOf = (config: Pick<Config, 'publicUrl'>): Transport =>
  config.publicUrl?.startsWith('https://') ? 'https' : 'http'

const secureName = '__Host-lectern'
const plainName = 'lectern'

/** The session token of a Cookie header, or undefined. Over https only the __Host- cookie counts. */
export function readSessionCookie(header: string | undefined, transport: Transport): string | undefined {
  const wanted = transport === 'https' ? secureName : plainName
  for (const part of header?.split(';') ?? []) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === wanted) return part.slice(at + 1).trim() || undefined
  }
  return undefined
}

/** The Set-Cookie value that starts a session (or ends it, with an empty token and age 0). */
export function sessionCookie(token: string, maxAgeSeconds: number, transport: Transport): string {
  const common = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}`
  return transport === 'https' ? `${secureName}=${token}; ${common}; Secure` : `${plainName}=${token}; ${common}`
}
