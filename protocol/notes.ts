// Notes: documents that people write together. A note belongs to a course, or to one class of it; its text is the
// Yjs document of the same id (protocol/base/documents.ts). What travels here is everything beside the text.
import * as z from 'zod/mini'
import { defineRoutes, read, route, write } from './base/call.ts'
import { idSchema, instant, line, nothing, uuid, version } from './base/ids.ts'
import { pageInput, pageOf } from './base/paging.ts'
import { defineScope } from './base/scope.ts'
import { courseId, moduleId } from './courses.ts'

/** Also the id of the note's document: /collab/<noteId>. */
export const noteId = idSchema<'Note'>()
export type NoteId = z.infer<typeof noteId>

/**
 * The Y.XmlFragment of the text: the field TipTap's Collaboration uses when nothing else is said. Nodes and marks have
 * the names below; what an export does not know it shows as its text.
 */
export const noteField = 'default'

/** Nodes the server's exports know, as TipTap names them. `heading` has `level` 1 to 6, `taskItem` has `checked`. */
export const noteNodes = [
  'paragraph',
  'heading',
  'bulletList',
  'orderedList',
  'listItem',
  'taskList',
  'taskItem',
  'blockquote',
  'codeBlock',
  'horizontalRule',
  'hardBreak',
  'table',
  'tableRow',
  'tableHeader',
  'tableCell',
] as const
export type NoteNode = (typeof noteNodes)[number]

/** Marks, as TipTap names them. `link` has `href`; only http, https and mailto are followed. */
export const noteMarks = ['bold', 'italic', 'strike', 'underline', 'code', 'link'] as const
export type NoteMark = (typeof noteMarks)[number]

/** Who may write beside staff: everybody of the course (or class), or nobody. */
export const noteWriters = z.enum(['everybody', 'staff'])
export type NoteWriters = z.infer<typeof noteWriters>

export const note = z.object({
  id: noteId,
  courseId,
  /** The class it belongs to; null for a note of the course. */
  runId: z.nullable(uuid()),
  title: z.string(),
  writers: noteWriters,
  createdAt: instant,
  removedAt: z.nullable(instant),
  version,
})
export type Note = z.infer<typeof note>

/** What the one who asks may do. `mayManage`: rename, choose who writes, remove. */
export const noteRights = z.object({ mayWrite: z.boolean(), mayManage: z.boolean() })
export type NoteRights = z.infer<typeof noteRights>

/** Everybody who may read the note. */
export const noteScope = defineScope({
  name: 'note',
  state: z.object({ note }),
  feeds: {
    /** Also removed (`removedAt`) and restored. */
    noteChanged: z.object({ note }),
  },
  fleeting: {},
  apply: (_state, event) => ({ note: event.body.note }),
})

/** Everybody in a course: that its notes have changed, so that an open list is read again. Its number is all there is to it. */
export const notesScope = defineScope({
  name: 'notes',
  state: z.object({}),
  feeds: { changed: z.object({}) },
  fleeting: {},
  apply: state => state,
})

const title = line(200)

export const noteRoutes = defineRoutes('notes', {
  /** The notes of a course, the course's own first, then those of its classes, the newest first. */
  list: route(
    'GET',
    '/courses/:courseId/notes',
    read(
      z.strictObject({ courseId, ...pageInput }),
      z.extend(
        pageOf(
          z.object({
            ...note.shape,
            ...noteRights.shape,
            /** When the text last changed; null while nobody has written. */
            writtenAt: z.nullable(instant),
            /** The beginning of the text, on one line. */
            excerpt: z.string(),
          }),
        ),
        { mayCreate: z.boolean() },
      ),
    ),
  ),
  get: route('GET', '/notes/:noteId', read(z.strictObject({ noteId }), z.object({ note, ...noteRights.shape }))),
  /** A further note of the course. With `moduleId` (null: above all modules) it is placed in the course as an item. */
  create: route(
    'POST',
    '/courses/:courseId/notes',
    write(
      z.strictObject({
        courseId,
        title,
        writers: z._default(noteWriters, 'everybody'),
        moduleId: z.optional(z.nullable(moduleId)),
      }),
      z.object({ note }),
    ),
  ),
  /** Renames it, or says who may write: from that moment on, for those who are writing too. */
  change: route(
    'PATCH',
    '/notes/:noteId',
    write(
      z.strictObject({ noteId, version, title: z.optional(title), writers: z.optional(noteWriters) }),
      z.object({ note }),
    ),
  ),
  remove: route('DELETE', '/notes/:noteId', write(z.strictObject({ noteId }), nothing)),
  restore: route('POST', '/notes/:noteId/restore', write(z.strictObject({ noteId }), nothing)),
  /** The text as it was saved last, as Markdown: to read where /collab can't be opened. `number` grows with each change. */
  text: route(
    'GET',
    '/notes/:noteId/text',
    read(z.strictObject({ noteId }), z.object({ markdown: z.string(), number: z.int() })),
  ),
  /** The same as a file. */
  markdown: route('GET', '/notes/:noteId/markdown', read(z.strictObject({ noteId }), z.unknown())),
})
