// What can be done with a note beside writing in it, as entries of a menu.
import { Download, Pencil, Printer, Trash2, UserPen } from 'lucide-preact'
import { t } from '#client/platform/texts.ts'
import type { MenuItem } from '#client/ui/Menu.tsx'
import type { Note } from '#protocol/notes.ts'
import { attempt, changeNote, markdownUrl, removeNote } from './store.ts'

export interface NoteActs {
  readonly note: Note
  readonly mayManage: boolean
  readonly onRename: () => void
  /** Something about it is different now. */
  readonly onChanged: () => void
  readonly onRemoved?: (() => void) | undefined
  /** Where the note itself is on the page: prints it. */
  readonly onPrint?: (() => void) | undefined
}

/** In order; for those who manage it also to rename, to say who writes, to remove. */
export function noteMenu({ note, mayManage, onRename, onChanged, onRemoved, onPrint }: NoteActs): readonly MenuItem[] {
  const setWriters = (writers: Note['writers']) => () =>
    void attempt(() => changeNote({ noteId: note.id, version: note.version, writers })).then(onChanged)
  return [
    { label: t('notes.download'), icon: Download, onSelect: () => download(note.id) },
    ...(onPrint ? [{ label: t('notes.print'), icon: Printer, onSelect: onPrint }] : []),
    ...(mayManage
      ? ([
          'line',
          { label: t('notes.rename'), icon: Pencil, onSelect: onRename },
          {
            label: t('notes.writersEverybody'),
            icon: UserPen,
            checked: note.writers === 'everybody',
            onSelect: setWriters('everybody'),
          },
          {
            label: t('notes.writersStaff'),
            icon: UserPen,
            checked: note.writers === 'staff',
            onSelect: setWriters('staff'),
          },
          'line',
          {
            label: t('notes.remove'),
            icon: Trash2,
            onSelect: () =>
              void removeNote(note).then(done => {
                if (done) onRemoved?.()
              }),
          },
        ] as const)
      : []),
  ]
}

/** Has the browser fetch the file; the server names it. */
function download(noteId: string): void {
  const link = document.createElement('a')
  link.href = markdownUrl(noteId)
  link.download = ''
  link.click()
}
