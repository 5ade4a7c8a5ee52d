// The session cookie: `__Host-lectern` over https; a plain one where the embedded mode is reached over http from phones
// on the network, because a __Host- cookie needs Secure and Secure needs https.

const secureName = '__Host-lectern'
const plainName = 'lectern'

/** The session token of a Cookie header, or undefined. Over https only the __Host- cookie counts. */
export function readSessionCookie(header: string | undefined, secure: boolean): string | undefined {
  const wanted = secure ? secureName : plainName
  for (const part of header?.split(';') ?? []) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === wanted) return part.slice(at + 1).trim() || undefined
  }
  return undefined
}

/** The Set-Cookie value that starts a session (or ends it, with an empty token and age 0). */
export function sessionCookie(token: string, maxAgeSeconds: number, secure: boolean): string {
  const common = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}`
  return secure ? `${secureName}=${token}; ${common}; Secure` : `${plainName}=${token}; ${common}`
}
