// A note wherever it is shown: on its page, beside a class. Loads the desk with the editor when it is first needed.
import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { person } from '#client/app/frame.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import type { NoteDeskProps } from './editor/NoteDesk.tsx'
import { getNote } from './store.ts'

type Desk = ComponentType<NoteDeskProps>

let loaded: Desk | undefined

export interface NoteViewProps {
  readonly noteId: string
  readonly title: string
  readonly mayWrite: boolean
}

export function NoteView({ noteId, title, mayWrite }: NoteViewProps) {
  const [turn, setTurn] = useState(0)
  const [failed, setFailed] = useState(false)
  const [Desk, setDesk] = useState<Desk | undefined>(() => loaded)
  useEffect(() => {
    if (Desk) return
    let stale = false
    setFailed(false)
    import('./editor/NoteDesk.tsx').then(
      file => {
        loaded = file.NoteDesk
        if (!stale) setDesk(() => file.NoteDesk)
      },
      () => {
        if (!stale) setFailed(true)
      },
    )
    return () => {
      stale = true
    }
  }, [turn])
  const me = person.value
  if (failed) {
    return (
      <ErrorState
        title={t('notes.editorFailed')}
        detail={t('notes.editorFailedDetail')}
        onRetry={() => setTurn(turn + 1)}
      />
    )
  }
  if (!Desk || !me) return <Skeleton form="text" />
  return <Desk noteId={noteId} title={title} me={me} mayWrite={mayWrite} />
}

/** A note in a pane or a sheet, known by its id alone. */
export function NotePane({ noteId }: { readonly noteId: string }) {
  const { value, problem } = useLoad(noteId, () => getNote(noteId))
  // Without an answer the document may still be on this device, and says itself what may be done with it.
  if (!value && !problem) return <Skeleton form="text" />
  return <NoteView noteId={noteId} title={value?.note.title ?? t('notes.note')} mayWrite={value?.mayWrite ?? false} />
}
