// What a forum in the outline is called.
import { useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions } from '#client/ui/Form.tsx'
import { useSending } from '#client/ui/use-sending.ts'

export type ForumFormProps = {
  readonly title: string
  readonly save: string
  readonly onSave: (title: string) => Promise<unknown>
  readonly onClose: () => void
}

/** One field and what saves it. */
export function ForumForm({ title: before, save, onSave, onClose }: ForumFormProps) {
  const [title, setTitle] = useState(before)
  const { errors, problem, busy, errorOf, send } = useSending(t('forum.conflict'))
  const wrong = () => (title.trim() === '' ? [{ name: 'title', message: t('forum.postTitleMissing') }] : [])
  return (
    <Form onSubmit={() => void send(wrong(), () => onSave(title))} errors={errors} problem={problem}>
      <Field
        name="title"
        label={t('forum.titleField')}
        value={title}
        onValue={setTitle}
        error={errorOf('title')}
        maxLength={200}
        autoFocus
      />
      <FormActions>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button kind="primary" type="submit" busy={busy}>
          {save}
        </Button>
      </FormActions>
    </Form>
  )
}
