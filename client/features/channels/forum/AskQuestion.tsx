// Asking in class: one line, and whether with one's name. Kept on this device until the server has it.
import { useState } from 'preact/hooks'
import { useDraft } from '#client/platform/drafts.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox } from '#client/ui/Choice.tsx'
import { Field } from '#client/ui/Field.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { Forum } from '#protocol/channels/topics.ts'
import { postTopic } from './store.ts'

export type AskQuestionProps = {
  readonly forum: Forum
  readonly moderator: boolean
  /** It is shown to everybody, or waits to be approved. */
  readonly onAsked: (stand: 'shown' | 'waiting') => void
}

/** The line and its button. */
export function AskQuestion({ forum, moderator, onAsked }: AskQuestionProps) {
  const [title, setTitle] = useDraft(`question in ${forum.channelId}`)
  const [anonymous, setAnonymous] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const ask = async () => {
    if (title.trim() === '') {
      setError(t('forum.postTitleMissing'))
      return
    }
    setError(undefined)
    setBusy(true)
    try {
      const { stand } = await postTopic({ channelId: forum.channelId, title, body: '', anonymous })
      setTitle('')
      showToast({ text: stand === 'waiting' ? t('forum.postedWaits') : t('forum.askedDone') })
      onAsked(stand)
    } catch (refused) {
      setError(problemWords(refused))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      class="qa-ask"
      onSubmit={event => {
        event.preventDefault()
        void ask()
      }}
    >
      <Field
        label={t('forum.askField')}
        name="question"
        value={title}
        onValue={setTitle}
        placeholder={t('forum.askPlaceholder')}
        maxLength={300}
        {...(error === undefined ? {} : { error })}
      />
      <div class="reply-form-foot">
        {forum.policy.anonymous && !moderator ? (
          <Checkbox label={t('forum.withoutName')} checked={anonymous} onChecked={setAnonymous} />
        ) : (
          <span />
        )}
        <Button kind="primary" type="submit" busy={busy}>
          {t('forum.ask')}
        </Button>
      </div>
      {forum.policy.approval && !moderator && <p class="muted">{t('forum.waitsHint')}</p>}
    </form>
  )
}
