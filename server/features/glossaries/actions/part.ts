// Glossaries as a part of their course, with what they show; suggestions are of people and stay behind. And what glossaries
// owe a person who suggested something.
import * as z from 'zod/mini'
import { line, text } from '#protocol/base/ids.ts'
import { filesIn, type PageDocument, plainText, readDocument } from '#protocol/content/document.ts'
import { type GlossaryId, glossaryId, longestWord, mostEntries, mostNames } from '#protocol/glossaries.ts'
import { type CourseMaking, type CoursePart, standingRefs } from '#server/features/courses/index.ts'
import { addFileUses } from '#server/features/files/index.ts'
import { newId } from '#server/platform/db/id.ts'
import type { AccountHooks } from '#server/platform/feature.ts'
import { detailOf, exportSuggested, glossaryKind } from '../queries.ts'
import { type EntryRow, entries, type GlossaryRow, glossaries } from '../tables.ts'

const word = line(longestWord)
const shape = z.array(
  z.strictObject({
    id: glossaryId,
    title: line(200),
    intro: text(5_000),
    suggestions: z.boolean(),
    linking: z.boolean(),
    entries: z
      .array(
        z.strictObject({
          word,
          names: z.array(word).check(z.maxLength(mostNames)),
          document: z.custom<PageDocument>(value => readDocument(value) !== undefined),
        }),
      )
      .check(z.maxLength(mostEntries))
      .check(z.refine(list => new Set(list.map(one => one.word.toLowerCase())).size === list.length)),
  }),
)

/** The words as they stand in another course: pictures and files in them are those of that course. */
const wordsIn = (document: PageDocument, { find }: CourseMaking): PageDocument =>
  JSON.parse(JSON.stringify(readDocument(document)), (key, value) =>
    key === 'fileId' ? (find('file', String(value)) ?? value) : value,
  )

export const glossariesPart: CoursePart<z.infer<typeof shape>> = {
  shape,
  take: async (ctx, courseId) => {
    const id = (await standingRefs(ctx, courseId, glossaryKind)) as GlossaryId[]
    const rows = await glossaries.findAll({ where: { id }, order: [['id', 'asc']], raw: true })
    const shown = await entries.findAll({
      where: { glossaryId: id, state: 'shown', removedAt: null },
      order: [['id', 'asc']],
      raw: true,
    })
    return rows.map(({ id, title, intro, suggestions, linking }) => ({
      ...{ id, title, intro, suggestions, linking },
      entries: shown
        .filter(one => one.glossaryId === id)
        .map(({ word, names, document }) => ({ word, names, document })),
    }))
  },
  count: part => ({ glossaries: part.length }),
  lines: part => part.map(({ id }) => ({ kind: glossaryKind, refId: id })),
  make: async (ctx, making, part) => {
    const { to: courseId, name, show } = making
    const made: EntryRow[] = []
    const rows = part.map(({ id, entries: held, ...words }) => {
      const row: GlossaryRow = {
        ...words,
        ...{ id: name<GlossaryId>('glossary', id), courseId, version: 0, changedAt: ctx.now },
      }
      show(glossaryKind, id, { refId: row.id, badge: null, detail: detailOf(row) })
      for (const { word, names, document: given } of held) {
        const document = wordsIn(given, making)
        made.push({
          ...{ id: newId<'GlossaryEntry'>(), glossaryId: row.id, word, names, document, body: plainText(document) },
          ...{ state: 'shown', suggestedBy: null, version: 0, changedAt: ctx.now, removedAt: null, removedBy: null },
        })
      }
      return row
    })
    await glossaries.bulkCreate(rows)
    await entries.bulkCreate(made)
    const pairs = made.flatMap(({ glossaryId: refId, document }) =>
      filesIn(document).map(fileId => ({ refId, fileId })),
    )
    const shown = [...new Map(pairs.map(one => [`${one.refId} ${one.fileId}`, one])).values()]
    await addFileUses(ctx, { courseId, kind: glossaryKind, shown })
  },
}

/** What somebody suggested is the course's once it is shown; what waits goes with them. */
export const accountHooks: AccountHooks = {
  columns: ['glossary_entries.suggested_by', 'glossary_entries.removed_by'],
  stays: { 'glossary_entries.removed_by': 'trail' },
  export: async (ctx, accountId) => ({ glossaryEntries: await exportSuggested(ctx, accountId) }),
  erase: async (ctx, accountId) => {
    await ctx.sql(`delete from glossary_entries where suggested_by = $1 and state = 'suggested'`, [accountId])
    await ctx.sql('update glossary_entries set suggested_by = null where suggested_by = $1', [accountId])
  },
  merge: async (ctx, from, into) => {
    for (const column of ['suggested_by', 'removed_by'])
      await ctx.sql(`update glossary_entries set ${column} = $2 where ${column} = $1`, [from, into])
  },
}
