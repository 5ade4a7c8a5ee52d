// Glossaries and their entries as they are read, in the order of the course's language. Changes nothing; who may read what
// is only suggested is said by the door.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Page } from '#protocol/base/paging.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { CourseId, CourseItem } from '#protocol/courses.ts'
import { courseLanguage } from '#protocol/courses.ts'
import type { Glossary, GlossaryEntry, GlossaryEntryId, GlossaryId, Letters } from '#protocol/glossaries.ts'
import { shutItems } from '#server/features/conditions/index.ts'
import { findItem, getCourse } from '#server/features/courses/index.ts'
import { type SearchSource, standsFor } from '#server/features/search/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'
import { containing } from '#server/platform/db/like.ts'
import { type EntryRow, entries, type GlossaryRow, glossaries } from './tables.ts'

/** The kind under which glossaries are placed in a course. */
export const glossaryKind = 'glossary'

/** A row as it travels. */
export const glossaryOf = ({ changedAt, ...row }: GlossaryRow): Glossary => ({
  ...row,
  changedAt: changedAt.toISOString(),
})

/** What the line of a glossary says beside its title. */
export const detailOf = ({ version }: GlossaryRow) => ({ version })

/** Names a glossary in its course. */
export interface OfGlossary {
  readonly courseId: CourseId
  readonly glossaryId: GlossaryId
}

/** The glossary with its item; `not-found` when it is not in this course or was removed. */
export async function getGlossary(
  ctx: Ctx,
  { courseId, glossaryId }: OfGlossary,
): Promise<{ row: GlossaryRow; item: CourseItem }> {
  const row = await glossaries.findOne({ where: { id: glossaryId, courseId }, raw: true })
  const item = row ? await findItem(ctx, { kind: glossaryKind, refId: glossaryId }) : undefined
  if (!row || !item) throw new Problem('not-found')
  return { row, item }
}

/** The course a glossary stands in. Throws `not-found`. */
export async function courseOf(glossaryId: string): Promise<CourseId> {
  const row = await glossaries.findByPk(glossaryId, { attributes: ['courseId'], raw: true })
  if (!row) throw new Problem('not-found')
  return row.courseId
}

/** One that stands in the glossary. Throws `not-found`. */
export async function getEntry(glossaryId: GlossaryId, id: GlossaryEntryId): Promise<EntryRow> {
  const row = await entries.findOne({ where: { id, glossaryId, removedAt: null }, raw: true })
  if (!row) throw new Problem('not-found')
  return row
}

/** Who reads, and whether they may know who suggested something. */
export interface EntryReader {
  readonly accountId: AccountId
  readonly as: 'staff' | 'reader'
}

/** Entries as they travel. At most one query. */
export async function entriesOf(
  ctx: Ctx,
  rows: readonly EntryRow[],
  { accountId, as }: EntryReader,
): Promise<GlossaryEntry[]> {
  const ids = as === 'staff' ? rows.flatMap(row => row.suggestedBy ?? []) : []
  const people =
    ids.length === 0
      ? []
      : await ctx.sql<{ id: string; name: string }>(
          'select id, name from accounts where id = any($1::uuid[]) and erased_at is null',
          [[...new Set(ids)]],
        )
  const names = new Map(people.map(one => [one.id, one.name]))
  return rows.map(({ id, glossaryId, word, names: also, document, state, suggestedBy, version, changedAt }) => ({
    ...{ id, glossaryId, word, names: also, document, state, version },
    by: (suggestedBy && names.get(suggestedBy)) ?? null,
    mine: suggestedBy === accountId,
    changedAt: new Date(changedAt).toISOString(),
  }))
}

/** The collations of a course: by which its words are sorted, and by which its letters are told apart. */
async function collationsOf(ctx: Ctx, courseId: CourseId): Promise<{ words: string; letters: string }> {
  const { language } = await getCourse(ctx, courseId)
  const code = courseLanguage.parse(language) === 'simple' ? 'und' : language
  return { words: `words_${code}`, letters: `letters_${code}` }
}

// What begins with no letter stands under one sign.
const firstOf = (word: string) => `case when ${word} ~ '^[[:alpha:]]' then left(${word}, 1) else '#' end`

/** The letters its shown words begin with. Two queries. Throws `not-found`. */
export async function listLetters(ctx: Ctx, { courseId, glossaryId }: OfGlossary): Promise<Letters> {
  const { words, letters } = await collationsOf(ctx, courseId)
  return ctx.sql<Letters[number]>(
    `select letter, count from (
       select min(upper(first) collate "C") as letter, count(*)::int as count
         from (select ${firstOf('word')} as first from glossary_entries
                where glossary_id = $1 and removed_at is null and state = 'shown') firsts
        group by first collate ${letters}) of
      order by letter = '#', letter collate ${words}`,
    [glossaryId],
  )
}

/** How many suggestions wait, of one person alone or of all. One query. */
export const countSuggested = ({ glossaryId }: OfGlossary, by: AccountId | null): Promise<number> =>
  entries.count({ where: { glossaryId, state: 'suggested', removedAt: null, ...(by ? { suggestedBy: by } : {}) } })

const columns = `e.id, e.glossary_id as "glossaryId", e.word, e.names, e.document, e.body, e.state,
  e.suggested_by as "suggestedBy", e.version, e.changed_at as "changedAt", e.removed_at as "removedAt",
  e.removed_by as "removedBy"`

export interface EntriesAsked extends OfGlossary {
  readonly state: EntryRow['state']
  /** Only what this person suggested. */
  readonly by: AccountId | null
  readonly search?: string | undefined
  readonly letter?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/**
 * A page of them in the order of the language. Two queries. Throws `not-found`, and `malformed` for a cursor that is
 * none.
 */
export async function listEntries(ctx: Ctx, asked: EntriesAsked): Promise<Page<EntryRow>> {
  const { words, letters } = await collationsOf(ctx, asked.courseId)
  const [word, id] = readKeyset(asked.after) ?? [null, null]
  const rows = await ctx.sql<EntryRow>(
    `select ${columns} from glossary_entries e
      where e.glossary_id = $1 and e.state = $2 and e.removed_at is null
        and ($3::uuid is null or e.suggested_by = $3)
        and ($4::text is null or e.word ilike $4 or array_to_string(e.names, ' ') ilike $4)
        and ($5::text is null or ${firstOf('e.word')} collate ${letters} = $5)
        and ($6::text is null or (e.word collate ${words}, e.id) > ($6, $7::uuid))
      order by e.word collate ${words}, e.id limit $8`,
    [
      ...[asked.glossaryId, asked.state, asked.by, containing(asked.search?.trim()), asked.letter ?? null],
      ...[word, id, asked.limit + 1],
    ],
  )
  const page = rows.slice(0, asked.limit)
  const last = page.at(-1)
  return { items: page, ...(rows.length > asked.limit && last ? { next: writeKeyset(last.word, last.id) } : {}) }
}

/** How many entries a page is looked through for and how many of them are told. */
const mostInPage = 100

/**
 * Shown entries whose word or another name stands in a page of the course, in glossaries that link and are open to this
 * person. Whether it stands there as a word of its own is seen where it is shown. A few queries.
 */
export async function entriesInPage(
  ctx: Ctx,
  { courseId, pageId, accountId, as }: { courseId: CourseId; pageId: string } & EntryReader,
): Promise<EntryRow[]> {
  const shut = as === 'staff' ? [] : await shutItems(ctx, [courseId], accountId)
  return ctx.sql<EntryRow>(
    `select ${columns}
       from pages p
       join glossaries g on g.course_id = p.course_id and g.linking
       join items i on i.kind = '${glossaryKind}' and i.ref_id = g.id and i.removed_at is null
       left join modules m on m.id = i.module_id
       join glossary_entries e on e.glossary_id = g.id and e.state = 'shown' and e.removed_at is null
      where p.id = $1 and p.course_id = $2 and m.removed_at is null and i.published and i.id <> all($3::uuid[])
        and exists (select from unnest(e.word || e.names) n where strpos(lower(p.body), lower(n)) > 0)
      order by length(e.word) desc, e.id limit ${mostInPage}`,
    [pageId, courseId, shut],
  )
}

/** An entry is found where its glossary stands in its course. */
export const entrySource: SearchSource = {
  kinds: ['entry'],
  findable: (_ctx, reader, value) => ({
    where: `exists (select from items i where i.kind = '${glossaryKind}' and i.ref_id = e.place_id and ${standsFor(reader, value)})`,
    place: `json_build_object('glossaryId', e.place_id)`,
  }),
}

/** What somebody suggested, for the copy of what is kept about them. */
export const exportSuggested = (ctx: Ctx, accountId: AccountId): Promise<object[]> =>
  ctx.sql(
    `select g.title, e.word, e.names, e.body, e.state from glossary_entries e join glossaries g on g.id = e.glossary_id
      where e.suggested_by = $1 order by e.id`,
    [accountId],
  )
