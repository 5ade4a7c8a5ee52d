// The line at the foot of a topic: a reply, kept on this device until it is sent, and shown while it is on its way.
import { SendHorizontal } from 'lucide-preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox } from '#client/ui/Choice.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { ForumPolicy, TopicId } from '#protocol/channels/topics.ts'
import { useDraft } from './draft.ts'
import { postReply } from './store.ts'

export type ReplyFormProps = {
  readonly topicId: TopicId
  readonly policy: ForumPolicy
  readonly moderator: boolean
  /** A reply that waits for approval was sent. */
  readonly onWaiting: () => void
}

/** A text and what sends it; Control or Command with Enter sends too. */
export function ReplyForm({ topicId, policy, moderator, onWaiting }: ReplyFormProps) {
  const [text, setText] = useDraft(`reply to ${topicId}`)
  const [anonymous, setAnonymous] = useState(false)
  const area = useRef<HTMLTextAreaElement>(null)
  const ready = text.trim() !== ''

  useEffect(() => {
    const element = area.current
    if (!element) return
    element.style.blockSize = 'auto'
    element.style.blockSize = `${Math.min(320, Math.max(72, element.scrollHeight + 2))}px`
  }, [text])

  const send = () => {
    if (!ready) return
    const sent = text.trim()
    setText('')
    area.current?.focus()
    postReply({ topicId, text: sent, anonymous }).then(
      ({ stand }) => {
        if (stand === 'shown') return
        showToast({ text: t('forum.postedWaits') })
        onWaiting()
      },
      (refused: unknown) => {
        showToast({ text: problemWords(refused), tone: 'bad' })
        setText(sent)
      },
    )
  }

  return (
    <form
      class="reply-form"
      onSubmit={event => {
        event.preventDefault()
        send()
      }}
    >
      <textarea
        ref={area}
        class="field-input"
        rows={3}
        value={text}
        maxLength={4_000}
        aria-label={t('forum.write')}
        placeholder={t('forum.write')}
        onInput={event => setText(event.currentTarget.value)}
        onKeyDown={event => {
          if (event.key !== 'Enter' || event.isComposing || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          send()
        }}
      />
      <div class="reply-form-foot">
        {policy.anonymous && !moderator ? (
          <Checkbox label={t('forum.withoutNameReply')} checked={anonymous} onChecked={setAnonymous} />
        ) : (
          <span />
        )}
        <Button kind="primary" type="submit" icon={SendHorizontal} disabled={!ready}>
          {t('forum.reply')}
        </Button>
      </div>
      {policy.approval && !moderator && <p class="muted">{t('forum.waitsHint')}</p>}
    </form>
  )
}
