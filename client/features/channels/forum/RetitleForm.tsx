// Rewording one's own title in place.
import { useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions } from '#client/ui/Form.tsx'
import { topicCalls } from '#protocol/channels/topic-calls.ts'
import type { Topic } from '#protocol/channels/topics.ts'
import { act } from './store.ts'

/** One field and what saves it. */
export function RetitleForm({ topic, onDone }: { readonly topic: Topic; readonly onDone: () => void }) {
  const [title, setTitle] = useState(topic.title)
  const [busy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    const saved = await act(topicCalls.retitle, { topicId: topic.id, version: topic.version, title })
    setBusy(false)
    if (saved) onDone()
  }
  return (
    <Form onSubmit={() => void save()} label={t('forum.editTitle')}>
      <Field label={t('forum.titleField')} name="title" value={title} onValue={setTitle} maxLength={300} autoFocus />
      <FormActions>
        <Button onClick={onDone}>{t('ui.cancel')}</Button>
        <Button kind="primary" type="submit" busy={busy} disabled={title.trim() === ''}>
          {t('forum.save')}
        </Button>
      </FormActions>
    </Form>
  )
}
