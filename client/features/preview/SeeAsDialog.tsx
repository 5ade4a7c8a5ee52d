// Why an administrator sees Lectern as a person: asked before it begins, kept in the audit log, told to the person.
import { useState } from 'preact/hooks'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions, type FormError } from '#client/ui/Form.tsx'
import type { AccountId } from '#protocol/base/ids.ts'
import { viewMinutes } from '#protocol/preview.ts'
import { seeAs } from './store.ts'

interface SeeAsDialogProps {
  readonly person: { readonly accountId: AccountId; readonly name: string }
  readonly onClose: () => void
}

export function SeeAsDialog({ person: { accountId, name }, onClose }: SeeAsDialogProps) {
  const [reason, setReason] = useState('')
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const begin = async () => {
    if (busy) return
    const missing = reason.trim() === '' ? [{ name: 'reason', message: t('preview.needReason') }] : []
    setErrors(missing)
    setProblem(undefined)
    if (missing.length > 0) return
    setBusy(true)
    try {
      await seeAs(accountId, reason)
    } catch (error) {
      // Whatever is no answer of the server is this tab, which keeps nothing.
      setProblem(error instanceof ClientProblem ? problemWords(error) : t('preview.noStorage'))
      setBusy(false)
    }
  }
  return (
    <Dialog open onClose={onClose} title={t('preview.seeAsTitle', { name })}>
      <Form onSubmit={() => void begin()} errors={errors} problem={problem}>
        <p>{t('preview.seeAsLead', { name, minutes: viewMinutes })}</p>
        <p class="muted">{t('preview.seeAsNot')}</p>
        <Field
          name="reason"
          label={t('preview.reason')}
          hint={t('preview.reasonHint', { name })}
          maxLength={200}
          value={reason}
          onValue={setReason}
          autocomplete="off"
          autoFocus
          error={errors[0]?.message}
        />
        <FormActions>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t('preview.seeAsStart')}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
