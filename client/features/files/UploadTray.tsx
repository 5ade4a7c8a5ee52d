// The tray: what is being uploaded, how far and how fast, with a way to give it up or try again. Stays over every page
// until the reader puts it away, so that nobody has to wait where they began.
import { Check, ChevronDown, ChevronUp, RotateCw, X } from 'lucide-preact'
import { useRef, useState } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { t } from '#client/platform/texts.ts'
import { Icon } from '#client/ui/Icon.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { Progress } from '#client/ui/Progress.tsx'
import { useLift } from '#client/ui/use-lift.ts'
import { MoreRoom } from './MoreRoom.tsx'
import { sizeWords } from './store.ts'
import { allTransfers, clearUploads, dropUpload, openTransfers, retryUpload, type Transfer } from './uploads.ts'
import './files.css'

export function UploadTray() {
  // In the hand it is one line until something fails: there is no room beside what is done meanwhile.
  const [chosen, setChosen] = useState<'small' | 'large' | undefined>(undefined)
  const tray = useRef<HTMLElement>(null)
  const all = allTransfers.value
  const open = openTransfers.value
  const done = all.filter(one => one.state.is === 'done').length
  const failed = all.length - done - open.length
  const small = chosen === undefined ? failed === 0 && matchMedia('(width < 48rem)').matches : chosen === 'small'
  const lift = useLift(tray, all.length === 0 ? '' : `${all.length} ${small}`, 'every screen')
  if (all.length === 0) return null
  const title =
    open.length > 0
      ? t('files.uploading', { count: open.length })
      : failed > 0
        ? t('files.uploadedSome', { done, count: failed })
        : t('files.uploaded', { count: done })
  return (
    <section
      ref={tray}
      class="upload-tray"
      style={{ transform: lift === 0 ? undefined : `translateY(${-lift}px)` }}
      aria-label={t('files.uploads')}
    >
      <header class="upload-tray-head">
        <h2>{title}</h2>
        <IconButton
          icon={small ? ChevronUp : ChevronDown}
          label={small ? t('files.showTray') : t('files.hideTray')}
          onClick={() => setChosen(small ? 'large' : 'small')}
        />
        {open.length === 0 && <IconButton icon={X} label={t('files.closeTray')} onClick={clearUploads} />}
      </header>
      {!small && (
        <ul class="upload-tray-list">
          {all.map(one => (
            <Line key={one.key} transfer={one} />
          ))}
        </ul>
      )}
    </section>
  )
}

function wordsOf({ state, sent, size }: Transfer): string {
  switch (state.is) {
    case 'waiting':
      return t('files.waiting')
    case 'broken':
      return t('files.broken', { sent: sizeWords(sent), size: sizeWords(size) })
    case 'sending': {
      const percent = Math.floor((sent / size) * 100)
      return state.speed > 0
        ? t('files.sendingAt', { percent, speed: sizeWords(state.speed) })
        : t('files.sending', { percent, size: sizeWords(size) })
    }
    case 'done':
      return state.file.number > 1 ? t('files.newVersion', { number: state.file.number }) : sizeWords(size)
    case 'failed':
      return state.detail
  }
}

function Line({ transfer }: { readonly transfer: Transfer }) {
  const { key, name, sent, size, state, courseId } = transfer
  const words = wordsOf(transfer)
  return (
    <li class="upload-line" data-state={state.is}>
      <div class="upload-words">
        {state.is === 'done' ? (
          <>
            <a class="upload-name" href={pathTo('file', { courseId, fileId: state.file.id })}>
              {state.file.name}
            </a>
            <span class="upload-detail">{words}</span>
          </>
        ) : state.is === 'failed' ? (
          <>
            <span class="upload-name">{name}</span>
            <span class="upload-detail">{words}</span>
            {state.noRoom && <MoreRoom courseId={courseId} onRetry={() => retryUpload(key)} />}
          </>
        ) : (
          <Progress label={name} value={sent} max={size} words={words} />
        )}
      </div>
      {state.is === 'done' && <Icon as={Check} size={20} label={t('files.done')} />}
      {state.is === 'failed' && (
        <IconButton icon={RotateCw} label={t('files.retry', { name })} onClick={() => retryUpload(key)} />
      )}
      {state.is !== 'done' && (
        <IconButton icon={X} label={t('files.cancel', { name })} onClick={() => dropUpload(key)} />
      )}
    </li>
  )
}
