// What the client knows and does about notes, beside their text. The only place that asks the notes' routes.
import { signal } from '@preact/signals'
import { request, requestOf } from '#client/platform/call.ts'
import { documentStorage } from '#client/platform/document-storage.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { showToast } from '#client/ui/Toast.tsx'
import type { InputBefore, Output } from '#protocol/base/call.ts'
import { noteRoutes } from '#protocol/notes.ts'

type NoteInput<V extends keyof typeof noteRoutes> = InputBefore<(typeof noteRoutes)[V]>

/** Grows when a note was removed or brought back from here, by a notice that may outlive its page. */
export const notesTurn = signal(0)

/** A note as the list shows it. */
export type ListedNote = Output<typeof noteRoutes.list>['items'][number]

export const listNotes = (input: NoteInput<'list'>) => request(noteRoutes.list, input)
export const getNote = (noteId: string) => request(noteRoutes.get, { noteId })
export const createNote = (input: NoteInput<'create'>) => request(noteRoutes.create, input)
export const changeNote = (input: NoteInput<'change'>) => request(noteRoutes.change, input)
export const savedText = (noteId: string) => request(noteRoutes.text, { noteId })

/** Where the note's Markdown is downloaded. */
export const markdownUrl = (noteId: string): string => requestOf(noteRoutes.markdown, { noteId }).url

/** Runs an act and shows its refusal as a notice. Answers whether it was done. */
export async function attempt(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act()
    return true
  } catch (error) {
    showToast({ text: problemWords(error), tone: 'bad' })
    return false
  }
}

/** Removes a note, with a notice that brings it back. Answers whether it was done. */
export async function removeNote(note: { readonly id: string; readonly title: string }): Promise<boolean> {
  const input = { noteId: note.id }
  const turn = () => {
    notesTurn.value += 1
  }
  if (!(await attempt(() => request(noteRoutes.remove, input)))) return false
  turn()
  showToast({
    text: t('notes.removed', { title: note.title }),
    onUndo: () => void attempt(() => request(noteRoutes.restore, input)).then(turn),
  })
  return true
}

/** Sends what was written offline in notes that nobody has opened again since. Loads the editor's code only for that. */
export async function sendUnsaved(who: { readonly id: string; readonly name: string }): Promise<void> {
  const waiting = await documentStorage()
    .unsaved(who.id)
    .catch(() => [])
  if (waiting.length === 0) return
  const { sendDocument } = await import('./editor/send.ts')
  for (const noteId of waiting) await sendDocument(noteId, who)
}
