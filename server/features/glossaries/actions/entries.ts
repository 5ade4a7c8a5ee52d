// Writes the entries of glossaries. Rights were asked by the door. One word stands in a glossary once.
import type { DoneTo } from '#protocol/audit/verbs.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import { filesIn, type PageDocument, plainText, readDocument } from '#protocol/content/document.ts'
import { type GlossaryEntryId, glossaryScope, mostEntries } from '#protocol/glossaries.ts'
import { setFileUses } from '#server/features/files/index.ts'
import { actorOf, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { type EntryReader, entriesOf, getEntry, glossaryKind, type OfGlossary } from '../queries.ts'
import { type EntryRow, entries, type GlossaryRow, glossaries } from '../tables.ts'
import { record } from './glossaries.ts'

function documentFrom(given: unknown): PageDocument {
  const document = readDocument(given)
  if (!document || plainText(document).trim() === '')
    throw new Problem('malformed', { errors: [{ path: 'document', code: 'invalid_document' }] })
  return document
}

/** Other names, each once and none that is the word itself. */
export const namesFrom = (word: string, names: readonly string[]): string[] => [
  ...new Map(
    names.filter(one => one.toLowerCase() !== word.toLowerCase()).map(one => [one.toLowerCase(), one]),
  ).values(),
]

/** The glossary, held until the end of the transaction. Throws `not-found`. */
export async function hold({ courseId, glossaryId }: OfGlossary): Promise<GlossaryRow> {
  const row = await glossaries.findOne({ where: { id: glossaryId, courseId }, lock: true, raw: true })
  if (!row) throw new Problem('not-found')
  return row
}

/** Throws `name-taken` where another shown entry has the word. */
async function demandFree(ctx: WriteCtx, { id, glossaryId, word }: EntryRow): Promise<void> {
  const taken = await ctx.sql(
    `select from glossary_entries where glossary_id = $1 and lower(word) = lower($2) and id <> $3
        and state = 'shown' and removed_at is null`,
    [glossaryId, word, id],
  )
  demand(taken.length === 0, 'name-taken', { params: { name: word } })
}

/** What becomes of a suggestion, whoever does it: no change of the glossary yet. */
const ofSuggestions: { readonly [V in DoneTo<'glossary'>]?: DoneTo<'glossary'> } = {
  'entry-changed': 'suggestion-changed',
  'entry-removed': 'suggestion-removed',
  'entry-restored': 'suggestion-restored',
}
const verbFor = (verb: DoneTo<'glossary'>, { state }: EntryRow): DoneTo<'glossary'> =>
  (state === 'suggested' && ofSuggestions[verb]) || verb

/** Tells what became of an entry, and which files the glossary shows now where that may be others. */
async function told(
  ctx: WriteCtx,
  verb: DoneTo<'glossary'>,
  glossary: GlossaryRow,
  ...[row, before]: [EntryRow, EntryRow?]
): Promise<void> {
  if (filesIn(row.document).length > 0 || (before && filesIn(before.document).length > 0)) {
    const shown = await ctx.sql<{ fileId: string }>(
      `select distinct f #>> '{}' as "fileId" from glossary_entries e
         cross join lateral jsonb_path_query(e.document, 'strict $.**.fileId') f
        where e.glossary_id = $1 and e.removed_at is null and e.state = 'shown'`,
      [glossary.id],
    )
    const fileIds = shown.map(one => one.fileId)
    await setFileUses(ctx, { courseId: glossary.courseId, kind: glossaryKind, refId: glossary.id, fileIds })
  }
  await record(ctx, verbFor(verb, row), glossary, { word: row.word })
  ctx.announce(glossaryScope, glossary.id, { kind: 'changed', body: {} })
}

export interface Written {
  readonly word: string
  readonly names: readonly string[]
  readonly document: unknown
}

/**
 * Adds an entry: of staff shown, else suggested by who writes. Throws `not-found`, `name-taken`, `too-many`,
 * `malformed`.
 */
export async function addEntry(
  ctx: WriteCtx,
  { word, names, document: given, ...of }: OfGlossary & Written,
  reader: EntryReader,
) {
  const glossary = await hold(of)
  const count = await entries.count({ where: { glossaryId: glossary.id, removedAt: null } })
  demand(count < mostEntries, 'too-many', { params: { most: mostEntries } })
  const document = documentFrom(given)
  const staff = reader.as === 'staff'
  const row: EntryRow = {
    ...{ id: newId<'GlossaryEntry'>(), glossaryId: glossary.id, word, names: namesFrom(word, names), document },
    ...{ body: plainText(document), state: staff ? 'shown' : 'suggested' },
    ...{ suggestedBy: staff ? null : reader.accountId, version: 0, changedAt: ctx.now },
    ...{ removedAt: null, removedBy: null },
  }
  await demandFree(ctx, row)
  await entries.create(row)
  await told(ctx, staff ? 'entry-added' : 'entry-suggested', glossary, row)
  return only(await entriesOf(ctx, [row], reader))
}

function only<T>(rows: readonly T[]): T {
  const [row] = rows
  if (row === undefined) throw new Error('an entry that was written is not there')
  return row
}

interface OfEntry extends OfGlossary {
  readonly entryId: GlossaryEntryId
}

/**
 * Changes an entry at the version the writer read. Throws `not-found`, `conflict` with the current one, `name-taken`,
 * `malformed`.
 */
export async function changeEntry(
  ctx: WriteCtx,
  {
    entryId,
    version,
    ...given
  }: OfEntry & { readonly version: number } & { [K in keyof Written]?: Written[K] | undefined },
  reader: EntryReader,
) {
  const glossary = await hold(given)
  const row = await getEntry(glossary.id, entryId)
  demand(row.version === version, 'conflict', { params: { current: only(await entriesOf(ctx, [row], reader)) } })
  const word = given.word ?? row.word
  const document = given.document === undefined ? row.document : documentFrom(given.document)
  const next: EntryRow = {
    ...{ ...row, word, names: namesFrom(word, given.names ?? row.names), document, body: plainText(document) },
    ...{ version: version + 1, changedAt: ctx.now },
  }
  await demandFree(ctx, next)
  await entries.update(next, { where: { id: row.id } })
  await told(ctx, 'entry-changed', glossary, next, row)
  return only(await entriesOf(ctx, [next], reader))
}

/** Shows what was suggested. Throws `not-found`, `name-taken`. */
export async function approveEntry(ctx: WriteCtx, { entryId, ...of }: OfEntry): Promise<void> {
  const glossary = await hold(of)
  const row = await getEntry(glossary.id, entryId)
  if (row.state === 'shown') return
  await demandFree(ctx, row)
  const next = { ...row, state: 'shown' as const, version: row.version + 1 }
  await entries.update(next, { where: { id: row.id } })
  await told(ctx, 'entry-approved', glossary, next)
}

/** Takes an entry out; `restoreEntry` brings it back as it was. */
export async function removeEntry(ctx: WriteCtx, { entryId, ...of }: OfEntry): Promise<void> {
  const glossary = await hold(of)
  const row = await getEntry(glossary.id, entryId)
  const next = { ...row, removedAt: ctx.now, removedBy: actorOf(ctx.who) }
  await entries.update(next, { where: { id: row.id } })
  await told(ctx, 'entry-removed', glossary, next)
}

/** One that was taken out, with who suggested it. Throws `not-found`. */
export async function getRemoved(glossaryId: EntryRow['glossaryId'], id: GlossaryEntryId): Promise<EntryRow> {
  const row = await entries.findOne({ where: { id, glossaryId }, raw: true })
  if (!row) throw new Problem('not-found')
  return row
}

/** Undoes `removeEntry`. Throws `name-taken` where the word was added anew since. */
export async function restoreEntry(ctx: WriteCtx, { entryId, ...of }: OfEntry): Promise<void> {
  const glossary = await hold(of)
  const row = await getRemoved(glossary.id, entryId)
  if (row.removedAt === null) return
  if (row.state === 'shown') await demandFree(ctx, row)
  const next = { ...row, removedAt: null, removedBy: null }
  await entries.update(next, { where: { id: row.id } })
  await told(ctx, 'entry-restored', glossary, next)
}

/** Whose an entry is: a suggestion that waits, of this person. */
export const isOwn = (row: EntryRow, accountId: AccountId): boolean =>
  row.state === 'suggested' && row.suggestedBy === accountId
