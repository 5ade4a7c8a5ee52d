// Refuses a wish to be erased: the person reads why.
import { useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions } from '#client/ui/Form.tsx'
import { type Erasure, privacyRoutes } from '#protocol/privacy.ts'

interface RefuseDialogProps {
  readonly erasure: Pick<Erasure, 'id' | 'name'>
  readonly onClose: () => void
  readonly onDone: () => void
}

export function RefuseDialog({ erasure: { id, name }, onClose, onDone }: RefuseDialogProps) {
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const send = async () => {
    if (busy) return
    if (reason.trim() === '') return setProblem(t('privacy.needReason'))
    setBusy(true)
    try {
      await request(privacyRoutes.refuseErasure, { erasureId: id, reason })
      onDone()
    } catch (error) {
      setProblem(problemWords(error))
      setBusy(false)
    }
  }
  return (
    <Dialog open onClose={onClose} title={t('privacy.refuseTitle', { name })}>
      <Form onSubmit={() => void send()} errors={problem ? [{ name: 'reason', message: problem }] : []}>
        <Field
          name="reason"
          label={t('privacy.reason')}
          hint={t('privacy.refuseLead', { name })}
          maxLength={300}
          value={reason}
          onValue={setReason}
          autocomplete="off"
          autoFocus
          error={problem}
        />
        <FormActions>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" kind="primary" busy={busy}>
            {t('privacy.refuse')}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
