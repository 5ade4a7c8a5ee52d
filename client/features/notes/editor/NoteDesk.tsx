// A note on the desk: its document opened, what became of the writing in one line, who is here, the text. The heavy half
// of a note, a chunk of its own.
import { useComputed } from '@preact/signals'
import type { Editor } from '@tiptap/core'
import { CloudOff, LogIn, NotebookPen, TriangleAlert } from 'lucide-preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import type { CloseReason } from '#client/platform/document-state.ts'
import { type OpenDocument, openDocument } from '#client/platform/documents.ts'
import { type PlainTextKey, t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { CopyButton } from '#client/ui/CopyButton.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { announce } from '#client/ui/LiveRegion.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { noteField } from '#protocol/notes.ts'
import { colorOf } from './color.ts'
import { PeopleHere } from './PeopleHere.tsx'
import { SavedText } from './SavedText.tsx'
import { StateLine } from './StateLine.tsx'
import { TextEditor } from './TextEditor.tsx'
import './desk.css'

export interface NoteDeskProps {
  readonly noteId: string
  readonly title: string
  readonly me: { readonly id: string; readonly name: string }
  /** What HTTP said about the right to write, until the document itself says it. */
  readonly mayWrite: boolean
}

export function NoteDesk({ noteId, title, me, mayWrite }: NoteDeskProps) {
  const [open, setOpen] = useState<OpenDocument>()
  useEffect(() => {
    const opened = openDocument(noteId, { id: me.id, name: me.name, color: colorOf(me.id) })
    setOpen(opened)
    return () => {
      setOpen(undefined)
      opened.close()
    }
  }, [noteId, me.id, me.name])
  return (
    <section class="note-desk" aria-label={title}>
      {open ? (
        <Desk open={open} noteId={noteId} title={title} meId={me.id} said={mayWrite} />
      ) : (
        <Skeleton form="text" />
      )}
    </section>
  )
}

interface DeskProps {
  readonly open: OpenDocument
  readonly noteId: string
  readonly title: string
  readonly meId: string
  readonly said: boolean
}

function Desk({ open, noteId, title, meId, said }: DeskProps) {
  const [editor, setEditor] = useState<Editor>()
  const copy = open.copy.value
  const state = open.state.value
  const granted = open.mayWrite.value
  const mayWrite = granted ?? said
  const draft = open.draft.value

  // An empty page before the text is here would be written over it.
  const was = useRef<typeof copy>(undefined)
  const received = state.is === 'synced' || state.is === 'saving' || state.is === 'saved'
  if (received) was.current = copy
  const here = useComputed(() => (open.copy.value?.doc.getXmlFragment(noteField).length ?? 0) > 0)
  const ready = copy !== undefined && (was.current === copy || here.value)

  const before = useRef(granted)
  useEffect(() => {
    if (before.current !== undefined && granted !== undefined && before.current !== granted)
      announce(granted ? t('notes.becameWriter') : t('notes.becameReader'))
    before.current = granted
  }, [granted])

  const draftBanner = draft && (
    <Banner
      tone="warn"
      title={t('notes.draftTitle')}
      action={
        <>
          <CopyButton text={draft.words} label={t('notes.draftCopy')} kind="plain" />
          <Button kind="quiet" size="small" onClick={open.dropDraft}>
            {t('notes.draftDrop')}
          </Button>
        </>
      }
    >
      {t('notes.draftDetail')}
      <blockquote class="note-draft">{draft.words}</blockquote>
    </Banner>
  )
  if (state.is === 'closed') {
    return (
      <>
        {draftBanner}
        <Closed why={state.why} onRetry={open.retry} />
      </>
    )
  }
  if (open.blocked.value) {
    return (
      <>
        {draftBanner}
        <Banner
          tone="warn"
          action={
            <Button size="small" onClick={open.retry}>
              {t('notes.tryAgain')}
            </Button>
          }
        >
          {t('notes.blocked')}
        </Banner>
        <SavedText noteId={noteId} />
      </>
    )
  }
  return (
    <>
      {draftBanner}
      <div class="note-bar">
        <StateLine state={state} mayWrite={mayWrite} />
        {copy && <PeopleHere copy={copy} editor={editor} meId={meId} />}
      </div>
      {ready ? (
        <TextEditor
          key={copy.doc.guid}
          copy={copy}
          title={title}
          meId={meId}
          mayWrite={mayWrite}
          onEditor={setEditor}
        />
      ) : state.is === 'offline' ? (
        <EmptyState icon={CloudOff} title={t('notes.notHere')}>
          {t('notes.notHereDetail')}
        </EmptyState>
      ) : (
        <Skeleton form="text" />
      )}
    </>
  )
}

const closings: { readonly [W in CloseReason]: { readonly title: PlainTextKey; readonly detail: PlainTextKey } } = {
  gone: { title: 'notes.goneTitle', detail: 'notes.goneDetail' },
  'signed-out': { title: 'notes.signedOutTitle', detail: 'notes.signedOutDetail' },
  'too-large': { title: 'notes.tooLargeTitle', detail: 'notes.tooLargeDetail' },
  fault: { title: 'notes.faultTitle', detail: 'notes.faultDetail' },
}

function Closed({ why, onRetry }: { readonly why: CloseReason; readonly onRetry: () => void }) {
  const { title, detail } = closings[why]
  useEffect(() => announce(`${t(title)}. ${t(detail)}`, 'assertive'), [title, detail])
  const icon = why === 'signed-out' ? LogIn : why === 'gone' ? NotebookPen : TriangleAlert
  return (
    <EmptyState
      icon={icon}
      title={t(title)}
      action={
        why === 'signed-out' ? (
          <ButtonLink href={pathTo('signIn', {}, { next: location.pathname })}>{t('app.signIn')}</ButtonLink>
        ) : (
          why !== 'gone' && <Button onClick={onRetry}>{t('notes.openAgain')}</Button>
        )
      }
    >
      {t(detail)}
    </EmptyState>
  )
}
