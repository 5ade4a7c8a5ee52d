// Setting up, renewing and removing the second step: the password first, then what each needs, then the codes once.
import { useState } from 'preact/hooks'
import { me } from '#client/features/accounts/store.ts'
import { request } from '#client/platform/call.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions } from '#client/ui/Form.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { factorRoutes, type NewKey } from '#protocol/factors.ts'
import { NewApp } from './NewApp.tsx'
import { RecoveryCodes } from './RecoveryCodes.tsx'
import { type FactorRefusal, noFactorRefusal, refusedFactor } from './refusal.ts'

export type FactorTask = 'begin' | 'renew' | 'remove'

interface FactorDialogProps {
  readonly task: FactorTask | undefined
  /** There is an app to ask for a code; else they must have signed in just now. */
  readonly app: boolean
  readonly onClose: () => void
  /** Something changed: the section is read again. */
  readonly onDone: () => void
}

const titles = { begin: 'factors.setUp', renew: 'factors.renew', remove: 'factors.removeApp' } as const

export function FactorDialog({ task, app, onClose, onDone }: FactorDialogProps) {
  return (
    <Dialog open={task !== undefined} onClose={onClose} title={task ? t(titles[task]) : ''}>
      {task && <TaskForm task={task} app={app} onClose={onClose} onDone={onDone} />}
    </Dialog>
  )
}

function TaskForm({ task, app, onClose, onDone }: { readonly task: FactorTask } & Omit<FactorDialogProps, 'task'>) {
  // Who has no password must have signed in just now; the server says so.
  const asks = me.value?.hasPassword !== false
  const [password, setPassword] = useState('')
  const proof = asks ? { password } : {}
  const codeAsked = task !== 'begin' && app
  const [code, setCode] = useState('')
  const [refusal, setRefusal] = useState<FactorRefusal>(noFactorRefusal)
  const [busy, setBusy] = useState(false)
  const [made, setMade] = useState<NewKey>()
  const [codes, setCodes] = useState<readonly string[]>()

  const act = async () => {
    if (task === 'begin') return setMade(await request(factorRoutes.begin, proof))
    if (task === 'renew')
      setCodes((await request(factorRoutes.renewRecovery, codeAsked ? { ...proof, code } : proof)).recoveryCodes)
    else {
      await request(factorRoutes.remove, { ...proof, code })
      showToast({ text: t('factors.removed') })
      onClose()
    }
    onDone()
  }
  const send = async () => {
    if (busy) return
    const errors = [
      ...(asks && password === '' ? [{ name: 'password', message: t('factors.needPassword') }] : []),
      ...(codeAsked && code.trim() === '' ? [{ name: 'code', message: t('factors.needCode') }] : []),
    ]
    setRefusal({ errors, problem: undefined })
    if (errors.length > 0) return
    setBusy(true)
    try {
      await act()
    } catch (error) {
      setRefusal(refusedFactor(error))
    } finally {
      setBusy(false)
    }
  }
  const errorAt = (name: string) => refusal.errors.find(one => one.name === name)?.message

  if (codes) return <RecoveryCodes codes={codes} onKept={onClose} />
  if (made)
    return (
      <NewApp
        made={made}
        onCode={async typed => {
          setCodes((await request(factorRoutes.confirm, { code: typed })).recoveryCodes)
          onDone()
        }}
      />
    )
  return (
    <Form onSubmit={() => void send()} {...refusal}>
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
      {codeAsked && (
        <Field
          name="code"
          label={t('factors.code')}
          hint={t('factors.codeHint')}
          value={code}
          onValue={setCode}
          autocomplete="one-time-code"
          maxLength={40}
          error={errorAt('code')}
        />
      )}
      <FormActions>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button type="submit" kind={task === 'remove' ? 'danger' : 'primary'} busy={busy}>
          {task === 'remove' ? t('factors.remove') : t('factors.next')}
        </Button>
      </FormActions>
    </Form>
  )
}
