// Adds one person: an account at once, and the link by which they choose a password.
import { Search } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { request } from '#client/platform/call.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { shareLink } from '#client/platform/share-origin.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form } from '#client/ui/Form.tsx'
import { peopleRoutes } from '#protocol/accounts/people.ts'
import { errorOf, noRefusal, type Refusal, refusalOf } from '../form-errors.ts'
import { InvitationLink } from '../invitations/InvitationLink.tsx'
import type { MadeInvitation } from '../invitations/store.ts'
import { roleWord } from './words.ts'

interface AddPersonDialogProps {
  readonly onClose: () => void
  /** Somebody was added: the list is read again. */
  readonly onDone: () => void
  /** Shows who has this address already. */
  readonly onFind: (email: string) => void
}

export function AddPersonDialog({ onClose, onDone, onFind }: AddPersonDialogProps) {
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [siteRole, setSiteRole] = useState<'member' | 'administrator'>('member')
  const [refusal, setRefusal] = useState<Refusal>(noRefusal)
  const [busy, setBusy] = useState(false)
  const [made, setMade] = useState<MadeInvitation>()
  /** The address somebody has already. */
  const [taken, setTaken] = useState<string>()

  const send = async () => {
    if (busy) return
    if (name.trim() === '')
      return setRefusal({ errors: [{ name: 'name', message: t('people.needName') }], problem: undefined })
    setBusy(true)
    setRefusal(noRefusal)
    setTaken(undefined)
    try {
      const person = { name: name.trim(), email: email.trim() }
      const { link } = await request(peopleRoutes.addPerson, { ...person, siteRole })
      const address = shareLink(pathTo('invitation', { token: link.token }))
      setMade({ id: link.id, address, email: person.email, expiresAt: link.expiresAt })
      onDone()
    } catch (error) {
      if (error instanceof ClientProblem && error.code === 'email-taken') {
        setTaken(email.trim())
        setRefusal({ errors: [{ name: 'email', message: t('accounts.emailTakenByOther') }], problem: undefined })
      } else setRefusal(refusalOf(error, ['name', 'email']))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Dialog open onClose={onClose} title={t('people.add')}>
      {made ? (
        <div class="stack">
          <InvitationLink made={made} />
          <div class="form-actions">
            <Button
              onClick={() => {
                setMade(undefined)
                setName('')
                setEmail('')
              }}
            >
              {t('people.addAnother')}
            </Button>
            <Button kind="primary" onClick={onClose}>
              {t('accounts.inviteDone')}
            </Button>
          </div>
        </div>
      ) : (
        <Form onSubmit={() => void send()} {...refusal}>
          <p class="muted">{t('people.addLead')}</p>
          <Field
            name="name"
            label={t('people.name')}
            value={name}
            onValue={setName}
            maxLength={80}
            autocomplete="off"
            autoFocus
            error={errorOf(refusal, 'name')}
          />
          <Field
            type="email"
            name="email"
            label={t('people.email')}
            value={email}
            onValue={setEmail}
            autocomplete="off"
            error={errorOf(refusal, 'email')}
          />
          {taken !== undefined && (
            <Button kind="quiet" icon={Search} onClick={() => onFind(taken)}>
              {t('people.showTaken', { email: taken })}
            </Button>
          )}
          <Field
            type="select"
            name="siteRole"
            label={t('people.role')}
            value={siteRole}
            onValue={value => setSiteRole(value === 'administrator' ? 'administrator' : 'member')}
            options={(['member', 'administrator'] as const).map(one => ({ value: one, label: roleWord(one) }))}
          />
          <div class="form-actions">
            <Button onClick={onClose}>{t('ui.cancel')}</Button>
            <Button type="submit" kind="primary" busy={busy}>
              {t('people.add')}
            </Button>
          </div>
        </Form>
      )}
    </Dialog>
  )
}
