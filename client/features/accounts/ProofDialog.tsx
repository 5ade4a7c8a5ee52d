// A small act that asks for the password first. Whoever has none must have signed in just now: the server says so.
import { useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions } from '#client/ui/Form.tsx'
import { errorOf, noRefusal, type Refusal, refusalOf } from './form-errors.ts'
import { me } from './store.ts'

interface ProofDialogProps {
  readonly title: string
  readonly lead: string
  /** The word on the button. */
  readonly action: string
  readonly danger?: boolean
  readonly onClose: () => void
  /** Does it with the password, or with nothing; throws what refuses it. */
  readonly act: (proof: { password?: string }) => Promise<void>
}

export function ProofDialog({ title, lead, action, danger = false, onClose, act }: ProofDialogProps) {
  const asks = me.value?.hasPassword !== false
  const [password, setPassword] = useState('')
  const [refusal, setRefusal] = useState<Refusal>(noRefusal)
  const [busy, setBusy] = useState(false)
  const send = async () => {
    if (busy) return
    if (asks && password === '')
      return setRefusal({ errors: [{ name: 'password', message: t('accounts.needPassword') }], problem: undefined })
    setBusy(true)
    try {
      await act(asks ? { password } : {})
    } catch (error) {
      setRefusal(refusalOf(error, ['password']))
      setBusy(false)
    }
  }
  return (
    <Dialog open onClose={onClose} title={title}>
      <Form onSubmit={() => void send()} {...refusal}>
        <p class="muted">{lead}</p>
        {asks && (
          <Field
            type="password"
            name="password"
            label={t('accounts.currentPassword')}
            value={password}
            onValue={setPassword}
            autocomplete="current-password"
            error={errorOf(refusal, 'password')}
            autoFocus
          />
        )}
        <FormActions>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" kind={danger ? 'danger' : 'primary'} busy={busy}>
            {action}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
