// The files of a draft: those that are there, those on their way with how far they are, and the way to add more.
import { Mic, RotateCw, X } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { formIcon } from '#client/features/files/icons.ts'
import { MoreRoom } from '#client/features/files/MoreRoom.tsx'
import { DropPlace, PickFiles } from '#client/features/files/PickFiles.tsx'
import { RecordDialog } from '#client/features/files/RecordDialog.tsx'
import { attempt, formWord } from '#client/features/files/store.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { Progress } from '#client/ui/Progress.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { SubmissionFile } from '#protocol/assignments/submissions.ts'
import type { Takes } from '#protocol/assignments.ts'
import type { FileForm } from '#protocol/files.ts'
import { isSending, type Outgoing, outgoing, sendAgain, sendFiles, stopSending } from './sending.ts'
import { fileUrl, type OfAssignment, removeFile, restoreFile } from './store.ts'
import { sizeWords } from './words.ts'

/** What the device's own choice offers first; what something is, is read from its bytes. */
const offered: { readonly [F in FileForm]: string } = {
  image: 'image/*',
  audio: 'audio/*',
  video: 'video/*',
  pdf: 'application/pdf',
  text: 'text/*',
  other: '',
}

interface WorkFilesProps {
  readonly of: OfAssignment
  readonly takes: Takes
  readonly files: readonly SubmissionFile[]
  readonly onChanged: () => void
}

export function WorkFiles({ of, takes, files, onChanged }: WorkFilesProps) {
  const coming = outgoing.value.filter(one => one.assignmentId === of.assignmentId)
  const left = takes.most - files.length - coming.filter(isSending).length
  const accept =
    takes.forms.length === 0 || takes.forms.includes('other') ? undefined : takes.forms.map(one => offered[one]).join()
  const records = takes.forms.length === 0 || takes.forms.some(one => one === 'audio' || one === 'video')
  const [recording, setRecording] = useState(false)
  const take = (picked: readonly File[]) => sendFiles(of, picked, { takes, left, onDone: onChanged })

  const remove = async (file: SubmissionFile) => {
    if (!(await attempt(() => removeFile(of, file.id)))) return
    onChanged()
    showToast({
      text: t('assignments.fileOut', { name: file.name }),
      onUndo: () => void attempt(() => restoreFile(of, file.id)).then(onChanged),
    })
  }

  return (
    <DropPlace onFiles={take}>
      <section class="stack-tight" aria-label={t('assignments.yourFiles')}>
        <p class="field-label" aria-hidden="true">
          {t('assignments.yourFiles')}
        </p>
        {files.length + coming.length > 0 && (
          <ul class="work-files">
            {files.map(file => (
              <li key={file.id} class="work-file">
                <Icon as={formIcon(file.form)} size={20} />
                <a class="work-file-name" href={fileUrl(file.id, 'inline')} target="_blank" rel="noopener" dir="auto">
                  {file.name}
                </a>
                <span class="muted figures">{sizeWords(file.size)}</span>
                <IconButton
                  icon={X}
                  label={t('assignments.fileMenu', { name: file.name })}
                  onClick={() => void remove(file)}
                />
              </li>
            ))}
            {coming.map(one => (
              <Coming key={one.key} one={one} />
            ))}
          </ul>
        )}
        <div class="cluster">
          {left > 0 && (
            <>
              <PickFiles label={t('assignments.addFiles')} accept={accept} one={takes.most === 1} onFiles={take} />
              {records && (
                <Button icon={Mic} onClick={() => setRecording(true)}>
                  {t('files.record')}
                </Button>
              )}
            </>
          )}
          <p class="muted">
            {t('assignments.filesLimit', { count: takes.most, size: sizeWords(takes.largest) })}{' '}
            {takes.forms.length > 0 && t('assignments.filesKinds', { kinds: takes.forms.map(formWord).join(', ') })}
          </p>
        </div>
        {recording && (
          <RecordDialog
            onClose={() => setRecording(false)}
            onFile={file => {
              setRecording(false)
              take([file])
            }}
          />
        )}
      </section>
    </DropPlace>
  )
}

function wordsOf({ state, sent, size }: Outgoing): string {
  switch (state.is) {
    case 'waiting':
      return t('assignments.fileWaiting')
    case 'broken':
      return t('assignments.fileBroken')
    case 'sending':
      return t('assignments.fileSending', { percent: Math.floor((sent / size) * 100), size: sizeWords(size) })
    case 'failed':
      return state.detail
  }
}

function Coming({ one }: { readonly one: Outgoing }) {
  const { key, name, sent, size, state } = one
  return (
    <li class="work-file" data-state={state.is}>
      {state.is === 'failed' ? (
        <div class="work-file-name">
          <span dir="auto">{name}</span>
          <p class="field-error" role="alert">
            {state.detail}
          </p>
          {state.noRoom && <MoreRoom courseId={one.courseId} onRetry={() => sendAgain(key)} />}
        </div>
      ) : (
        <div class="work-file-name">
          <Progress label={name} value={sent} max={size} words={wordsOf(one)} />
        </div>
      )}
      {state.is === 'failed' && !state.final && (
        <IconButton icon={RotateCw} label={t('assignments.fileRetry', { name })} onClick={() => sendAgain(key)} />
      )}
      <IconButton icon={X} label={t('assignments.fileCancel', { name })} onClick={() => stopSending(key)} />
    </li>
  )
}
