// What holds for second steps, from plain data: which code fits when, who must have one, how codes are read. Pure.
import { Secret, TOTP } from 'otpauth'
import type { AccountId } from '#protocol/base/ids.ts'
import type { SiteRole } from '#protocol/base/roles.ts'
import type { FactorPolicy } from '#protocol/factors.ts'

/** Seconds a code holds (RFC 6238, 4.1), and how many steps before and after now are taken for clocks that differ. */
const period = 30
const drift = 1
/** Random bytes of a key: 160 bits, as RFC 4226, 4 recommends. */
export const keyBytes = 20

/** A key from `keyBytes` random bytes, in the base 32 that apps read. */
export const keyTextFrom = (random: Uint8Array): string => new Secret({ buffer: Uint8Array.from(random).buffer }).base32

const totpOf = (key: string, label: string): TOTP =>
  new TOTP({ issuer: 'Lectern', label, algorithm: 'SHA1', digits: 6, period, secret: Secret.fromBase32(key) })

/** The address behind the QR code that an app reads. */
export const keyUri = (key: string, label: string): string => totpOf(key, label).toString()

/**
 * The time step a code belongs to; undefined when it fits none from one before to one after now, or one that was taken
 * already: a code works once (RFC 6238, 5.2).
 */
export function stepOf(key: string, code: string, now: Date, lastStep: number): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined
  const off = totpOf(key, '').validate({ token: code, timestamp: now.getTime(), window: drift })
  if (off === null) return undefined
  const step = Math.floor(now.getTime() / 1000 / period) + off
  return step > lastStep ? step : undefined
}

/** A code as typed, without what people put between: apps show blanks, our recovery codes hyphens. */
export const plainCode = (typed: string): string => typed.replace(/[\s-]/g, '').toUpperCase()

/** Letters and digits that are not taken for one another. */
const letters = 'ABCDEFGHJKMNPQRSTVWXYZ23456789'

/** A recovery code of 80 bits from 16 random bytes, in four groups. */
export function recoveryCodeFrom(random: Uint8Array): string {
  const signs = [...random].map(byte => letters[byte % letters.length]).join('')
  return (signs.match(/.{4}/g) ?? []).join('-')
}

/**
 * The host that passkeys of an origin are made for; undefined where browsers make none: they want a name, not a number,
 * and https, unless it is the machine itself (WebAuthn, 5.1.3; Secure Contexts, 3.1).
 */
export function passkeyHost(origin: string): string | undefined {
  if (!URL.canParse(origin)) return undefined
  const { protocol, hostname } = new URL(origin)
  if (hostname === 'localhost') return hostname
  const number = /^[\d.]+$|^\[/.test(hostname)
  return protocol === 'https:' && !number ? hostname : undefined
}

/** By the policy, must somebody have a second step? */
export const mustHave = (policy: FactorPolicy, person: { readonly staff: boolean }): boolean =>
  policy === 'staff' && person.staff

interface Standing {
  readonly siteRole: SiteRole
}

/**
 * Whoever manages accounts takes the second step from others of no more than their own standing, and never from
 * themselves: their own goes with password and code.
 */
export const mayReset = (
  who: Standing & { readonly accountId: AccountId },
  person: Standing & { readonly id: AccountId },
): boolean => who.accountId !== person.id && (person.siteRole !== 'administrator' || who.siteRole === 'administrator')
