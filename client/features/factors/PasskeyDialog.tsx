// Makes a passkey under a name, or names one anew. With the first second step come recovery codes.
import { useState } from 'preact/hooks'
import { me } from '#client/features/accounts/store.ts'
import { request } from '#client/platform/call.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions } from '#client/ui/Form.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { type Passkey, passkeyRoutes } from '#protocol/factors/passkeys.ts'
import { addPasskey, passkeyWords } from './passkeys.ts'
import { RecoveryCodes } from './RecoveryCodes.tsx'
import { type FactorRefusal, noFactorRefusal, refusedFactor } from './refusal.ts'

interface PasskeyDialogProps {
  /** The one to name anew; without it one is made. */
  readonly passkey: Passkey | undefined
  /** The how many-th it is to be. */
  readonly number: number
  readonly onClose: () => void
  readonly onChanged: () => void
}

export function PasskeyDialog({ passkey, number, onClose, onChanged }: PasskeyDialogProps) {
  const asks = passkey === undefined && me.value?.hasPassword !== false
  const [name, setName] = useState(passkey?.name ?? t('factors.passkeyNumber', { number }))
  const [password, setPassword] = useState('')
  const [refusal, setRefusal] = useState<FactorRefusal>(noFactorRefusal)
  const [busy, setBusy] = useState(false)
  const [codes, setCodes] = useState<readonly string[]>()

  const act = async () => {
    if (passkey) {
      await request(passkeyRoutes.renamePasskey, { passkeyId: passkey.id, name: name.trim() })
      return onClose()
    }
    const recoveryCodes = await addPasskey(name.trim(), asks ? { password } : {})
    if (recoveryCodes.length > 0) return setCodes(recoveryCodes)
    showToast({ text: t('factors.passkeyAdded', { name: name.trim() }) })
    onClose()
  }
  const send = async () => {
    if (busy) return
    const errors = [
      ...(name.trim() === '' ? [{ name: 'name', message: t('factors.needName') }] : []),
      ...(asks && password === '' ? [{ name: 'password', message: t('factors.needPassword') }] : []),
    ]
    setRefusal({ errors, problem: undefined })
    if (errors.length > 0) return
    setBusy(true)
    try {
      await act()
      onChanged()
    } catch (error) {
      const { errors: at } = refusedFactor(error)
      setRefusal(at.length > 0 ? { errors: at, problem: undefined } : { errors: [], problem: passkeyWords(error) })
    } finally {
      setBusy(false)
    }
  }
  const errorAt = (field: string) => refusal.errors.find(one => one.name === field)?.message

  return (
    <Dialog open onClose={onClose} title={t(passkey ? 'factors.passkeyRename' : 'factors.passkeyAdd')}>
      {codes ? (
        <RecoveryCodes codes={codes} onKept={onClose} />
      ) : (
        <Form onSubmit={() => void send()} {...refusal}>
          <Field
            name="name"
            label={t('factors.passkeyName')}
            hint={t('factors.passkeyNameHint')}
            value={name}
            onValue={setName}
            maxLength={60}
            error={errorAt('name')}
          />
          {asks && (
            <Field
              type="password"
              name="password"
              label={t('factors.password')}
              value={password}
              onValue={setPassword}
              autocomplete="current-password"
              error={errorAt('password')}
              autoFocus
            />
          )}
          <FormActions>
            <Button onClick={onClose}>{t('ui.cancel')}</Button>
            <Button type="submit" kind="primary" busy={busy}>
              {t(passkey ? 'factors.passkeySave' : 'factors.next')}
            </Button>
          </FormActions>
        </Form>
      )}
    </Dialog>
  )
}
