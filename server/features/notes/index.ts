// Notes: documents that people of a course or of a class write together. It owns who may, never the text: that is the
// document server's. Later features make notes for what they own and say what a seat with them is worth.
import { noteRoutes, noteScope, notesScope } from '#protocol/notes.ts'
import { demandMay } from '#server/features/access/index.ts'
import { courseContext, registerCourseCompanion, registerItemStands } from '#server/features/courses/index.ts'
import { registerSearchSource } from '#server/features/search/index.ts'
import { bind, bindScope, type Feature } from '#server/platform/feature.ts'
import { accountHooks, copyTexts, createCourseNote } from './actions.ts'
import { httpHandlers } from './http.ts'
import { getNote, noteKind, noteSource, noteStands, toldOf } from './queries.ts'

export { classSeatsChanged, createNote } from './actions.ts'
export { findRunNote, registerClassSeats } from './queries.ts'
export type { ClassStanding } from './rules/rights.ts'
export { notes } from './tables.ts'

registerCourseCompanion('note', createCourseNote)
registerItemStands(noteKind, noteStands)
registerSearchSource(noteSource)

export const notesFeature: Feature = {
  name: 'notes',
  neverPreviewed: true,
  bindings: bind(noteRoutes, httpHandlers),
  scopes: [
    bindScope(notesScope, {
      admit: (ctx, id) => demandMay(ctx, 'course.view', courseContext(id)),
      entry: { noneKept: 'its events say nothing of what is written' },
      snapshot: async () => ({}),
    }),
    bindScope(noteScope, {
      admit: async (ctx, id) => void (await getNote(ctx, id)),
      entry: { noneKept: 'its events hold the whole of its state, which every reader may know' },
      snapshot: async (ctx, id) => ({ note: toldOf((await getNote(ctx, id, 'removed too')).row) }),
    }),
  ],
  documents: [{ kind: noteKind, rights: async (ctx, id) => (await getNote(ctx, id)).rights }],
  tickers: [{ name: 'notes.text', everyMs: 5_000, run: copyTexts }],
  account: accountHooks,
}
