// What a lesson is called, what it is about, and whether its pages are open in any order.
import { useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox } from '#client/ui/Choice.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions } from '#client/ui/Form.tsx'
import { useSending } from '#client/ui/use-sending.ts'

export interface LessonFormWords {
  readonly title: string
  readonly intro: string
  readonly anyOrder: boolean
}

interface LessonFormProps {
  readonly words: LessonFormWords
  readonly save: string
  readonly onSave: (words: LessonFormWords) => Promise<void>
  readonly onClose: () => void
}

export function LessonForm({ words: before, save, onSave, onClose }: LessonFormProps) {
  const [words, setWords] = useState(before)
  const { errors, problem, busy, errorOf, send } = useSending(t('lessons.conflict'))
  const wrong = () => (words.title.trim() === '' ? [{ name: 'title', message: t('lessons.titleMissing') }] : [])
  return (
    <Form onSubmit={() => void send(wrong(), () => onSave(words))} errors={errors} problem={problem}>
      <Field
        name="title"
        label={t('lessons.title')}
        value={words.title}
        onValue={title => setWords({ ...words, title })}
        error={errorOf('title')}
        maxLength={200}
        autoFocus
      />
      <Field
        type="textarea"
        name="intro"
        label={t('lessons.intro')}
        hint={t('lessons.introHint')}
        optional
        rows={3}
        value={words.intro}
        onValue={intro => setWords({ ...words, intro })}
        maxLength={5_000}
      />
      <Checkbox
        label={t('lessons.anyOrder')}
        hint={t('lessons.anyOrderHint')}
        checked={words.anyOrder}
        onChecked={anyOrder => setWords({ ...words, anyOrder })}
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
