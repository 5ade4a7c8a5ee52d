// Sends the edits of a document that is on no screen: opens it, waits until everything is saved, and closes it.
import { isOpen, openDocument } from '#client/platform/documents.ts'
import { colorOf } from './color.ts'

const patienceMs = 30_000

/** Answers when the server has taken or refused everything, or after half a minute. */
export function sendDocument(noteId: string, who: { readonly id: string; readonly name: string }): Promise<void> {
  if (isOpen(noteId)) return Promise.resolve()
  const open = openDocument(noteId, { ...who, color: colorOf(who.id) })
  return new Promise<void>(resolve => {
    const timer = setTimeout(resolve, patienceMs)
    open.state.subscribe(({ is }) => {
      if (is !== 'saved' && is !== 'closed' && is !== 'synced') return
      clearTimeout(timer)
      resolve()
    })
  }).finally(open.close)
}
