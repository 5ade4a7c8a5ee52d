// The addresses under which a node can be opened, for people to read: this machine's own name first, then
// the ones phones in the same room can use.

import { networkInterfaces } from 'node:os'

const brackets = (host: string): string => (host.includes(':') ? `[${host}]` : host)

/** Addresses of a node that listens on `host` and `port`, best first. */
export function addressesOf(host: string, port: number): string[] {
  const everywhere = host === '0.0.0.0' || host === '::'
  if (!everywhere) return [`http://${host === '127.0.0.1' || host === '::1' ? 'localhost' : brackets(host)}:${port}`]
  const network = Object.values(networkInterfaces())
    .flatMap(addresses => addresses ?? [])
    .filter(address => !address.internal && address.family === 'IPv4')
    .map(address => `http://${address.address}:${port}`)
  return [`http://localhost:${port}`, ...network]
}
