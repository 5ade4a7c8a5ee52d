// Notes: documents that people of a course or of a class write together. It owns who may, never the text: that is the
// document server's. Later features make notes for what they own and say what a seat with them is worth.
import { noteRoutes, noteScope } from '#protocol/notes.ts'
import { registerCourseCompanion } from '#server/features/courses/index.ts'
import { authorship, mergeAuthors } from '#server/platform/docs/authors.ts'
import { bind, bindScope, type Feature } from '#server/platform/feature.ts'
import { copyTexts, createCourseNote, noteKind } from './actions.ts'
import { httpHandlers } from './http.ts'
import { getNote, noteOf } from './queries.ts'

export { classSeatsChanged, createNote } from './actions.ts'
export { findRunNote, registerClassSeats } from './queries.ts'
export type { ClassStanding } from './rules/rights.ts'
export { notes } from './tables.ts'

registerCourseCompanion('note', createCourseNote)

export const notesFeature: Feature = {
  name: 'notes',
  bindings: bind(noteRoutes, httpHandlers),
  scopes: [
    bindScope(noteScope, {
      admit: async (ctx, id) => void (await getNote(ctx, id)),
      entry: { noneKept: 'its events hold the whole of its state, which every reader may know' },
      snapshot: async (ctx, id) => ({ note: noteOf((await getNote(ctx, id, 'removed too')).row) }),
    }),
  ],
  documents: [{ kind: noteKind, rights: async (ctx, id) => (await getNote(ctx, id)).rights }],
  tickers: [{ name: 'notes.text', everyMs: 5_000, run: copyTexts }],
  account: {
    columns: [
      'notes.removed_by',
      'document_updates.account_id',
      'document_clients.account_id',
      'document_authors.account_id',
    ],
    export: async (ctx, accountId) => ({ notesWrittenIn: await authorship(ctx, accountId) }),
    // A text that many wrote stays; whose words were whose is told by an account that has no name any more.
    erase: async () => undefined,
    merge: async (ctx, from, into) => {
      await ctx.sql('update notes set removed_by = $2 where removed_by = $1', [from, into])
      await mergeAuthors(ctx, from, into)
    },
  },
}
