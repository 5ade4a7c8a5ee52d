// Asks for the name of a file or folder.
import { useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form } from '#client/ui/Form.tsx'
import { fileName } from '#protocol/files.ts'

export interface NameDialogProps {
  readonly heading: string
  readonly verb: string
  readonly label: string
  readonly name: string
  readonly onClose: () => void
  /** Closes when it resolves; a refusal is said at the field. */
  readonly onName: (name: string) => Promise<unknown>
}

/** Mounted while it is open. */
export function NameDialog({ heading, verb, label, name: before, onClose, onName }: NameDialogProps) {
  const [name, setName] = useState(before)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()

  const send = async () => {
    if (!fileName.safeParse(name).success) {
      setError(name.trim() === '' ? t('files.nameMissing') : t('files.nameWrong'))
      return
    }
    setBusy(true)
    try {
      await onName(name.trim())
      onClose()
    } catch (problem) {
      setError(problemWords(problem))
      setBusy(false)
    }
  }

  return (
    <Dialog open onClose={onClose} title={heading}>
      <Form onSubmit={() => void send()} errors={error === undefined ? [] : [{ name: 'name', message: error }]}>
        <Field name="name" label={label} value={name} onValue={setName} error={error} maxLength={200} autoFocus />
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
