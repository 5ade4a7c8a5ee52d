// The cookies of a browser: its session, and for minutes what it carries to another site and back. `__Host-lectern` over
// https; a plain one where the embedded mode is reached over http from phones on the network, because a __Host- cookie
// needs Secure and Secure needs https.
import type { Config } from '../config.ts'

/** How the application is reached: the cookie and some headers differ. */
export type Transport = 'http' | 'https'

/** https where the public address says so: a proxy may end it. */
export const transportOf = (config: Pick<Config, 'publicUrl'>): Transport =>
  config.publicUrl?.startsWith('https://') ? 'https' : 'http'

const names = {
  session: { https: '__Host-lectern', http: 'lectern' },
  errand: { https: '__Host-lectern-errand', http: 'lectern-errand' },
} as const
type Name = keyof typeof names

/** What a Cookie header says under a name, or undefined. Over https only the __Host- cookie counts. */
export function readCookie(header: string | undefined, name: Name, transport: Transport): string | undefined {
  const wanted = names[name][transport]
  for (const part of header?.split(';') ?? []) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === wanted) return part.slice(at + 1).trim() || undefined
  }
  return undefined
}

/** The session token of a Cookie header, or undefined. */
export const readSessionCookie = (header: string | undefined, transport: Transport): string | undefined =>
  readCookie(header, 'session', transport)

/** The Set-Cookie value that gives a browser something to keep (or takes it away, with an empty value and age 0). */
export function cookieOf(name: Name, value: string, maxAgeSeconds: number, transport: Transport): string {
  // Lax: a browser that comes back from another site by a link still has it.
  const common = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}`
  return `${names[name][transport]}=${value}; ${common}${transport === 'https' ? '; Secure' : ''}`
}
