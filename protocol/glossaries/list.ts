// Words of a glossary brought in from CSV: tried first, then added; what came in is taken out together.
import * as z from 'zod/mini'
import { defineRoutes, route, write } from '../base/call.ts'
import { longestList } from '../courses/import.ts'
import { courseId } from '../courses.ts'
import { glossaryEntryId, glossaryId } from '../glossaries.ts'

/** Most characters of what an entry of a list says. */
export const longestMeaning = 10_000

/** Why a row can not be taken. */
export const entryRowError = z.enum([
  'no-word',
  'bad-word',
  'bad-names',
  'no-meaning',
  'long-meaning',
  /** The word stands further up. */
  'twice',
  'too-many',
])
export type EntryRowError = z.infer<typeof entryRowError>

/** What becomes of a row. `was there`: the word stands in the glossary; its entry stays as it is. */
export const entryRow = z.object({
  /** The line of the list, the head being line 1. */
  line: z.int(),
  word: z.string(),
  outcome: z.enum(['add', 'was there', 'error']),
  error: z.nullable(entryRowError),
})
export type EntryListRow = z.infer<typeof entryRow>

const ofGlossary = { courseId, glossaryId }

export const glossaryListRoutes = defineRoutes('glossaries', {
  /**
   * Columns: the word, other names parted by semicolons, and what it means, as the file of the glossary has them. `try` writes
   * nothing; `good ones` adds what can be and leaves the rest. A list that can not be read, or has no such columns, is
   * `malformed`. For staff.
   */
  bringIn: route(
    'POST',
    '/courses/:courseId/glossaries/:glossaryId/entries/list',
    write(
      z.strictObject({
        ...ofGlossary,
        list: z.string().check(z.maxLength(longestList.characters)),
        how: z.enum(['try', 'good ones']),
      }),
      z.object({ made: z.array(glossaryEntryId), rows: z.array(entryRow), unused: z.array(z.string()) }),
    ),
  ),
  /** Takes these entries out, as far as they stand there and nobody has changed them since they came. For staff. */
  takeOutMany: route(
    'POST',
    '/courses/:courseId/glossaries/:glossaryId/entries/take-out',
    write(
      z.strictObject({
        ...ofGlossary,
        entryIds: z.array(glossaryEntryId).check(z.minLength(1), z.maxLength(longestList.rows)),
      }),
      z.object({ takenOut: z.int() }),
    ),
  ),
})
