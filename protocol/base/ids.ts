// Branded ids and the small shared shapes of the wire. Ids are UUIDv7 made by the server or, for operations, by the
// client; they are never secrets and grant nothing.
import * as z from 'zod/mini'
import { decimalOf, tenThousandths } from './decimal.ts'

/** A string that only the right schema hands out, so that one kind of id cannot stand for another. */
export type Id<Kind extends string> = string & z.core.$brand<Kind>

/** A UUID (any version), however it was spelled in small letters: the same thing has one name in every comparison, as it has in the database. */
export const uuid = () => z.uuid().check(z.toLowerCase())

/** Schema of a UUID branded with the kind of thing it names. */
export const idSchema = <Kind extends string>() => uuid().brand<Kind>()

export const accountId = idSchema<'Account'>()
export type AccountId = z.infer<typeof accountId>

export const sessionId = idSchema<'Session'>()
export type SessionId = z.infer<typeof sessionId>

export const operationId = idSchema<'Operation'>()
/** Made by the client, one a write; travels as Idempotency-Key over HTTP. */
export type OperationId = z.infer<typeof operationId>

/** An instant on the wire: ISO 8601 in UTC with milliseconds. `Date` objects never travel. */
export const instant = z.iso.datetime()
export type Instant = z.infer<typeof instant>

/** The number of a row's version: a change names the version it read. */
export const version = z.int().check(z.minimum(0))

// Line breaks and other controls do not belong into a line, and signs that turn the direction of what follows would
// let one name pass for another. Something must be there to be seen.
const plainLine = /^(?!.*[\p{Cc}\u202a-\u202e\u2066-\u2069]).*[^\s\p{Cf}\u115f\u1160\u2800\u3164\uffa0]/su

/** One line of text typed by a person: trimmed, 1 to `max` characters, at least one of them to be seen. */
export const line = (max: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(max), z.regex(plainLine))

/** Several lines typed by a person: trimmed at the ends, 0 to `max` characters. */
export const text = (max: number) => z.string().check(z.trim(), z.maxLength(max))

/** An e-mail address, compared without regard to case. */
export const email = z.email().check(z.toLowerCase(), z.maxLength(254))

/** The empty object: input or output of calls that need none. */
export const nothing = z.strictObject({})

const plainDecimal = /^-?\d{1,9}(\.\d{1,4})?$/

/**
 * A score or a weight: a decimal number as a string of at most four decimals, so that no float rounds a grade. However
 * it was typed it is handed on without needless zeros, the way it comes back from where it is kept.
 */
export const decimal = z.string().check(
  z.regex(plainDecimal),
  // Runs on what was refused, too.
  z.overwrite(typed => (plainDecimal.test(typed) ? decimalOf(tenThousandths(typed)) : typed)),
)
