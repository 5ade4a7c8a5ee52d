// Glossaries of a course on the wire: words with what they mean, written by staff and, where that is wanted, suggested by
// learners. What is only suggested is read by staff and by whoever suggested it.
import * as z from 'zod/mini'
import { defineRoutes, read, route, write } from './base/call.ts'
import { idSchema, instant, line, nothing, text, version } from './base/ids.ts'
import { pageInput, pageOf } from './base/paging.ts'
import { defineScope } from './base/scope.ts'
import { documentSchema, type PageDocument } from './content/document.ts'
import { pageId } from './content.ts'
import { courseId, moduleId } from './courses.ts'

export const glossaryId = idSchema<'Glossary'>()
export type GlossaryId = z.infer<typeof glossaryId>
export const glossaryEntryId = idSchema<'GlossaryEntry'>()
export type GlossaryEntryId = z.infer<typeof glossaryEntryId>

/** How many entries one glossary holds, and how many other names one entry has. */
export const mostEntries = 10_000
export const mostNames = 20
export const longestWord = 120

export const glossary = z.object({
  id: glossaryId,
  courseId,
  title: z.string(),
  intro: z.string(),
  /** Learners suggest entries. */
  suggestions: z.boolean(),
  /** Its words are explained where they stand in pages of the course. */
  linking: z.boolean(),
  version,
  changedAt: instant,
})
export type Glossary = z.infer<typeof glossary>

export const entryState = z.enum(['shown', 'suggested'])

export const glossaryEntry = z.object({
  id: glossaryEntryId,
  glossaryId,
  word: z.string(),
  /** What it is called as well. */
  names: z.array(z.string()),
  document: z.custom<PageDocument>(),
  state: entryState,
  /** Who suggested it; told to staff, and null for what staff wrote. */
  by: z.nullable(z.string()),
  /** The reader suggested it. */
  mine: z.boolean(),
  version,
  changedAt: instant,
})
export type GlossaryEntry = z.infer<typeof glossaryEntry>

/** The letters that words begin with, in the order of the language, each with how many. */
export const letters = z.array(z.object({ letter: z.string(), count: z.int() }))
export type Letters = z.infer<typeof letters>

/** Whoever may look at the course: that something in the glossary is another. It is read again, by each as they may. */
export const glossaryScope = defineScope({
  name: 'glossary',
  // A learner's suggestion is theirs and staff's.
  unsignedFeeds: ['changed'],
  state: z.object({}),
  feeds: { changed: z.object({}) },
  fleeting: {},
  apply: state => state,
})

const title = line(200)
const intro = text(5_000)
const word = line(longestWord)
const names = z.array(word).check(z.maxLength(mostNames))
const document = z.object({
  schema: z.int().check(z.minimum(1), z.maximum(documentSchema)),
  content: z.array(z.unknown()),
})
const ofGlossary = { courseId, glossaryId }
const ofEntry = { ...ofGlossary, entryId: glossaryEntryId }

export const glossaryRoutes = defineRoutes('glossaries', {
  create: route(
    'POST',
    '/courses/:courseId/glossaries',
    write(
      z.strictObject({
        courseId,
        moduleId: z._default(z.nullable(moduleId), null),
        title,
        intro: z._default(intro, ''),
        suggestions: z._default(z.boolean(), false),
        linking: z._default(z.boolean(), true),
        published: z._default(z.boolean(), false),
      }),
      z.object({ glossary }),
    ),
  ),
  get: route(
    'GET',
    '/courses/:courseId/glossaries/:glossaryId',
    read(
      z.strictObject(ofGlossary),
      z.object({
        glossary,
        published: z.boolean(),
        mayChange: z.boolean(),
        maySuggest: z.boolean(),
        letters,
        /** How many suggestions wait: all of them to staff, else the reader's own. */
        suggested: z.int(),
      }),
    ),
  ),
  /** Refused with `conflict` and the `current` glossary when somebody was faster. */
  change: route(
    'PATCH',
    '/courses/:courseId/glossaries/:glossaryId',
    write(
      z.strictObject({
        ...ofGlossary,
        version,
        title: z.optional(title),
        intro: z.optional(intro),
        suggestions: z.optional(z.boolean()),
        linking: z.optional(z.boolean()),
      }),
      z.object({ glossary }),
    ),
  ),
  /** In the order of the course's language. `letter`: as `get` tells them. `search`: in words and other names. */
  entries: route(
    'GET',
    '/courses/:courseId/glossaries/:glossaryId/entries',
    read(
      z.strictObject({
        ...ofGlossary,
        state: z._default(entryState, 'shown'),
        search: z.optional(text(100)),
        letter: z.optional(z.string().check(z.minLength(1), z.maxLength(8))),
        ...pageInput,
      }),
      pageOf(glossaryEntry),
    ),
  ),
  entry: route(
    'GET',
    '/courses/:courseId/glossaries/:glossaryId/entries/:entryId',
    read(z.strictObject(ofEntry), z.object({ entry: glossaryEntry, mayChange: z.boolean() })),
  ),
  /** Of staff it is shown at once, of a learner suggested. `suggestions-off` where it takes none, `name-taken` where the
   * word stands there, `too-many`. */
  addEntry: route(
    'POST',
    '/courses/:courseId/glossaries/:glossaryId/entries',
    write(
      z.strictObject({ ...ofGlossary, word, names: z._default(names, []), document }),
      z.object({ entry: glossaryEntry }),
    ),
  ),
  changeEntry: route(
    'PATCH',
    '/courses/:courseId/glossaries/:glossaryId/entries/:entryId',
    write(
      z.strictObject({
        ...ofEntry,
        version,
        word: z.optional(word),
        names: z.optional(names),
        document: z.optional(document),
      }),
      z.object({ entry: glossaryEntry }),
    ),
  ),
  /** Shows what was suggested. */
  approveEntry: route(
    'POST',
    '/courses/:courseId/glossaries/:glossaryId/entries/:entryId/approve',
    write(z.strictObject(ofEntry), nothing),
  ),
  /** Staff take any entry out; whoever suggested one, that while it waits. */
  removeEntry: route(
    'DELETE',
    '/courses/:courseId/glossaries/:glossaryId/entries/:entryId',
    write(z.strictObject(ofEntry), nothing),
  ),
  restoreEntry: route(
    'POST',
    '/courses/:courseId/glossaries/:glossaryId/entries/:entryId/restore',
    write(z.strictObject(ofEntry), nothing),
  ),
  /** Entries whose words stand in a page of the course, of glossaries that are open to the reader; the longest words first. */
  inPage: route(
    'GET',
    '/courses/:courseId/pages/:pageId/glossary-entries',
    read(z.strictObject({ courseId, pageId }), z.object({ items: z.array(glossaryEntry) })),
  ),
  csv: route(
    'GET',
    '/courses/:courseId/glossaries/:glossaryId/entries.csv',
    read(z.strictObject(ofGlossary), z.unknown()),
  ),
})
