// What a page of a lesson is called: a new one, or another name for one.
import { useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions } from '#client/ui/Form.tsx'

interface PageTitleDialogProps {
  readonly title: string
  readonly save: string
  readonly before?: string | undefined
  readonly onSave: (title: string) => Promise<void>
  readonly onClose: () => void
}

export function PageTitleDialog({ title: heading, save, before = '', onSave, onClose }: PageTitleDialogProps) {
  const [title, setTitle] = useState(before)
  const [missing, setMissing] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const wrong = missing && title.trim() === '' ? t('lessons.titleMissing') : undefined
  const send = async () => {
    setProblem(undefined)
    setMissing(title.trim() === '')
    if (title.trim() === '') return
    setBusy(true)
    try {
      await onSave(title)
    } catch (error) {
      setProblem(problemWords(error))
      setBusy(false)
    }
  }
  return (
    <Dialog open onClose={onClose} title={heading}>
      <Form
        onSubmit={() => void send()}
        errors={wrong === undefined ? [] : [{ name: 'title', message: wrong }]}
        problem={problem}
      >
        <Field
          name="title"
          label={t('lessons.pageTitle')}
          value={title}
          onValue={setTitle}
          error={wrong}
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
    </Dialog>
  )
}
