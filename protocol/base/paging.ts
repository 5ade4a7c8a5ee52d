// Lists answer {items, next}: an opaque keyset cursor, 50 a page, at most 200.
import * as z from 'zod/mini'

/** Query fields of every list; over HTTP they arrive as text. */
export const pageInput = {
  after: z.optional(z.string().check(z.maxLength(400))),
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(200)), 50),
}

/** One page of `item`s; `next` is absent on the last. */
export const pageOf = <T extends z.core.$ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.optional(z.string()) })

export interface Page<T> {
  items: T[]
  next?: string
}
