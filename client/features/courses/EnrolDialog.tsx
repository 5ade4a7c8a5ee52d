// Adds one person by e-mail. An address that nobody has is said at the field.
import { useState } from 'preact/hooks'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, type FormError } from '#client/ui/Form.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { courseRoles } from '#protocol/base/roles.ts'
import { type CourseId, enrolPerson, roleWord } from './store.ts'

interface EnrolDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly courseId: CourseId
}

export function EnrolDialog({ open, onClose, courseId }: EnrolDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title={t('courses.addPersonTitle')}>
      <EnrolForm onClose={onClose} courseId={courseId} />
    </Dialog>
  )
}

function EnrolForm({ onClose, courseId }: Omit<EnrolDialogProps, 'open'>) {
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<string>('learner')
  const [busy, setBusy] = useState(false)
  const [errors, setErrors] = useState<readonly FormError[]>([])

  const send = async () => {
    setErrors([])
    setBusy(true)
    try {
      const { name } = await enrolPerson({
        courseId,
        email: email.trim(),
        role: courseRoles.find(one => one === role) ?? 'learner',
      })
      showToast({ text: t('courses.added', { name }) })
      onClose()
    } catch (error) {
      const malformed = error instanceof ClientProblem && error.code === 'malformed'
      setErrors([{ name: 'email', message: malformed ? t('courses.emailMalformed') : problemWords(error) }])
    } finally {
      setBusy(false)
    }
  }

  return (
    <Form onSubmit={send} errors={errors}>
      <Field
        type="email"
        name="email"
        label={t('courses.addPersonEmail')}
        hint={t('courses.addPersonHint')}
        value={email}
        onValue={setEmail}
        error={errors[0]?.message}
        autocomplete="off"
        autoFocus
      />
      <Field
        type="select"
        name="role"
        label={t('courses.peopleRole')}
        value={role}
        onValue={setRole}
        options={courseRoles.filter(one => one !== 'guest').map(one => ({ value: one, label: roleWord(one) }))}
      />
      <div class="form-actions">
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button kind="primary" type="submit" busy={busy}>
          {t('courses.addPerson')}
        </Button>
      </div>
    </Form>
  )
}
