// Where a request comes from, read in one way by both doors: HTTP and sockets must count the same person under the same
// address. What a client writes into a header itself is never believed.
import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import type { Config } from '../config.ts'

const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])

// Any of them says that somebody stands between: then "from this machine" only means the proxy does.
const forwardingHeaders = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-real-ip',
]

/** An address as proxies write it, without a port; undefined when it is none. */
function readAddress(written: string): string | undefined {
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(written)?.[1] ?? /^(\d+(?:\.\d+){3}):\d+$/.exec(written)?.[1] ?? written
  return isIP(bare) ? bare : undefined
}

export interface Caller {
  readonly address: string
  /** True when the caller sits at the machine the server runs on. */
  readonly local: boolean
}

/**
 * Who is at the other end. With a trusted proxy it is the last entry of X-Forwarded-For, the one the nearest proxy wrote;
 * what stands before it was sent by whoever asked. An entry that is no address leaves the proxy's own.
 */
export function callerOf(
  request: Pick<IncomingMessage, 'headers' | 'socket'>,
  { trustProxy }: Pick<Config, 'trustProxy'>,
): Caller {
  const direct = request.socket.remoteAddress ?? ''
  const last = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .at(-1)
    ?.trim()
  const forwarded = forwardingHeaders.some(name => request.headers[name] !== undefined)
  const told = trustProxy && last ? readAddress(last) : undefined
  return { address: told ?? direct, local: !forwarded && loopback.has(direct) }
}
