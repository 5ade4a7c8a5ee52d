// Lists answer {items, next}: an opaque keyset cursor, 50 a page, at most 200.
import * as z from 'zod/mini'

/** A title of 200 letters of three bytes each, sorted by and written as base64, is a cursor of some 900 characters. */
const longestCursor = 1_200

/** Query fields of every list; over HTTP they arrive as text. */
export const pageInput = {
  after: z.optional(z.string().check(z.maxLength(longestCursor))),
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(200)), 50),
}

/** One page of `item`s; `next` is absent on the last. */
export const pageOf = <T extends z.core.$ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.optional(z.string()) })

export interface Page<T> {
  items: T[]
  next?: string
}
