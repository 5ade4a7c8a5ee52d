// Adds one person by e-mail. To an address that nobody has, it offers an invitation in the same place.
import { useState } from 'preact/hooks'
import { roleName } from '#client/features/access/words.ts'
import { InvitationLink } from '#client/features/accounts/invitations/InvitationLink.tsx'
import { type MadeInvitation, makeInvitation } from '#client/features/accounts/invitations/store.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, type FormError } from '#client/ui/Form.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { invitedRole } from '#protocol/accounts.ts'
import type { RoleInCourse } from '#protocol/courses/people.ts'
import { type CourseId, type EnrolledRole, enrolPerson } from './store.ts'

interface EnrolDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly courseId: CourseId
  /** What somebody may be enrolled with. */
  readonly roles: readonly RoleInCourse[]
  /** An invitation was made instead: lists on screen are read again. */
  readonly onInvited: () => void
}

export function EnrolDialog({ open, onClose, ...rest }: EnrolDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title={t('courses.addPersonTitle')}>
      <EnrolForm onClose={onClose} {...rest} />
    </Dialog>
  )
}

function EnrolForm({ onClose, courseId, roles, onInvited }: Omit<EnrolDialogProps, 'open'>) {
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<string>('learner')
  const [busy, setBusy] = useState(false)
  const [errors, setErrors] = useState<readonly FormError[]>([])
  /** The address that nobody has an account with. */
  const [unknown, setUnknown] = useState<string>()
  const [made, setMade] = useState<MadeInvitation>()
  const chosen = roles.find(one => one.key === role)

  const send = async () => {
    setErrors([])
    setUnknown(undefined)
    setBusy(true)
    try {
      const { name } = await enrolPerson({
        courseId,
        email: email.trim(),
        role: (chosen?.key ?? 'learner') as EnrolledRole,
      })
      showToast({ text: t('courses.added', { name }) })
      onClose()
    } catch (error) {
      if (error instanceof ClientProblem && error.code === 'no-account') return setUnknown(email.trim())
      const malformed = error instanceof ClientProblem && error.code === 'malformed'
      setErrors([{ name: 'email', message: malformed ? t('courses.emailMalformed') : problemWords(error) }])
    } finally {
      setBusy(false)
    }
  }

  const invite = async () => {
    if (unknown === undefined) return
    setBusy(true)
    try {
      setMade(await makeInvitation({ courseId }, unknown, invitedRole.parse(role)))
      onInvited()
    } catch (error) {
      setErrors([{ name: 'email', message: problemWords(error) }])
    } finally {
      setBusy(false)
    }
  }

  if (made) {
    return (
      <div class="stack">
        <InvitationLink made={made} />
        <div class="form-actions">
          <Button kind="primary" onClick={onClose}>
            {t('accounts.inviteDone')}
          </Button>
        </div>
      </div>
    )
  }

  return (
    <Form onSubmit={send} errors={errors}>
      <Field
        type="email"
        name="email"
        label={t('courses.addPersonEmail')}
        hint={t('courses.addPersonHint')}
        value={email}
        onValue={value => {
          setEmail(value)
          setUnknown(undefined)
        }}
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
        options={roles.map(one => ({ value: one.key, label: roleName(one) }))}
      />
      {unknown !== undefined && <Banner tone="warn">{t('accounts.inviteOffer', { email: unknown })}</Banner>}
      <div class="form-actions">
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        {unknown === undefined ? (
          <Button kind="primary" type="submit" busy={busy}>
            {t('courses.addPerson')}
          </Button>
        ) : (
          <Button kind="primary" busy={busy} onClick={() => void invite()}>
            {t('accounts.inviteInstead')}
          </Button>
        )}
      </div>
    </Form>
  )
}
