// Changing one's password; every other device is signed out by it.
import { useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions } from '#client/ui/Form.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { accountRoutes, passwordLength } from '#protocol/accounts.ts'
import { errorOf, noRefusal, type Refusal, refusalOf } from './form-errors.ts'
import { loadMe, me } from './store.ts'

interface PasswordDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly onChanged: () => void
}

export function PasswordDialog({ open, onClose, onChanged }: PasswordDialogProps) {
  const has = me.value?.hasPassword !== false
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [refusal, setRefusal] = useState<Refusal>(noRefusal)
  const [busy, setBusy] = useState(false)

  const close = () => {
    setCurrent('')
    setNext('')
    setRefusal(noRefusal)
    onClose()
  }

  const send = async () => {
    if (busy) return
    if (has && current === '')
      return setRefusal({ errors: [{ name: 'current', message: t('accounts.needPassword') }], problem: undefined })
    if (next.length < passwordLength)
      return setRefusal({ errors: [{ name: 'next', message: t('accounts.passwordShort') }], problem: undefined })
    setBusy(true)
    try {
      await request(accountRoutes.changePassword, has ? { current, next } : { next })
      showToast({ text: t(has ? 'accounts.passwordChanged' : 'accounts.passwordChosen') })
      if (!has) void loadMe()
      close()
      onChanged()
    } catch (error) {
      setRefusal(refusalOf(error, ['current', 'next']))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Dialog open={open} onClose={close} title={t(has ? 'accounts.changePassword' : 'accounts.choosePassword')}>
      <Form onSubmit={() => void send()} {...refusal}>
        {has && (
          <Field
            name="current"
            type="password"
            label={t('accounts.currentPassword')}
            value={current}
            onValue={setCurrent}
            autocomplete="current-password"
            error={errorOf(refusal, 'current')}
          />
        )}
        <Field
          name="next"
          type="password"
          label={t('accounts.nextPassword')}
          hint={t('accounts.passwordHint')}
          value={next}
          onValue={setNext}
          autocomplete="new-password"
          error={errorOf(refusal, 'next')}
        />
        <FormActions>
          <Button type="submit" kind="primary" busy={busy}>
            {t(has ? 'accounts.changePassword' : 'accounts.choosePassword')}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
