// A role of one's own begins as a copy of another.
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { pathTo } from '#client/app/paths.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions, type FormError } from '#client/ui/Form.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { RoleView } from '#protocol/access.ts'
import { createRole } from './store.ts'
import { roleName } from './words.ts'

interface CopyRoleDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly roles: readonly RoleView[]
  /** The one to begin with; the assistant when left away. */
  readonly from?: RoleView
}

export function CopyRoleDialog({ open, onClose, ...rest }: CopyRoleDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title={t('access.copy')}>
      <CopyRoleForm onClose={onClose} {...rest} />
    </Dialog>
  )
}

function CopyRoleForm({ onClose, roles, from }: Omit<CopyRoleDialogProps, 'open'>) {
  const { route: go } = useLocation()
  const choices = roles.filter(one => one.key !== 'member')
  const [key, setKey] = useState<string>(from?.key ?? 'assistant')
  const [name, setName] = useState('')
  const [note, setNote] = useState('')
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [busy, setBusy] = useState(false)
  const send = async () => {
    const chosen = choices.find(one => one.key === key)
    if (busy || !chosen) return
    if (name.trim() === '') return setErrors([{ name: 'name', message: t('access.needName') }])
    setBusy(true)
    try {
      const { role } = await createRole({ name, note, copyOf: chosen.key })
      showToast({ text: t('access.made', { name: role.name }) })
      onClose()
      go(pathTo('role', { role: role.key }))
    } catch (error) {
      const taken = error instanceof ClientProblem && error.code === 'name-taken'
      setErrors([{ name: 'name', message: taken ? t('access.nameTaken') : problemWords(error) }])
    } finally {
      setBusy(false)
    }
  }
  return (
    <Form onSubmit={() => void send()} errors={errors}>
      <Field
        type="select"
        name="copyOf"
        label={t('access.copyOf')}
        value={key}
        onValue={setKey}
        options={choices.map(one => ({ value: one.key, label: roleName(one) }))}
      />
      <Field
        name="name"
        label={t('access.name')}
        value={name}
        onValue={setName}
        maxLength={60}
        autocomplete="off"
        error={errors[0]?.message}
        autoFocus
      />
      <Field
        type="textarea"
        name="note"
        label={t('access.note')}
        hint={t('access.noteHint')}
        value={note}
        onValue={setNote}
        maxLength={500}
        rows={2}
        optional
      />
      <FormActions>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button type="submit" kind="primary" busy={busy}>
          {t('access.make')}
        </Button>
      </FormActions>
    </Form>
  )
}
