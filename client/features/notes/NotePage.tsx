// One note on a page of its own: its title, what can be done with it, and the text to read or write.
import { useRef, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { courses } from '#client/app/frame.ts'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { ButtonLink } from '#client/ui/Button.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Menu } from '#client/ui/Menu.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { type Note, noteScope } from '#protocol/notes.ts'
import { NoteView } from './NoteView.tsx'
import { noteMenu } from './note-menu.ts'
import { changeNote, getNote } from './store.ts'
import { TitleDialog } from './TitleDialog.tsx'
import './notes.css'

/** /courses/:courseId/notes/:noteId */
export function NotePage({ params: { courseId, noteId } }: PageProps<'note'>) {
  const { route: go } = useLocation()
  const scope = useScope(noteScope, noteId)
  const first = useLoad(noteId, () => getNote(noteId))
  const [renaming, setRenaming] = useState(false)
  // A note that is closed while it is read keeps its head; the desk says what happened.
  const latest = useRef<Note>(undefined)
  latest.current = scope.state.value?.note ?? latest.current ?? first.value?.note
  const note = latest.current
  usePageTitle(note?.title ?? t('notes.note'))

  const parent = { label: t('notes.title'), href: pathTo('notes', { courseId }) }
  const { problem } = first
  if (!note && problem && problem.code !== 'offline') {
    const gone = problem.code === 'not-found' || problem.code === 'not-allowed'
    return gone ? (
      <div class="stack">
        <PageHeader title={t('notes.goneTitle')} lead={t('notes.goneDetail')} />
        <div>
          <ButtonLink href={parent.href}>{t('notes.toNotes')}</ButtonLink>
        </div>
      </div>
    ) : (
      <ErrorState
        page
        title={t('notes.loadFailed')}
        detail={problemWords(problem)}
        requestId={problem.requestId}
        onRetry={first.reload}
      />
    )
  }
  if (!note && !problem) return <Skeleton form="page" />
  const title = note?.title ?? t('notes.note')
  const course = courses.value.find(one => one.id === courseId)
  return (
    <article class="note-page">
      <PageHeader
        title={title}
        parent={{ ...parent, label: course ? `${course.title}: ${parent.label}` : parent.label }}
        actions={
          note && (
            <Menu
              label={t('notes.menu', { title })}
              items={noteMenu({
                note,
                mayManage: first.value?.mayManage ?? false,
                onRename: () => setRenaming(true),
                onChanged: first.reload,
                onRemoved: () => go(parent.href),
                onPrint: () => print(),
              })}
            />
          )
        }
      />
      <NoteView noteId={noteId} title={title} mayWrite={first.value?.mayWrite ?? false} />
      {renaming && note && (
        <TitleDialog
          heading={t('notes.renameTitle')}
          verb={t('notes.save')}
          title={note.title}
          onClose={() => setRenaming(false)}
          onTitle={value => changeNote({ noteId: note.id, version: note.version, title: value })}
        />
      )}
    </article>
  )
}
