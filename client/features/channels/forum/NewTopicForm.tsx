// Beginning a topic: a title, a text, whether with one's name. What is typed is kept on this device until it is posted.
import { useState } from 'preact/hooks'
import { DropPlace } from '#client/features/files/PickFiles.tsx'
import { useDraft } from '#client/platform/drafts.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox } from '#client/ui/Choice.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions, type FormError } from '#client/ui/Form.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { Forum, TopicId } from '#protocol/channels/topics.ts'
import { AttachButton } from '../attach/AttachButton.tsx'
import { AttachTray, NamelessFiles } from '../attach/AttachTray.tsx'
import { useAttach } from '../attach/attaching.ts'
import { takeFiles } from '../attach/taking.ts'
import { postTopic } from './store.ts'

export type NewTopicFormProps = {
  readonly forum: Forum
  readonly moderator: boolean
  /** The new topic, or that it waits for approval. */
  readonly onPosted: (topicId: TopicId, stand: 'shown' | 'waiting') => void
  readonly onCancel: () => void
}

/** A form for one topic. */
export function NewTopicForm({ forum, moderator, onPosted, onCancel }: NewTopicFormProps) {
  const place = `topic in ${forum.channelId}`
  const [title, setTitle] = useDraft(`${place} title`)
  const [body, setBody] = useDraft(`${place} body`)
  const [anonymous, setAnonymous] = useState(false)
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const error = errors[0]?.message
  const attach = useAttach(forum.channelId, place)
  const brings = attach?.attaching.items.value ?? []
  const whole = brings.length === 0 || (attach?.may === true && attach.attaching.ready())

  const post = async () => {
    setProblem(undefined)
    if (title.trim() === '') {
      setErrors([{ name: 'title', message: t('forum.postTitleMissing') }])
      return
    }
    setErrors([])
    setBusy(true)
    const files = attach?.attaching.take() ?? []
    try {
      const { topicId, stand } = await postTopic({
        ...{ channelId: forum.channelId, title, body, anonymous },
        ...(files.length > 0 ? { files } : {}),
      })
      setTitle('')
      setBody('')
      showToast({ text: stand === 'waiting' ? t('forum.postedWaits') : t('forum.posted') })
      onPosted(topicId, stand)
    } catch (refused) {
      setProblem(problemWords(refused))
      attach?.attaching.giveBack(files)
    } finally {
      setBusy(false)
    }
  }

  return (
    <Form
      label={t('forum.newTopic')}
      onSubmit={() => void post()}
      {...(errors.length > 0 ? { errors } : {})}
      {...(problem === undefined ? {} : { problem })}
    >
      <Field
        label={t('forum.titleField')}
        name="title"
        value={title}
        onValue={setTitle}
        hint={t('forum.titleHint')}
        maxLength={300}
        autoFocus
        {...(error === undefined ? {} : { error })}
      />
      <Field
        type="textarea"
        label={t('forum.bodyField')}
        name="body"
        value={body}
        onValue={setBody}
        rows={6}
        maxLength={4_000}
        optional
      />
      <DropPlace fits words={t('channels.dropToSend')} onFiles={files => takeFiles(files, attach)}>
        <div class="topic-files">
          <AttachButton attach={attach} named />
          <AttachTray attach={attach} />
          {anonymous && <NamelessFiles attach={attach} />}
        </div>
      </DropPlace>
      {forum.policy.anonymous && !moderator && (
        <Checkbox
          label={t('forum.withoutName')}
          hint={t('forum.withoutNameHint')}
          checked={anonymous}
          onChecked={setAnonymous}
        />
      )}
      {forum.policy.approval && !moderator && <p class="muted">{t('forum.waitsHint')}</p>}
      <FormActions>
        <Button onClick={onCancel}>{t('ui.cancel')}</Button>
        <Button kind="primary" type="submit" busy={busy} disabled={!whole}>
          {t('forum.post')}
        </Button>
      </FormActions>
      {(title !== '' || body !== '') && <p class="muted topic-draft">{t('forum.draftKept')}</p>}
    </Form>
  )
}
