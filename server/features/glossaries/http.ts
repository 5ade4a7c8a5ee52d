// The HTTP door of glossaries: asks for the right, then calls the action or query. Learners suggest where the glossary takes
// suggestions, and read of those their own alone.
import { demand } from '#protocol/base/problems.ts'
import type { glossaryListRoutes } from '#protocol/glossaries/list.ts'
import type { GlossaryEntryId, glossaryRoutes } from '#protocol/glossaries.ts'
import { demandMay, may } from '#server/features/access/index.ts'
import { readersTexts } from '#server/features/accounts/index.ts'
import { demandSeen } from '#server/features/conditions/index.ts'
import { getPage } from '#server/features/content/index.ts'
import { courseContext, demandThing } from '#server/features/courses/index.ts'
import { accountOf, type Ctx } from '#server/platform/ctx.ts'
import { FileAnswer, type Handlers } from '#server/platform/feature.ts'
import { csvFile } from '#server/platform/http/csv.ts'
import { addEntry, approveEntry, changeEntry, getRemoved, isOwn, removeEntry, restoreEntry } from './actions/entries.ts'
import { changeGlossary, createGlossary } from './actions/glossaries.ts'
import { bringIn, takeOutMany } from './actions/list.ts'
import {
  countSuggested,
  type EntryReader,
  entriesInPage,
  entriesOf,
  getEntry,
  getGlossary,
  glossaryKind,
  glossaryOf,
  listEntries,
  listLetters,
  type OfGlossary,
} from './queries.ts'
import type { EntryRow } from './tables.ts'

/** The glossary for whoever may look at the course. What is not released is, for learners, not there. */
async function glossaryFor(ctx: Ctx, input: OfGlossary, how?: 'reading') {
  const here = await demandMay(ctx, 'course.view', courseContext(input.courseId), how)
  const { row, item } = await getGlossary(ctx, input)
  const mayChange = await demandSeen(ctx, here, input.courseId, item, how)
  const reader: EntryReader = { accountId: accountOf(ctx.who), as: mayChange ? 'staff' : 'reader' }
  return { here, row, item, mayChange, reader }
}

const demandChange = (ctx: Ctx, { courseId, glossaryId }: OfGlossary) =>
  demandThing(ctx, 'content.change', { courseId, kind: glossaryKind, refId: glossaryId })

async function staffFor(ctx: Ctx, input: OfGlossary): Promise<EntryReader> {
  await demandChange(ctx, input)
  await getGlossary(ctx, input)
  return { accountId: accountOf(ctx.who), as: 'staff' }
}

/** Staff for any entry; whoever suggested one, for that while it waits. Throws `not-found` to all others. */
async function ownerFor(
  ctx: Ctx,
  input: OfGlossary & { entryId: GlossaryEntryId },
  find: (glossaryId: EntryRow['glossaryId'], id: GlossaryEntryId) => Promise<EntryRow>,
): Promise<EntryReader> {
  const { row, reader } = await glossaryFor(ctx, input, 'reading')
  const entry = await find(row.id, input.entryId)
  if (reader.as === 'staff') await demandChange(ctx, input)
  else {
    demand(isOwn(entry, reader.accountId), 'not-found')
    await demandMay(ctx, 'activity.answer', courseContext(input.courseId))
  }
  return reader
}

async function csvOf(ctx: Ctx, of: OfGlossary): Promise<string> {
  const { glossaries: words } = await readersTexts(ctx)
  const lines: string[][] = [[words.word, words.names, words.meaning]]
  let after: string | undefined
  do {
    const page = await listEntries(ctx, { ...of, state: 'shown', by: null, after, limit: 200 })
    for (const { word, names, body } of page.items) lines.push([word, names.join('; '), body])
    after = page.next
  } while (after !== undefined)
  return csvFile(lines)
}

export const httpHandlers: Handlers<typeof glossaryRoutes> = {
  create: async (ctx, input) => {
    await demandMay(ctx, 'content.change', courseContext(input.courseId))
    return { glossary: await createGlossary(ctx, input) }
  },
  get: async (ctx, input) => {
    const { here, row, item, mayChange, reader } = await glossaryFor(ctx, input)
    const writes =
      here.may('activity.answer') && (await may(ctx, 'activity.answer', courseContext(row.courseId), 'writing'))
    return {
      glossary: glossaryOf(row),
      published: item.published,
      mayChange,
      maySuggest: !mayChange && row.suggestions && writes,
      letters: await listLetters(ctx, input),
      suggested: await countSuggested(input, mayChange ? null : reader.accountId),
    }
  },
  change: async (ctx, input) => {
    await staffFor(ctx, input)
    return { glossary: await changeGlossary(ctx, input) }
  },
  entries: async (ctx, input) => {
    const { reader } = await glossaryFor(ctx, input)
    const by = input.state === 'suggested' && reader.as === 'reader' ? reader.accountId : null
    const page = await listEntries(ctx, { ...input, by })
    return { ...page, items: await entriesOf(ctx, page.items, reader) }
  },
  entry: async (ctx, { entryId, ...of }) => {
    const { row, reader, mayChange } = await glossaryFor(ctx, of)
    const found = await getEntry(row.id, entryId)
    demand(found.state === 'shown' || mayChange || isOwn(found, reader.accountId), 'not-found')
    const [entry] = await entriesOf(ctx, [found], reader)
    if (!entry) throw new Error('an entry that was read is not there')
    return { entry, mayChange }
  },
  addEntry: async (ctx, input) => {
    const { row, reader } = await glossaryFor(ctx, input, 'reading')
    if (reader.as === 'staff') await demandChange(ctx, input)
    else {
      await demandMay(ctx, 'activity.answer', courseContext(input.courseId))
      demand(row.suggestions, 'suggestions-off')
    }
    return { entry: await addEntry(ctx, input, reader) }
  },
  changeEntry: async (ctx, input) => {
    const reader = await ownerFor(ctx, input, getEntry)
    return { entry: await changeEntry(ctx, input, reader) }
  },
  approveEntry: async (ctx, input) => {
    await staffFor(ctx, input)
    await approveEntry(ctx, input)
    return {}
  },
  removeEntry: async (ctx, input) => {
    await ownerFor(ctx, input, getEntry)
    await removeEntry(ctx, input)
    return {}
  },
  restoreEntry: async (ctx, input) => {
    await ownerFor(ctx, input, getRemoved)
    await restoreEntry(ctx, input)
    return {}
  },
  inPage: async (ctx, { courseId, pageId }) => {
    const here = await demandMay(ctx, 'course.view', courseContext(courseId))
    // Whoever may not read the page does not learn either which words are in it.
    const { item } = await getPage(ctx, { courseId, pageId })
    await demandSeen(ctx, here, courseId, item)
    const reader: EntryReader = { accountId: accountOf(ctx.who), as: here.may('content.change') ? 'staff' : 'reader' }
    return { items: await entriesOf(ctx, await entriesInPage(ctx, { courseId, pageId, ...reader }), reader) }
  },
  csv: async (ctx, input) => {
    const { row } = await glossaryFor(ctx, input)
    return new FileAnswer('glossary.csv', 'text/csv; charset=utf-8', await csvOf(ctx, { ...input, glossaryId: row.id }))
  },
}

export const listHandlers: Handlers<typeof glossaryListRoutes> = {
  bringIn: async (ctx, input) => {
    await staffFor(ctx, input)
    return bringIn(ctx, input)
  },
  takeOutMany: async (ctx, input) => {
    await staffFor(ctx, input)
    return { takenOut: await takeOutMany(ctx, input) }
  },
}
