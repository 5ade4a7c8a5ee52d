// Words of a glossary brought in from a list, with a few statements whatever its length; and taken out again together. Rights
// were asked by the door.

import { line as lineOf } from '#protocol/base/ids.ts'
import type { PageDocument } from '#protocol/content/document.ts'
import { documentSchema, plainText } from '#protocol/content/document.ts'
import { longestList } from '#protocol/courses/import.ts'
import { type EntryListRow, type EntryRowError, longestMeaning } from '#protocol/glossaries/list.ts'
import { type GlossaryEntryId, glossaryScope, longestWord, mostEntries, mostNames } from '#protocol/glossaries.ts'
import { inEveryLanguage } from '#protocol/texts/catalogues.ts'
import { actorOf, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { type CsvRow, readCsv } from '#server/platform/http/csv.ts'
import type { OfGlossary } from '../queries.ts'
import { entries } from '../tables.ts'
import { hold, namesFrom } from './entries.ts'
import { record } from './glossaries.ts'

const columns = () => ({
  word: ['word', ...inEveryLanguage(one => one.glossaries.word)],
  names: ['names', 'other names', ...inEveryLanguage(one => one.glossaries.names)],
  meaning: ['meaning', ...inEveryLanguage(one => one.glossaries.meaning)],
})

const wordOf = lineOf(longestWord)

/** What a list says in plain text, a paragraph a line. */
const documentOf = (text: string): PageDocument => ({
  schema: documentSchema,
  content: text
    .split(/[\r\n]+/)
    .filter(one => one.trim() !== '')
    .map(one => ({ type: 'paragraph', content: [{ type: 'text', text: one.trim() }] })),
})

interface Judged {
  readonly row: EntryListRow
  readonly names: string[]
  readonly meaning: string
}

/** Each row as if those before it had been taken. `there`: words of the glossary in small letters, `room`: how many more fit. */
function judge(
  rows: readonly CsvRow<'word' | 'names' | 'meaning'>[],
  there: ReadonlySet<string>,
  room: number,
): Judged[] {
  const seen = new Set<string>()
  let left = room
  return rows.map(({ line, cells: { word: said, names, meaning } }): Judged => {
    const word = wordOf.safeParse(said)
    const others = names.split(';').flatMap(one => one.trim() || [])
    const key = said.trim().toLowerCase()
    let error: EntryRowError | null = null
    if (key === '') error = 'no-word'
    else if (!word.success) error = 'bad-word'
    else if (others.length > mostNames || !others.every(one => wordOf.safeParse(one).success)) error = 'bad-names'
    else if (documentOf(meaning).content.length === 0) error = 'no-meaning'
    else if (meaning.length > longestMeaning) error = 'long-meaning'
    else if (seen.has(key)) error = 'twice'
    else if (!there.has(key) && left <= 0) error = 'too-many'
    if (error === null) seen.add(key)
    const outcome = error ? 'error' : there.has(key) ? 'was there' : 'add'
    if (outcome === 'add') left--
    const shown = word.success ? word.data : said.slice(0, longestWord)
    return { row: { line, word: shown, outcome, error }, names: namesFrom(shown, others), meaning }
  })
}

/** Tries a list or adds its words. Throws `malformed` for what is no such list, `too-large`, `not-found`. */
export async function bringIn(
  ctx: WriteCtx,
  { list, how, ...of }: OfGlossary & { readonly list: string; readonly how: 'try' | 'good ones' },
): Promise<{ made: GlossaryEntryId[]; rows: EntryListRow[]; unused: string[] }> {
  const { rows, unused } = readCsv(list, columns(), { needed: ['word', 'meaning'], most: longestList.rows })
  const glossary = await hold(of)
  const kept = await ctx.sql<{ word: string; state: string }>(
    'select lower(word) as word, state from glossary_entries where glossary_id = $1 and removed_at is null',
    [glossary.id],
  )
  // A word that is only suggested stands there for staff alone: what they bring may stand beside it.
  const there = new Set(kept.filter(one => one.state === 'shown').map(one => one.word))
  const judged = judge(rows, there, mostEntries - kept.length)
  const answer = { rows: judged.map(one => one.row), unused }
  const added = how === 'try' ? [] : judged.filter(one => one.row.outcome === 'add')
  if (added.length === 0) return { ...answer, made: [] }
  const made = added.map(({ row, names, meaning }) => {
    const document = documentOf(meaning)
    return {
      ...{ id: newId<'GlossaryEntry'>(), glossaryId: glossary.id, word: row.word, names, document },
      ...{ body: plainText(document), state: 'shown' as const, suggestedBy: null, version: 0 },
      ...{ changedAt: ctx.now, removedAt: null, removedBy: null },
    }
  })
  await entries.bulkCreate(made)
  await record(ctx, 'entries-brought-in', glossary, { count: made.length })
  ctx.announce(glossaryScope, glossary.id, { kind: 'changed', body: {} })
  return { ...answer, made: made.map(one => one.id) }
}

/** Takes entries out that nobody has changed since they came; answers how many. Throws `not-found`. */
export async function takeOutMany(
  ctx: WriteCtx,
  { entryIds, ...of }: OfGlossary & { readonly entryIds: readonly GlossaryEntryId[] },
): Promise<number> {
  const glossary = await hold(of)
  const [count] = await entries.update(
    { removedAt: ctx.now, removedBy: actorOf(ctx.who) },
    { where: { id: [...entryIds], glossaryId: glossary.id, removedAt: null, state: 'shown', version: 0 } },
  )
  if (count === 0) return 0
  await record(ctx, 'entries-taken-out', glossary, { count })
  ctx.announce(glossaryScope, glossary.id, { kind: 'changed', body: {} })
  return count
}
