// Tells the course home about notes, clears this device of other people's, and sends what was written offline. Called
// once by main.
import { effect } from '@preact/signals'
import { NotebookPen } from 'lucide-preact'
import { person } from '#client/app/frame.ts'
import { pathTo } from '#client/app/paths.ts'
import { registerCourseLink, registerItemKind } from '#client/features/courses/registry.ts'
import { documentStorage } from '#client/platform/document-storage.ts'
import { realtime } from '#client/platform/realtime.ts'
import { sendUnsaved } from './store.ts'

/** After a start or a return, a page has other things to load first. */
const sendAfterMs = 3_000

export function startNotes(): void {
  registerCourseLink({
    name: 'notes',
    order: 5,
    label: 'notes.title',
    icon: NotebookPen,
    capability: 'course.view',
    path: courseId => pathTo('notes', { courseId }),
  })
  registerItemKind('note', {
    icon: NotebookPen,
    label: 'notes.note',
    path: ({ courseId, refId }) => pathTo('note', { courseId, noteId: refId }),
  })
  effect(() => {
    const who = person.value
    if (who === undefined) return
    // A browser that keeps nothing has nothing to forget.
    documentStorage()
      .keepOnly(who?.id ?? null)
      .catch(() => undefined)
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  effect(() => {
    const who = person.value
    clearTimeout(timer)
    if (!who || realtime().state.value !== 'online') return
    // What could not be sent is kept, and tried at the next return of the connection.
    timer = setTimeout(() => void sendUnsaved(who).catch(() => undefined), sendAfterMs)
  })
}
