// Gives somebody a role in a place. Only roles that can be given there are offered.
import { useState } from 'preact/hooks'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions, type FormError } from '#client/ui/Form.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { Place, RoleView } from '#protocol/access.ts'
import { grantRole } from './store.ts'
import { nobody, WhoField, whoName } from './WhoField.tsx'
import { roleName } from './words.ts'

interface GiveRoleDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly place: Place
  readonly roles: readonly RoleView[]
  readonly onGiven: () => void
}

export function GiveRoleDialog({ open, onClose, ...rest }: GiveRoleDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title={t('access.give')}>
      <GiveRoleForm onClose={onClose} {...rest} />
    </Dialog>
  )
}

function GiveRoleForm({ onClose, place, roles, onGiven }: Omit<GiveRoleDialogProps, 'open'>) {
  // In a course its own roles come with the enrolment.
  const choices = roles.filter(
    one => !one.builtIn || (place.kind !== 'course' && !['member', 'guest'].includes(one.key)),
  )
  const [who, setWho] = useState(nobody)
  const [key, setKey] = useState<string>(choices[0]?.key ?? '')
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [busy, setBusy] = useState(false)
  const role = choices.find(one => one.key === key)

  const send = async () => {
    if (busy || !role) return
    const email = who.email.trim()
    if (email === '') return setErrors([{ name: whoName(), message: t('access.needEmail') }])
    setBusy(true)
    try {
      const { name } = await grantRole({ kind: place.kind, id: place.id, role: role.key, email })
      showToast({ topic: 'holders', text: t('access.given', { name, role: roleName(role) }) })
      onGiven()
      onClose()
    } catch (error) {
      const unknown = error instanceof ClientProblem && ['no-account', 'malformed'].includes(error.code)
      setErrors([{ name: whoName(), message: unknown ? t('access.needEmail') : problemWords(error) }])
    } finally {
      setBusy(false)
    }
  }

  return (
    <Form onSubmit={() => void send()} errors={errors}>
      <WhoField who={who} onWho={setWho} error={errors[0]?.message} autoFocus />
      <Field
        type="select"
        name="role"
        label={t('access.role')}
        value={key}
        onValue={setKey}
        options={choices.map(one => ({ value: one.key, label: roleName(one) }))}
      />
      <FormActions>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button type="submit" kind="primary" busy={busy} disabled={!role}>
          {t('access.give')}
        </Button>
      </FormActions>
    </Form>
  )
}
