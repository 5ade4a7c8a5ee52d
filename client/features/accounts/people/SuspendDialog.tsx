// Asks before somebody is suspended: it ends what they have open at once. The reason stands in the audit log.
import { useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions } from '#client/ui/Form.tsx'
import type { SitePerson } from '#protocol/accounts/people.ts'
import { type Acts, suspendNow } from './acts.ts'

interface SuspendDialogProps {
  readonly person: SitePerson
  readonly acts: Acts
  readonly onClose: () => void
  readonly onDone: () => void
}

export function SuspendDialog({ person, acts, onClose, onDone }: SuspendDialogProps) {
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const { name } = person
  const suspend = async () => {
    if (busy) return
    setBusy(true)
    try {
      await suspendNow(acts, person, reason.trim())
      onDone()
    } catch (error) {
      setProblem(problemWords(error))
      setBusy(false)
    }
  }
  return (
    <Dialog open onClose={onClose} title={t('people.suspendSure', { name })}>
      <Form onSubmit={() => void suspend()} problem={problem}>
        <p>{t('people.suspendLead', { name })}</p>
        <p>{t('people.suspendKept', { name })}</p>
        <Field
          name="reason"
          label={t('people.suspendReason')}
          hint={t('people.suspendReasonHint', { name })}
          maxLength={300}
          value={reason}
          onValue={setReason}
          autocomplete="off"
        />
        <FormActions>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="danger" type="submit" busy={busy}>
            {t('people.suspend')}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
