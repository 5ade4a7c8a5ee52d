// The notes of a course: its own, and those of its classes by date. Staff make, rename and remove them here.
import { NotebookPen, Plus, Search } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { courses } from '#client/app/frame.ts'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { weekdayAndDate } from '#client/platform/dates.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { realtime } from '#client/platform/realtime.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { Button } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Menu } from '#client/ui/Menu.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import { notesScope } from '#protocol/notes.ts'
import { noteMenu } from './note-menu.ts'
import { changeNote, createNote, type ListedNote, listNotes, notesTurn } from './store.ts'
import { TitleDialog } from './TitleDialog.tsx'
import './notes.css'

/** Fewer notes than this need no search. */
const searchFrom = 6

/** Notes in one answer, and how many more at each asking. */
const pageSize = 100

type Asking = { readonly is: 'nothing' } | { readonly is: 'new' } | { readonly is: 'rename'; readonly note: ListedNote }

/** Reads the list up to `count` notes. */
async function notesUpTo(courseId: string, count: number) {
  const items: ListedNote[] = []
  let after: string | undefined
  let mayCreate = false
  do {
    const page = await listNotes({ courseId, limit: pageSize, ...(after ? { after } : {}) })
    items.push(...page.items)
    mayCreate = page.mayCreate
    after = page.next
  } while (after && items.length < count)
  return { items, mayCreate, more: after !== undefined }
}

const fits = (note: ListedNote, words: string): boolean => {
  const asked = words.trim().toLocaleLowerCase()
  return `${note.title} ${note.excerpt}`.toLocaleLowerCase().includes(asked)
}

/** /courses/:courseId/notes */
export function NotesPage({ params: { courseId } }: PageProps<'notes'>) {
  const { route: go } = useLocation()
  const [count, setCount] = useState(pageSize)
  const [words, setWords] = useState('')
  const [asking, setAsking] = useState<Asking>({ is: 'nothing' })
  const { value, problem, reload } = useLoad(courseId, () => notesUpTo(courseId, count))
  useEffect(() => {
    if (count > pageSize) reload()
  }, [count])

  // Others make and name notes meanwhile. What they write moves no number: whoever comes back to the page sees it.
  const changes = useScope(notesScope, courseId).head.value
  const online = realtime().state.value
  const turn = notesTurn.value
  useEffect(() => {
    const again = () => {
      if (document.visibilityState === 'visible') reload()
    }
    if (online === 'online') again()
    document.addEventListener('visibilitychange', again)
    return () => document.removeEventListener('visibilitychange', again)
  }, [online, turn, changes, reload])

  const course = courses.value.find(one => one.id === courseId)
  const close = () => setAsking({ is: 'nothing' })
  const newButton = value?.mayCreate && (
    <Button kind="primary" icon={Plus} onClick={() => setAsking({ is: 'new' })}>
      {t('notes.newNote')}
    </Button>
  )
  const shown = value?.items.filter(note => fits(note, words)) ?? []
  const row = (note: ListedNote) => (
    <NoteRow key={note.id} note={note} onRename={() => setAsking({ is: 'rename', note })} onChanged={reload} />
  )
  const groups = [
    { title: t('notes.ofCourse'), notes: shown.filter(note => note.runId === null) },
    { title: t('notes.ofClasses'), notes: shown.filter(note => note.runId !== null) },
  ].filter(group => group.notes.length > 0)

  return (
    <div class="stack-loose notes-page">
      <PageHeader
        title={t('notes.title')}
        parent={{ label: course?.title ?? t('courses.courseTitle'), href: pathTo('course', { courseId }) }}
        actions={newButton}
      />
      {!value && problem && (
        <ErrorState
          title={t('notes.loadFailed')}
          detail={problemWords(problem)}
          requestId={problem.requestId}
          onRetry={reload}
        />
      )}
      {!value && !problem && <Skeleton form="rows" />}
      {value && value.items.length === 0 && (
        <EmptyState icon={NotebookPen} title={t('notes.empty')}>
          {t('notes.emptyDetail')}
        </EmptyState>
      )}
      {value && (value.items.length >= searchFrom || words !== '') && (
        <div class="notes-search">
          <Field
            type="search"
            name="search"
            label={t('notes.search')}
            labelHidden
            placeholder={t('notes.search')}
            value={words}
            onValue={setWords}
          />
        </div>
      )}
      {value && value.items.length > 0 && shown.length === 0 && (
        <EmptyState
          icon={Search}
          title={t('notes.noneFound')}
          action={<Button onClick={() => setWords('')}>{t('notes.clearSearch')}</Button>}
        >
          {t('notes.noneFoundDetail')}
        </EmptyState>
      )}
      {groups.map(group => (
        <Section key={group.title} title={group.title}>
          <List label={group.title}>{group.notes.map(row)}</List>
        </Section>
      ))}
      {value?.more && (
        <div>
          <Button onClick={() => setCount(count + pageSize)}>{t('notes.more')}</Button>
        </div>
      )}
      {asking.is === 'new' && (
        <TitleDialog
          heading={t('notes.newNote')}
          verb={t('notes.create')}
          hint={t('notes.newHint')}
          title=""
          onClose={close}
          onTitle={async title => {
            const { note } = await createNote({ courseId, title })
            go(pathTo('note', { courseId, noteId: note.id }))
          }}
        />
      )}
      {asking.is === 'rename' && (
        <TitleDialog
          heading={t('notes.renameTitle')}
          verb={t('notes.save')}
          title={asking.note.title}
          onClose={close}
          onTitle={async title => {
            await changeNote({ noteId: asking.note.id, version: asking.note.version, title })
            reload()
          }}
        />
      )}
    </div>
  )
}

interface NoteRowProps {
  readonly note: ListedNote
  readonly onRename: () => void
  readonly onChanged: () => void
}

function NoteRow({ note, onRename, onChanged }: NoteRowProps) {
  const { id: noteId, courseId, title, excerpt, writtenAt, runId, createdAt } = note
  return (
    <Row
      href={pathTo('note', { courseId, noteId })}
      start={<Icon as={NotebookPen} size={20} />}
      title={title}
      detail={
        <>
          <span class="note-row-when">
            {runId !== null && <>{weekdayAndDate(new Date(createdAt))} · </>}
            {writtenAt === null ? t('notes.unwritten') : <Changed at={writtenAt} />}
          </span>
          {excerpt && <span class="note-row-excerpt">{excerpt}</span>}
        </>
      }
      end={
        <Menu
          label={t('notes.menu', { title })}
          items={noteMenu({ note, mayManage: note.mayManage, onRename, onChanged })}
        />
      }
    />
  )
}

/** "Changed 5 minutes ago": the words around a time that goes on counting. */
function Changed({ at }: { readonly at: string }) {
  const [before, after] = t('notes.changedAt', { when: '\u0000' }).split('\u0000')
  return (
    <>
      {before}
      <Time at={at} />
      {after}
    </>
  )
}
