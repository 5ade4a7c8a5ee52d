// Same-origin rule for HTTP writes and socket handshakes: a foreign page can make a browser send our cookie, never an
// Origin of its choice.
import { networkInterfaces } from 'node:os'
import type { Config } from '../config.ts'

/** This machine's addresses and names under which the embedded mode may be reached. */
function ownHosts(): Set<string> {
  const addresses = Object.values(networkInterfaces()).flatMap(list => (list ?? []).map(one => one.address))
  return new Set(['localhost', '127.0.0.1', '::1', ...addresses])
}

/**
 * May a request with these headers act on a session? With PUBLIC_URL the Origin must be it. Without, it must equal Host
 * and Host must be localhost or an address of this machine. A request without Origin is not from a browser page.
 */
export function isSameOrigin(config: Pick<Config, 'publicUrl'>, origin: string | undefined, host: string | undefined) {
  if (origin === undefined) return true
  if (config.publicUrl) return origin === config.publicUrl
  if (!host || !URL.canParse(origin)) return false
  const from = new URL(origin)
  if (from.host !== host) return false
  return ownHosts().has(from.hostname.replace(/^\[|\]$/g, ''))
}
