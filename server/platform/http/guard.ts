// Which addresses elsewhere this server may call, where somebody else names them: none of its own network, of this machine
// or of the cloud it runs in. Every address a name leads to is judged, and the one that was judged is the one called.
import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'

export interface GuardSettings {
  /** Ranges of the school's own network that may be called, `address/bits`. */
  readonly ranges: readonly string[]
  readonly ports: 'https' | 'any'
  /** This machine itself may be called, over http too. */
  readonly loopback: boolean
}

/** Why an address is not called. */
export type Barred = 'form' | 'scheme' | 'credentials' | 'port' | 'private' | 'unknown'

// IANA's registries of special-purpose addresses: https://www.iana.org/assignments/iana-ipv4-special-registry and -ipv6-.
const notPublic4 =
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.31.196.0/24 ' +
  '192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4'
// Of IPv6 only global unicast is public, and of that not what translates to IPv4, tunnels it or documents.
const global6 = '2000::/3'
const notPublic6 = '2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20'

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList()
  for (const one of ranges) {
    const [address = '', bits] = one.split('/')
    list.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4')
  }
  return list
}

const barred4 = listOf(notPublic4.split(' '))
const barred6 = listOf(notPublic6.split(' '))
const open6 = listOf([global6])
const own4 = listOf(['127.0.0.0/8'])

/** `::ffff:a.b.c.d` in any spelling, as IPv4; undefined for what is not mapped. */
function mapped(address: string): string | undefined {
  if (isIP(address) !== 6) return undefined
  const host = new URL(`http://[${address.replace(/%.*$/, '')}]`).hostname
  const [, high, low] = /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(host) ?? []
  if (high === undefined || low === undefined) return undefined
  const [a, b] = [Number.parseInt(high, 16), Number.parseInt(low, 16)]
  return [a >> 8, a & 255, b >> 8, b & 255].join('.')
}

/** Whether an address, as the system writes it, is this machine itself. Pure. */
export function isOwn(address: string): boolean {
  const plain = mapped(address) ?? address
  return isIP(plain) === 4 ? own4.check(plain, 'ipv4') : new URL(`http://[${plain}]`).hostname === '[::1]'
}

/** Whether an address, as the system writes it, may be called. What is no address may not. Pure. */
export function mayCall(address: string, { ranges, loopback }: GuardSettings): boolean {
  const plain = mapped(address) ?? address
  const family = isIP(plain)
  // A zone names an interface of this machine.
  if (family === 0 || plain.includes('%')) return false
  if (isOwn(plain)) return loopback
  const kind = family === 4 ? 'ipv4' : 'ipv6'
  if (listOf(ranges).check(plain, kind)) return true
  return family === 4 ? !barred4.check(plain, kind) : open6.check(plain, kind) && !barred6.check(plain, kind)
}

/** The host of an address without the brackets of IPv6 and the last dot. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')

/**
 * What speaks against an address before its name is looked up; undefined where nothing does. `URL` writes hosts such as
 * 0x7f.1 and 2130706433 as the addresses they are. Pure.
 */
export function barredForm(address: string, settings: GuardSettings): Barred | undefined {
  if (!URL.canParse(address)) return 'form'
  const url = new URL(address)
  const host = hostOf(url)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'scheme'
  if (host === '' || url.hash !== '') return 'form'
  if (url.username !== '' || url.password !== '') return 'credentials'
  if (isIP(host) !== 0 && !mayCall(host, settings)) return 'private'
  const own = settings.loopback && (host === 'localhost' || (isIP(host) !== 0 && isOwn(host)))
  if (own) return undefined
  if (host === 'localhost' || host.endsWith('.localhost')) return 'private'
  if (url.protocol !== 'https:') return 'scheme'
  return settings.ports === 'https' && url.port !== '' ? 'port' : undefined
}

/** Thrown where an address is not called. */
export class BarredAddress extends Error {
  constructor(readonly why: Barred) {
    super(why)
  }
}

/** How names are looked up: another one in tests of names that change. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>

export const resolveBySystem: Resolve = host => lookup(host, { all: true, verbatim: true })

/**
 * The addresses to call for a URL, all of them judged: whoever calls takes one of these and looks nothing up again. One
 * that is private bars the whole name. Throws `BarredAddress`.
 */
export async function judged(
  address: string,
  settings: GuardSettings,
  resolve: Resolve = resolveBySystem,
): Promise<readonly LookupAddress[]> {
  const why = barredForm(address, settings)
  if (why) throw new BarredAddress(why)
  const url = new URL(address)
  const host = hostOf(url)
  const family = isIP(host)
  if (family !== 0) return [{ address: host, family }]
  const found = await resolve(host).catch(() => [])
  if (found.length === 0) throw new BarredAddress('unknown')
  if (!found.every(one => mayCall(one.address, settings))) throw new BarredAddress('private')
  // Over http, or to another port than its settings allow, only what is this machine itself.
  if (url.protocol === 'http:' && !found.every(one => isOwn(one.address))) throw new BarredAddress('scheme')
  return found
}
