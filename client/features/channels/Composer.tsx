// The line to write in: grows with the text, Enter sends, Shift and Enter makes a line. Also edits a message.
import { SendHorizontal } from 'lucide-preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'

const most = 4_000

export type ComposerProps = {
  /** The text to edit; an empty line to write in when left away. */
  readonly text?: string | undefined
  readonly onSend: (text: string) => void
  readonly onCancel?: (() => void) | undefined
  readonly onTyping?: (() => void) | undefined
  /** Arrow up in an empty line. */
  readonly onEditLast?: (() => void) | undefined
}

/** A text and what sends it. */
export function Composer({ text: before, onSend, onCancel, onTyping, onEditLast }: ComposerProps) {
  const [text, setText] = useState(before ?? '')
  const area = useRef<HTMLTextAreaElement>(null)
  const over = text.trim().length - most
  const ready = text.trim() !== '' && over <= 0

  useLayoutEffect(() => {
    const element = area.current
    if (!element) return
    element.style.blockSize = 'auto'
    element.style.blockSize = `${Math.min(160, element.scrollHeight + 2)}px`
  }, [text])

  useEffect(() => {
    if (before === undefined) return
    const element = area.current
    element?.focus()
    element?.setSelectionRange(before.length, before.length)
  }, [before])

  const send = () => {
    if (!ready) return
    onSend(text.trim())
    if (before === undefined) setText('')
  }

  return (
    <form
      class="composer"
      onSubmit={event => {
        event.preventDefault()
        send()
      }}
    >
      <textarea
        ref={area}
        class="field-input composer-text"
        rows={1}
        value={text}
        aria-label={before === undefined ? t('channels.write') : t('channels.editing')}
        aria-invalid={over > 0 || undefined}
        placeholder={t('channels.write')}
        enterkeyhint="send"
        onInput={event => {
          setText(event.currentTarget.value)
          onTyping?.()
        }}
        onKeyDown={event => {
          // Enter while an input method composes belongs to it.
          if (event.isComposing) return
          if (event.key === 'Enter' && !event.shiftKey) {
            event.preventDefault()
            send()
          } else if (event.key === 'Escape' && onCancel) {
            event.preventDefault()
            event.stopPropagation()
            onCancel()
          } else if (event.key === 'ArrowUp' && text === '' && onEditLast) {
            event.preventDefault()
            onEditLast()
          }
        }}
      />
      {onCancel ? (
        <div class="cluster composer-edit">
          <Button size="small" kind="quiet" onClick={onCancel}>
            {t('ui.cancel')}
          </Button>
          <Button size="small" kind="primary" type="submit" disabled={!ready}>
            {t('channels.save')}
          </Button>
        </div>
      ) : (
        <IconButton icon={SendHorizontal} label={t('channels.send')} disabled={!ready} onClick={send} />
      )}
      {over > 0 && <p class="composer-over">{t('channels.tooLong', { count: over })}</p>}
    </form>
  )
}
