// What goes with the message that is being written: each file with how far it is, a way to give it up, and why one did not
// come. Says what is missing before it can be sent.
import { Check, RotateCw, X } from 'lucide-preact'
import { connection } from '#client/app/frame.ts'
import { formIcon } from '#client/features/files/icons.ts'
import { formWord, sizeWords } from '#client/features/files/store.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { Progress } from '#client/ui/Progress.tsx'
import type { Attach, Attached } from './attaching.ts'
import './attach.css'

export type AttachTrayProps = {
  readonly attach: Attach | undefined
  /** Sends the words while the files wait for a connection; absent where there are none. */
  readonly onWordsAlone?: (() => void) | undefined
}

/** Nothing while there are no files, unless the reader has just lost the right to send some. */
export function AttachTray({ attach, onWordsAlone }: AttachTrayProps) {
  if (!attach) return null
  const items = attach.attaching.items.value
  const { online } = connection.value
  const waits = !online && items.some(one => one.state.is !== 'done' && one.state.is !== 'failed')
  if (items.length === 0 && !attach.lost) return null
  return (
    <div class="attach">
      {items.length > 0 && (
        <ul class="attach-list" aria-label={t('channels.filesOf')}>
          {items.map(one => (
            <Line key={one.key} one={one} {...attach} />
          ))}
        </ul>
      )}
      {attach.lost && <p class="attach-words muted">{t('channels.noFilesAnyMore')}</p>}
      {waits && (
        <p class="attach-words muted">
          {t('channels.filesWait')}
          {onWordsAlone && (
            <Button size="small" onClick={onWordsAlone}>
              {t('channels.wordsAlone')}
            </Button>
          )}
        </p>
      )}
    </div>
  )
}

/** What becomes of files beside a post without a name. */
export function NamelessFiles({ attach }: { readonly attach: Attach | undefined }) {
  if (!attach || attach.attaching.items.value.length === 0) return null
  return <p class="attach-words muted">{t('channels.namelessFiles')}</p>
}

function wordsOf({ state, sent, size }: Attached): string {
  switch (state.is) {
    case 'waiting':
      return t('files.waiting')
    case 'broken':
      return t('files.broken', { sent: sizeWords(sent), size: sizeWords(size) })
    case 'sending':
      return t('files.sending', { percent: Math.floor((sent / size) * 100), size: sizeWords(size) })
    case 'done':
      return sizeWords(size)
    case 'failed':
      return state.detail
  }
}

function Line({ one, attaching }: Attach & { readonly one: Attached }) {
  const { key, name, form, preview, size, sent, state } = one
  const settled = state.is === 'done' || state.is === 'failed'
  return (
    <li class="attach-line" data-state={state.is}>
      {preview ? (
        <img class="attach-picture" src={preview} alt="" />
      ) : (
        <span class="attach-picture">
          <Icon as={formIcon(form)} size={20} />
        </span>
      )}
      <div class="attach-about">
        {settled ? (
          <>
            <span class="attach-name">
              <bdi>{name}</bdi>
            </span>
            <span class="attach-detail">
              {state.is === 'done' ? (
                <>
                  <Icon as={Check} label={t('files.done')} />
                  <span>
                    {formWord(form)}, {sizeWords(size)}
                  </span>
                </>
              ) : (
                wordsOf(one)
              )}
            </span>
          </>
        ) : (
          <Progress label={name} value={sent} max={size} words={wordsOf(one)} />
        )}
      </div>
      {state.is === 'failed' && state.again && (
        <IconButton icon={RotateCw} label={t('files.retry', { name })} onClick={() => attaching.retry(key)} />
      )}
      <IconButton
        icon={X}
        label={settled ? t('channels.dropFile', { name }) : t('files.cancel', { name })}
        onClick={() => attaching.drop(key)}
      />
    </li>
  )
}
