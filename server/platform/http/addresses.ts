// The addresses under which a node can be opened: this machine's own name first, then the ones phones in the same room
// can use; and which of them to hand on. Never used to decide who may act.

import type { IncomingMessage } from 'node:http'
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os'
import type { Config } from '../config.ts'

const brackets = (host: string): string => (host.includes(':') ? `[${host}]` : host)
const isEverywhere = (host: string): boolean => host === '0.0.0.0' || host === '::'
const loopbackName = /^(localhost|127(\.\d+){3}|\[::1\])$/i

// Networks inside this machine, of containers and virtual machines: no phone is on them.
const inside = /^(docker|br-|veth|virbr|vmnet|vboxnet|cni|flannel)/

/** IPv4 addresses of this machine on real networks, those inside the machine last. */
export function networkAddresses(interfaces: NodeJS.Dict<NetworkInterfaceInfo[]> = networkInterfaces()): string[] {
  return Object.entries(interfaces)
    .sort(([one], [other]) => Number(inside.test(one)) - Number(inside.test(other)))
    .flatMap(([, addresses]) => addresses ?? [])
    .filter(address => !address.internal && address.family === 'IPv4')
    .map(address => address.address)
}

/** Addresses of a node that listens on `host` and `port`, best first. */
export function addressesOf(host: string, port: number): string[] {
  if (!isEverywhere(host))
    return [`http://${host === '127.0.0.1' || host === '::1' ? 'localhost' : brackets(host)}:${port}`]
  return [`http://localhost:${port}`, ...networkAddresses().map(address => `http://${address}:${port}`)]
}

let fixed: string | null = null

/** Sets the one origin of this school, PUBLIC_URL; null where people come to it under any. */
export const fixOrigin = (publicUrl: Config['publicUrl']): void => {
  fixed = publicUrl
}

/** The one host under which people come to this school; undefined where that is not settled. */
export const fixedHost = (): string | undefined => (fixed === null ? undefined : new URL(fixed).hostname)

/** The origin a browser asked under: PUBLIC_URL, else what its request says; empty when that is no address. */
export function askedOrigin(
  config: Pick<Config, 'publicUrl' | 'trustProxy'>,
  request: Pick<IncomingMessage, 'headers'>,
): string {
  if (config.publicUrl) return config.publicUrl
  const told = config.trustProxy
    ? String(request.headers['x-forwarded-proto'] ?? '')
        .split(',')
        .at(-1)
        ?.trim()
    : ''
  const asked = `${told === 'https' ? 'https' : 'http'}://${request.headers.host ?? ''}`
  return URL.canParse(asked) ? new URL(asked).origin : ''
}

/**
 * The origin to show and to share with the one who asks: PUBLIC_URL; for a browser on this machine the address by which
 * phones reach it, where the node listens to them; else the origin that was asked for.
 */
export function sharedOrigin(
  config: Pick<Config, 'publicUrl' | 'host' | 'trustProxy'>,
  request: Pick<IncomingMessage, 'headers' | 'socket'>,
  network: readonly string[] = networkAddresses(),
): string {
  const asked = askedOrigin(config, request)
  if (config.publicUrl || asked === '') return asked
  const [best] = network
  const { localPort } = request.socket
  if (best === undefined || localPort === undefined || !isEverywhere(config.host)) return asked
  return loopbackName.test(new URL(asked).hostname) ? `http://${best}:${localPort}` : asked
}

/**
 * The origin that shows this browser what people bring: CONTENT_URL; else the second port of this node, under the other
 * name of this machine where the browser is on it, so that not even cookies are shared. Null where there is none.
 */
export function contentOrigin(
  config: Pick<Config, 'publicUrl' | 'contentUrl' | 'trustProxy'>,
  request: Pick<IncomingMessage, 'headers'>,
  port: number | null,
): string | null {
  if (config.publicUrl) return config.contentUrl
  const asked = askedOrigin(config, request)
  // Over https somebody stands between, who does not know of the second port.
  if (port === null || !asked.startsWith('http://')) return null
  const { hostname } = new URL(asked)
  const other = { localhost: '127.0.0.1', '127.0.0.1': 'localhost' }[hostname] ?? hostname
  return `http://${other}:${port}`
}

/** Whether a request on the first port was meant for the content origin. */
export const isForContent = (
  { contentUrl }: Pick<Config, 'contentUrl'>,
  { headers }: Pick<IncomingMessage, 'headers'>,
): boolean => contentUrl !== null && headers.host?.toLowerCase() === new URL(contentUrl).host
