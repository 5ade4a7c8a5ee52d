// The words of a link, to make one or to change it. What is typed as an address is taken as a browser would take it.
import { useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, type FormError } from '#client/ui/Form.tsx'
import { webAddress } from './address.ts'

export interface LinkWords {
  readonly title: string
  readonly address: string
  readonly note: string
}

interface LinkFormProps {
  readonly words: LinkWords
  readonly save: string
  readonly onSave: (words: LinkWords) => Promise<unknown>
  readonly onClose: () => void
}

export function LinkForm({ words, save, onSave, onClose }: LinkFormProps) {
  const [fields, setFields] = useState(words)
  const [busy, setBusy] = useState(false)
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const set = (key: keyof LinkWords) => (value: string) => setFields(now => ({ ...now, [key]: value }))
  const errorOf = (name: string) => errors.find(one => one.name === name)?.message

  const send = async () => {
    const address = webAddress(fields.address)
    const wrong: FormError[] = []
    if (!address) wrong.push({ name: 'address', message: t('links.addressWrong') })
    if (fields.title.trim() === '') wrong.push({ name: 'title', message: t('links.titleMissing') })
    setErrors(wrong)
    if (!address || wrong.length > 0) return
    setBusy(true)
    try {
      await onSave({ ...fields, address })
    } catch (error) {
      setErrors([{ name: 'address', message: problemWords(error) }])
      setBusy(false)
    }
  }
  return (
    <Form onSubmit={send} errors={errors}>
      <Field
        name="address"
        label={t('links.address')}
        hint={t('links.addressHint')}
        inputMode="url"
        value={fields.address}
        onValue={set('address')}
        error={errorOf('address')}
        maxLength={2_000}
        autoFocus
      />
      <Field
        name="title"
        label={t('links.linkTitle')}
        value={fields.title}
        onValue={set('title')}
        error={errorOf('title')}
        maxLength={200}
      />
      <Field
        type="textarea"
        name="note"
        label={t('links.note')}
        optional
        rows={3}
        value={fields.note}
        onValue={set('note')}
        maxLength={2_000}
      />
      <div class="form-actions">
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button kind="primary" type="submit" busy={busy}>
          {save}
        </Button>
      </div>
    </Form>
  )
}
