// Makes, names and removes notes, and says who may write them. What is in them is written through the document server.
// Rights were asked by the door.
import { demand, Problem } from '#protocol/base/problems.ts'
import type { Course, CourseId, ModuleId } from '#protocol/courses.ts'
import { type Note, type NoteId, type NoteWriters, noteScope, notesScope } from '#protocol/notes.ts'
import { audit } from '#server/features/audit/index.ts'
import {
  changeItem,
  courseContext,
  getCourse,
  placeItem,
  removeItem,
  restoreItem,
} from '#server/features/courses/index.ts'
import { actorOf, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { authorship, mergeAuthors } from '#server/platform/docs/authors.ts'
import { createDocument, documentSubject, readDocument } from '#server/platform/docs/stored.ts'
import { blankEvents } from '#server/platform/events/log.ts'
import type { AccountHooks } from '#server/platform/feature.ts'
import { findRunNote, noteKind, noteOf, toldOf } from './queries.ts'
import { noteText } from './rules/markdown.ts'
import { type NoteRow, notes } from './tables.ts'

export interface NewNote {
  readonly courseId: CourseId
  readonly runId?: string | null | undefined
  readonly title: string
  readonly writers: NoteWriters
  /** With it (null: above all modules) the note is placed in the course as an item. */
  readonly moduleId?: ModuleId | null | undefined
}

/** Makes an empty note with its document. Throws `not-found`. */
export async function createNote(ctx: WriteCtx, input: NewNote): Promise<Note> {
  const row: NoteRow = {
    id: newId<'Note'>(),
    courseId: input.courseId,
    runId: input.runId ?? null,
    title: input.title,
    writers: input.writers,
    text: '',
    textSeq: 0,
    version: 0,
    createdAt: ctx.now,
    removedAt: null,
    removedBy: null,
  }
  await createDocument(ctx, { id: row.id, kind: noteKind })
  await notes.create(row)
  if (input.moduleId !== undefined) {
    const { courseId, moduleId, title } = input
    await placeItem(ctx, { courseId, moduleId, kind: noteKind, refId: row.id, title, published: true })
  }
  tellList(ctx, row.courseId)
  await record(ctx, 'note.created', row, { title: row.title })
  return noteOf(row)
}

/** What every course has: a note that everybody of it may write. Throws `not-found`. */
export async function createCourseNote(ctx: WriteCtx, course: Course): Promise<void> {
  await createNote(ctx, { courseId: course.id, title: course.title, writers: 'everybody' })
}

const record = (ctx: WriteCtx, verb: string, row: NoteRow, details: Record<string, unknown> = {}) =>
  audit.record(ctx, { verb, subject: { kind: 'note', id: row.id }, context: courseContext(row.courseId), details })

async function locked(noteId: NoteId): Promise<NoteRow> {
  const row = await notes.findByPk(noteId, { lock: true, raw: true })
  if (!row) throw new Problem('not-found')
  return row
}

const tellList = (ctx: WriteCtx, courseId: CourseId): void =>
  ctx.announce(notesScope, courseId, { kind: 'changed', body: {} })

async function write(ctx: WriteCtx, row: NoteRow, change: Partial<NoteRow>): Promise<Note> {
  const next: NoteRow = { ...row, ...change, version: row.version + 1 }
  await notes.update({ ...change, version: next.version }, { where: { id: row.id } })
  ctx.announce(noteScope, row.id, { kind: 'noteChanged', body: { note: toldOf(next) } })
  tellList(ctx, row.courseId)
  return noteOf(next)
}

/**
 * Renames a note or says who may write it. Throws `not-found`, `conflict` with the current one when somebody was
 * faster.
 */
export async function changeNote(
  ctx: WriteCtx,
  input: { noteId: NoteId; version: number; title?: string | undefined; writers?: NoteWriters | undefined },
): Promise<Note> {
  const row = await locked(input.noteId)
  if (row.removedAt !== null) throw new Problem('not-found')
  demand(row.version === input.version, 'conflict', { params: { current: noteOf(row) } })
  const { title = row.title, writers = row.writers } = input
  const note = await write(ctx, row, { title, writers })
  if (title !== row.title) await changeItem(ctx, { kind: noteKind, refId: row.id, title })
  if (writers !== row.writers) ctx.rightsChanged(documentSubject(row.id))
  await record(ctx, 'note.changed', row, { title, writers })
  return note
}

/** Takes a note away; its text stays, for `restoreNote`. Whoever has it open is sent out. */
export async function removeNote(ctx: WriteCtx, noteId: NoteId): Promise<void> {
  const row = await locked(noteId)
  if (row.removedAt !== null) return
  const removedBy = actorOf(ctx.who)
  await blankEvents(ctx.client, noteScope, noteId, 'noteChanged', { note: { id: noteId } })
  await write(ctx, row, { removedAt: ctx.now, removedBy })
  await removeItem(ctx, { kind: noteKind, refId: noteId })
  ctx.rightsChanged(documentSubject(noteId))
  await record(ctx, 'note.removed', row)
}

/** Undoes `removeNote`. */
export async function restoreNote(ctx: WriteCtx, noteId: NoteId): Promise<void> {
  const row = await locked(noteId)
  if (row.removedAt === null) return
  await getCourse(ctx, row.courseId)
  await write(ctx, row, { removedAt: null, removedBy: null })
  await restoreItem(ctx, { kind: noteKind, refId: noteId })
  await record(ctx, 'note.restored', row)
}

/** Says that seats in a class are worth something else now: whoever has its note open is judged anew. */
export async function classSeatsChanged(ctx: WriteCtx, runId: string): Promise<void> {
  const noteId = await findRunNote(ctx, runId)
  if (noteId) ctx.rightsChanged(documentSubject(noteId))
}

/** Notes read again in one go. */
const batch = 20

/**
 * Brings the plain copies up to what is saved, the ones written longest ago first. Any number of nodes may do it.
 * Throws `not-found`.
 */
export async function copyTexts(ctx: WriteCtx): Promise<void> {
  const behind = await ctx.sql<{ id: NoteId }>(
    `select n.id from notes n join documents d on d.id = n.id
     where d.seq > n.text_seq order by d.written_at limit $1 for update of n skip locked`,
    [batch],
  )
  for (const { id } of behind) {
    const { doc, seq } = await readDocument(ctx, id)
    // What a text column can't keep.
    const text = noteText(doc).replaceAll('\0', '')
    doc.destroy()
    await ctx.sql('update notes set text = $2, text_seq = $3 where id = $1', [id, text, seq])
  }
}

/** What notes owe a person: where they wrote is told and goes along; the texts belong to all who wrote them. */
export const accountHooks: AccountHooks = {
  columns: [
    'notes.removed_by',
    'document_updates.account_id',
    'document_clients.account_id',
    'document_authors.account_id',
  ],
  stays: {
    'notes.removed_by': 'trail',
    'document_updates.account_id': 'course',
    'document_clients.account_id': 'course',
    'document_authors.account_id': 'course',
  },
  export: async (ctx, accountId) => ({ notesWrittenIn: await authorship(ctx, accountId) }),
  // A text that many wrote stays; whose words were whose is told by an account that has no name any more.
  erase: async () => undefined,
  merge: async (ctx, from, into) => {
    await ctx.sql('update notes set removed_by = $2 where removed_by = $1', [from, into])
    await mergeAuthors(ctx, from, into)
  },
}
