// Asks to be erased, with the password: whoever finds an open screen asks for nothing.
import { useState } from 'preact/hooks'
import { errorOf, noRefusal, type Refusal, refusalOf } from '#client/features/accounts/form-errors.ts'
import { me } from '#client/features/accounts/store.ts'
import { request } from '#client/platform/call.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions } from '#client/ui/Form.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { privacyRoutes } from '#protocol/privacy.ts'

export function AskErasure({ onClose }: { readonly onClose: () => void }) {
  const asks = me.value?.hasPassword !== false
  const [password, setPassword] = useState('')
  const [reason, setReason] = useState('')
  const [refusal, setRefusal] = useState<Refusal>(noRefusal)
  const [busy, setBusy] = useState(false)
  const send = async () => {
    if (busy) return
    if (asks && password === '')
      return setRefusal({ errors: [{ name: 'password', message: t('privacy.needPassword') }], problem: undefined })
    setBusy(true)
    try {
      await request(privacyRoutes.askErasure, asks ? { password, reason } : { reason })
      showToast({ text: t('privacy.asked') })
      onClose()
    } catch (error) {
      setRefusal(refusalOf(error, ['password', 'reason']))
      setBusy(false)
    }
  }
  return (
    <Dialog open onClose={onClose} title={t('privacy.eraseAsk')}>
      <Form onSubmit={() => void send()} {...refusal}>
        <p class="muted">{t('privacy.eraseOwnLead')}</p>
        <Field
          type="textarea"
          name="reason"
          label={t('privacy.eraseReason')}
          hint={t('privacy.eraseReasonHint')}
          optional
          maxLength={600}
          value={reason}
          onValue={setReason}
        />
        {asks && (
          <Field
            type="password"
            name="password"
            label={t('privacy.password')}
            value={password}
            onValue={setPassword}
            autocomplete="current-password"
            error={errorOf(refusal, 'password')}
          />
        )}
        <FormActions>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" kind="danger" busy={busy}>
            {t('privacy.eraseAsk')}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
