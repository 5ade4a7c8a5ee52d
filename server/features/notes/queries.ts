// Notes as they are read, and how people stand to them. Changes nothing.

import * as z from 'zod/mini'
import { instant } from '#protocol/base/ids.ts'
import type { Page } from '#protocol/base/paging.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { Note, NoteId, NoteRights } from '#protocol/notes.ts'
import { capabilitiesIn, may } from '#server/features/access/index.ts'
import { demandOpen, shutFor } from '#server/features/conditions/index.ts'
import { courseContext, type ItemStands, itemRights, thingContext } from '#server/features/courses/index.ts'
import type { Reader, SearchSource } from '#server/features/search/index.ts'
import { accountOf, type Ctx, demandAccount } from '#server/platform/ctx.ts'
import { readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'
import { readDocument } from '#server/platform/docs/stored.ts'
import { noteMarkdown } from './rules/markdown.ts'
import { type ClassStanding, mayRead, type NoteStanding, noteRights, notInClass } from './rules/rights.ts'
import { type NoteRow, notes } from './tables.ts'

/** The kind of a note's document, and of its item in a course. */
export const noteKind = 'note'

/** A row as it travels. */
export const noteOf = (row: NoteRow): Note => ({
  id: row.id,
  courseId: row.courseId,
  runId: row.runId,
  title: row.title,
  writers: row.writers,
  createdAt: row.createdAt.toISOString(),
  removedAt: row.removedAt?.toISOString() ?? null,
  version: row.version,
})

/** The same as its scope tells it: what was removed has no title there. */
export const toldOf = (row: NoteRow): Note => ({ ...noteOf(row), title: row.removedAt === null ? row.title : '' })

/** What a class gives to `ctx.who` beside their place in its course. */
export type ClassSeats = (ctx: Ctx, runId: string) => Promise<ClassStanding>

/** The classes somebody may read in. */
export type ReadableClasses = (ctx: Ctx, reader: Reader) => Promise<readonly string[]>

let seatsOf: ClassSeats = async () => notInClass
let readableClasses: ReadableClasses = async () => []

/** Whoever knows classes says what a seat in one is worth. To be called once, when a feature loads. */
export function registerClassSeats(ask: ClassSeats, readable: ReadableClasses): void {
  seatsOf = ask
  readableClasses = readable
}

/** How `ctx.who` stands to the notes of a course, or of one class of it; of one note it is asked of its item who manages it. */
async function standingOf(
  ctx: Ctx,
  courseId: CourseId,
  runId: string | null,
  noteId?: NoteId,
): Promise<NoteStanding & { prepares: boolean }> {
  demandAccount(ctx.who)
  const held = new Set(await capabilitiesIn(ctx, courseContext(courseId)))
  const inCourse = held.has('course.view')
  const context = noteId && (await thingContext(ctx, { courseId, kind: noteKind, refId: noteId }))
  const prepares = held.has('content.change')
  const manages =
    context?.kind === 'item'
      ? (inCourse || prepares) && (await may(ctx, 'content.change', context, 'writing'))
      : prepares
  return {
    views: inCourse,
    writes: held.has('note.write'),
    ...{ manages, prepares },
    inClass: runId === null || inCourse ? notInClass : await seatsOf(ctx, runId),
  }
}

/** The note and what `ctx.who` may do with it. Throws `not-found` for who may not read it, `locked` where it is shut for them. */
export async function getNote(
  ctx: Ctx,
  noteId: string,
  which: 'standing' | 'removed too' = 'standing',
): Promise<{ row: NoteRow; rights: NoteRights }> {
  demandAccount(ctx.who)
  const row = await notes.findByPk(noteId, { raw: true })
  if (!row || (which === 'standing' && row.removedAt !== null)) throw new Problem('not-found')
  const standing = await standingOf(ctx, row.courseId, row.runId, row.id)
  const seesAll = standing.manages || standing.prepares
  demand(mayRead({ ...standing, manages: seesAll }), 'not-found')
  if (!seesAll && row.runId === null) await demandOpen(ctx, row.courseId, { kind: noteKind, refId: row.id })
  return { row, rights: noteRights(standing, row.writers) }
}

const after = z.tuple([z.string(), instant])

interface ListedRow {
  id: NoteId
  run_id: string | null
  item_id: string | null
  title: string
  writers: NoteRow['writers']
  version: number
  created_at: Date
  written_at: Date | null
  excerpt: string
}

/**
 * A page of a course's notes: its own first, then those of classes, the newest first. What is shut for the reader is
 * left out, so that a page may hold fewer than asked for. Asks no right but to see them. Throws `not-found`, and
 * `malformed` for a cursor that is none.
 */
export async function listNotes(
  ctx: Ctx,
  input: { courseId: CourseId; after?: string | undefined; limit: number },
): Promise<Page<ListedRow & { note: Note; rights: NoteRights }> & { mayCreate: boolean }> {
  const standing = await standingOf(ctx, input.courseId, null)
  demand(standing.views || standing.manages, 'not-found')
  const cursor = readKeyset(input.after)
  const [kind, at] = cursor ? readPlace(cursor[0]) : ['', null]
  const rows = await ctx.sql<ListedRow>(
    `select n.id, n.run_id, (select i.id from items i where i.kind = '${noteKind}' and i.ref_id = n.id) as item_id, n.title, n.writers, n.version, n.created_at, d.written_at,
       left(regexp_replace(left(n.text, 400), '\\s+', ' ', 'g'), 160) as excerpt
     from notes n join documents d on d.id = n.id
     where n.course_id = $1 and n.removed_at is null
       and ($2 = '' or (n.run_id is not null)::text > $2
         or ((n.run_id is not null)::text = $2 and (n.created_at, n.id) < ($3::timestamptz, $4::uuid)))
     order by (n.run_id is not null)::text, n.created_at desc, n.id desc limit $5`,
    [input.courseId, kind, at, cursor?.[1] ?? null, input.limit + 1],
  )
  const rights = await itemRights(
    ctx,
    input.courseId,
    rows.flatMap(row => row.item_id ?? []),
  )
  const managed = (itemId: string | null): NoteStanding =>
    itemId === null || !rights.apart.includes(itemId)
      ? standing
      : { ...standing, manages: rights.may(itemId, 'content.change', 'writing') }
  const all = rows.slice(0, input.limit).map(row => ({
    ...row,
    note: {
      id: row.id,
      courseId: input.courseId,
      runId: row.run_id,
      title: row.title,
      writers: row.writers,
      createdAt: new Date(row.created_at).toISOString(),
      removedAt: null,
      version: row.version,
    },
    rights: noteRights(managed(row.item_id), row.writers),
  }))
  const accountId = accountOf(ctx.who)
  const shut = standing.manages ? () => null : await shutFor(ctx, [input.courseId], [accountId])
  const items = all.filter(one => one.rights.mayManage || shut(accountId, { kind: noteKind, refId: one.id }) === null)
  const last = all.at(-1)
  const more = rows.length > input.limit && last
  return {
    items,
    ...(more ? { next: writeKeyset(`${last.run_id !== null} ${last.note.createdAt}`, last.id) } : {}),
    mayCreate: standing.manages,
  }
}

function readPlace(text: string): [kind: string, at: string] {
  const read = z.safeParse(after, text.split(' '))
  if (!read.success) throw new Problem('malformed', { errors: [{ path: 'after', code: 'invalid_format' }] })
  return read.data
}

/** The text as it is saved, as Markdown, with the number of the last change. Asks no rights. Throws `not-found`. */
export async function savedMarkdown(ctx: Ctx, noteId: NoteId): Promise<{ markdown: string; number: number }> {
  const { doc, seq } = await readDocument(ctx, noteId)
  try {
    return { markdown: noteMarkdown(doc), number: seq }
  } finally {
    doc.destroy()
  }
}

/** The note of a class, if it has one. */
export async function findRunNote(ctx: Ctx, runId: string): Promise<NoteId | undefined> {
  const [row] = await ctx.sql<{ id: NoteId }>('select id from notes where run_id = $1', [runId])
  return row?.id
}

/** Notes are found by those of the course, and by those in the class a note belongs to. */
export const noteSource: SearchSource = {
  kinds: ['note'],
  findable: async (ctx, reader, value) => {
    const courses = new Set([...reader.where('course.view'), ...reader.where('content.change')])
    return {
      where: `exists (select from notes n where n.id = e.ref_id and n.removed_at is null
        and not exists (select from items i where i.kind = '${noteKind}' and i.ref_id = n.id and i.id = any(${value(reader.shut)}::uuid[]))
        and (n.course_id = any(${value([...courses])}::uuid[])
          or n.run_id = any(${value(await readableClasses(ctx, reader))}::uuid[])))`,
    }
  },
}

/** A note stands while it is not removed. */
export const noteStands: ItemStands = async (_ctx, noteId) =>
  (await notes.count({ where: { id: noteId, removedAt: null } })) > 0
