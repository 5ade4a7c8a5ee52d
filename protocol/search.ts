// Search on the wire: titles found by a few letters, and whatever has words found by them. Only what a person may open
// now; where words were found is told as data, never as markup.
import * as z from 'zod/mini'
import { defineRoutes, read, route } from './base/call.ts'
import { instant, uuid } from './base/ids.ts'
import { pageInput, pageOf } from './base/paging.ts'
import { channelForm } from './channels.ts'

export const foundKind = z.enum(['course', 'item', 'topic', 'person'])
export type FoundKind = z.infer<typeof foundKind>

/** For an item: what it stands for, as courses name it. */
const standsFor = z.object({ kind: z.string(), refId: z.string(), badge: z.nullable(z.string()) })

export const found = z.object({
  kind: foundKind,
  /** Of the course, the item, the topic or the account. */
  id: uuid(),
  title: z.string(),
  courseId: uuid(),
  courseTitle: z.string(),
  item: z.nullable(standsFor),
})
export type Found = z.infer<typeof found>

/** Most words that are looked for; what is typed beyond them changes nothing. */
export const mostWords = 6

/** A piece of a text; `hit` where what was looked for stands. */
export const piece = z.object({ text: z.string(), hit: z.boolean() })
export type Piece = z.infer<typeof piece>

const shared = {
  /** Of the thing itself: the page, the message, the account. */
  id: uuid(),
  /** Empty where the thing has no title of its own. */
  title: z.array(piece),
  /** The words around what was found, or the first ones. */
  excerpt: z.array(piece),
  /** When it was written or last changed; null where nobody keeps it. */
  at: z.nullable(instant),
  course: z.nullable(z.object({ id: uuid(), title: z.string() })),
}

/** Null: written without a name. */
const author = z.nullable(z.string())

/** Something found, with where it is. */
export const hit = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('course'), ...shared }),
  z.object({ kind: z.literal('item'), ...shared, item: standsFor }),
  z.object({ kind: z.literal('page'), ...shared }),
  z.object({ kind: z.literal('entry'), ...shared, glossaryId: uuid() }),
  z.object({ kind: z.literal('lesson-page'), ...shared, lessonId: uuid() }),
  z.object({ kind: z.literal('file'), ...shared }),
  z.object({ kind: z.literal('note'), ...shared }),
  z.object({ kind: z.literal('person'), ...shared }),
  z.object({ kind: z.literal('topic'), ...shared, author }),
  z.object({
    kind: z.literal('post'),
    ...shared,
    author,
    topic: z.object({ id: uuid(), title: z.string() }),
    number: z.int(),
  }),
  z.object({
    kind: z.literal('message'),
    ...shared,
    author,
    channel: z.object({ id: uuid(), form: channelForm, title: z.string(), ofCourse: z.boolean() }),
    number: z.int(),
  }),
])
export type Hit = z.infer<typeof hit>
export type HitKind = Hit['kind']

/** What a search can be narrowed to, and the kinds it then finds. */
export const hitGroups = {
  page: ['page'],
  forum: ['topic', 'post'],
  chat: ['message'],
  note: ['note'],
  entry: ['entry'],
  lesson: ['lesson-page'],
  file: ['file'],
  item: ['item'],
  course: ['course'],
  person: ['person'],
} as const satisfies { readonly [group: string]: readonly HitKind[] }
export type HitGroup = keyof typeof hitGroups
export const hitGroup = z.enum(Object.keys(hitGroups) as [HitGroup, ...HitGroup[]])

const words = z.string().check(z.trim(), z.minLength(1), z.maxLength(100))

export const searchRoutes = defineRoutes('search', {
  /** Titles in which every word stands, those that begin with them first. What is in the course `near` leads. */
  titles: route(
    'GET',
    '/search',
    read(z.strictObject({ words, near: z.optional(uuid()), ...pageInput }), pageOf(found)),
  ),
  /**
   * Whatever has these words in any of their endings, the closest first, of equals the newest. "In quotes" they stand
   * side by side, -word must not stand there, `or` takes either; the last word may be half typed. A page asked for with
   * `after` goes on from there.
   */
  everything: route(
    'GET',
    '/search/everything',
    read(
      z.strictObject({
        words: z.string().check(z.minLength(1), z.maxLength(200)),
        group: z.optional(hitGroup),
        courseId: z.optional(uuid()),
        ...pageInput,
      }),
      pageOf(hit),
    ),
  ),
})
