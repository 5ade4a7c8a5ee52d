// What a glossary is: its title, whether learners suggest entries, and whether its words are explained in pages.
import { useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox } from '#client/ui/Choice.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions } from '#client/ui/Form.tsx'
import { useSending } from '#client/ui/use-sending.ts'

export interface GlossaryWords {
  readonly title: string
  readonly intro: string
  readonly suggestions: boolean
  readonly linking: boolean
}

interface GlossaryFormProps {
  readonly words: GlossaryWords
  readonly save: string
  readonly onSave: (words: GlossaryWords) => Promise<unknown>
  readonly onClose: () => void
}

export function GlossaryForm({ words, save, onSave, onClose }: GlossaryFormProps) {
  const [{ title, intro, suggestions, linking }, setFields] = useState(words)
  const { errors, problem, busy, errorOf, send } = useSending(t('glossaries.conflict'))
  const set = (part: Partial<GlossaryWords>) => setFields(now => ({ ...now, ...part }))
  const wrong = () => (title.trim() === '' ? [{ name: 'title', message: t('glossaries.titleMissing') }] : [])
  const act = () => onSave({ title, intro, suggestions, linking })
  return (
    <Form onSubmit={() => void send(wrong(), act)} errors={errors} problem={problem}>
      <Field
        name="title"
        label={t('glossaries.title')}
        value={title}
        onValue={value => set({ title: value })}
        error={errorOf('title')}
        maxLength={200}
        autoFocus
      />
      <Field
        type="textarea"
        name="intro"
        label={t('glossaries.intro')}
        optional
        rows={3}
        value={intro}
        onValue={value => set({ intro: value })}
        maxLength={5_000}
      />
      <Checkbox
        label={t('glossaries.suggestions')}
        hint={t('glossaries.suggestionsHint')}
        checked={suggestions}
        onChecked={on => set({ suggestions: on })}
      />
      <Checkbox
        label={t('glossaries.linking')}
        hint={t('glossaries.linkingHint')}
        checked={linking}
        onChecked={on => set({ linking: on })}
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
