// New ids: UUIDv7, in order of time, so that an index grows at its end. Never secrets: they grant nothing.
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Id } from '#protocol/base/ids.ts'

let millisecond = 0
let made = 0

/**
 * A fresh UUIDv7, branded as the caller says. Ids of one process are in the order in which they were made: the twelve
 * bits after the time count within a millisecond (RFC 9562, 6.2, method 1), and 62 bits are random.
 */
export function newId<Kind extends string>(): Id<Kind> {
  const now = Date.now()
  made++
  if (now > millisecond || made > 0xfff) {
    millisecond = Math.max(now, millisecond + 1)
    made = 0
  }
  const time = millisecond.toString(16).padStart(12, '0')
  const place = made.toString(16).padStart(3, '0')
  // Node keeps random bytes in store for randomUUID, which makes it the cheapest source of text that is random already.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${place}${randomUUID().slice(18)}` as Id<Kind>
}

/** 128 random bits as text, for links, sessions and device tokens: shown once, kept only as `hashSecret` of it. */
export const newSecret = (): string => randomBytes(16).toString('base64url')

/** SHA-256 of a secret of full entropy (never of a password). */
export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest()
