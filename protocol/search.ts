// Search on the wire: the titles of what a person may open, found by a few letters. Never what stands inside a thing.
import * as z from 'zod/mini'
import { defineRoutes, read, route } from './base/call.ts'
import { pageInput, pageOf } from './base/paging.ts'

export const foundKind = z.enum(['course', 'item', 'topic', 'person'])
export type FoundKind = z.infer<typeof foundKind>

export const found = z.object({
  kind: foundKind,
  /** Of the course, the item, the topic or the account. */
  id: z.uuid(),
  title: z.string(),
  courseId: z.uuid(),
  courseTitle: z.string(),
  /** For an item: what it stands for, as courses name it. */
  item: z.nullable(z.object({ kind: z.string(), refId: z.string(), badge: z.nullable(z.string()) })),
})
export type Found = z.infer<typeof found>

/** Most words that are looked for; what is typed beyond them changes nothing. */
export const mostWords = 6

export const searchRoutes = defineRoutes('search', {
  /** Titles in which every word stands, those that begin with them first. What is in the course `near` leads. */
  titles: route(
    'GET',
    '/search',
    read(
      z.strictObject({
        words: z.string().check(z.trim(), z.minLength(1), z.maxLength(100)),
        near: z.optional(z.uuid()),
        ...pageInput,
      }),
      pageOf(found),
    ),
  ),
})
