// Asks for the title of a note, a new one or an old one.
import { useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form } from '#client/ui/Form.tsx'

export interface TitleDialogProps {
  /** What it is for: the heading, and the word on the button. */
  readonly heading: string
  readonly verb: string
  readonly hint?: string | undefined
  readonly title: string
  readonly onClose: () => void
  /** Closes when it resolves; a refusal is said at the field. */
  readonly onTitle: (title: string) => Promise<unknown>
}

/** Mounted while it is open. */
export function TitleDialog({ heading, verb, hint, title: before, onClose, onTitle }: TitleDialogProps) {
  const [title, setTitle] = useState(before)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()

  const send = async () => {
    if (title.trim() === '') {
      setError(t('notes.titleMissing'))
      return
    }
    setBusy(true)
    try {
      await onTitle(title.trim())
      onClose()
    } catch (problem) {
      setError(problemWords(problem))
      setBusy(false)
    }
  }

  return (
    <Dialog open onClose={onClose} title={heading}>
      <Form onSubmit={() => void send()} errors={error === undefined ? [] : [{ name: 'title', message: error }]}>
        <Field
          name="title"
          label={t('notes.newTitle')}
          hint={hint}
          value={title}
          onValue={value => {
            setTitle(value)
            setError(undefined)
          }}
          error={error}
          maxLength={200}
          autoFocus
        />
        <div class="form-actions">
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {verb}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
