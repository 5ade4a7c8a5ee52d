// Invites one person by a link: asks for whom and as what, then shows the link.
import { useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form } from '#client/ui/Form.tsx'
import { errorOf, noRefusal, type Refusal, refusalOf } from '../form-errors.ts'
import { InvitationLink } from './InvitationLink.tsx'
import { type Into, type InvitedAs, type InvitedChoice, type MadeInvitation, makeInvitation } from './store.ts'

interface InviteDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly into: Into
  /** What they can be invited as: a learner unless another is chosen, else the first. */
  readonly choices: readonly InvitedChoice[]
  /** A link was made: lists on screen are read again. */
  readonly onMade: () => void
}

export function InviteDialog({ open, onClose, ...rest }: InviteDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title={t('accounts.inviteTitle')}>
      <Invite onClose={onClose} {...rest} />
    </Dialog>
  )
}

function Invite({ onClose, into, choices, onMade }: Omit<InviteDialogProps, 'open'>) {
  const [email, setEmail] = useState('')
  const [as, setAs] = useState<InvitedAs>(
    choices.find(one => one.value === 'learner')?.value ?? choices[0]?.value ?? 'member',
  )
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>(noRefusal)
  const [made, setMade] = useState<MadeInvitation>()

  if (made) {
    return (
      <div class="stack">
        <InvitationLink made={made} />
        <div class="form-actions">
          <Button
            onClick={() => {
              setMade(undefined)
              setEmail('')
            }}
          >
            {t('accounts.inviteAnother')}
          </Button>
          <Button kind="primary" onClick={onClose}>
            {t('accounts.inviteDone')}
          </Button>
        </div>
      </div>
    )
  }

  const send = async () => {
    if (busy) return
    setBusy(true)
    setRefusal(noRefusal)
    try {
      setMade(await makeInvitation(into, email, as))
      onMade()
    } catch (error) {
      setRefusal(refusalOf(error, ['email']))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Form onSubmit={() => void send()} {...refusal}>
      <Field
        type="email"
        name="email"
        label={t('accounts.email')}
        optional
        hint={t('accounts.inviteEmailHint')}
        value={email}
        onValue={setEmail}
        error={errorOf(refusal, 'email')}
        autocomplete="off"
        autoFocus
      />
      <Field
        type="select"
        name="as"
        label={t('accounts.inviteAs')}
        value={as}
        onValue={value => setAs(choices.find(one => one.value === value)?.value ?? as)}
        options={choices}
      />
      <div class="form-actions">
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button kind="primary" type="submit" busy={busy}>
          {t('accounts.inviteMake')}
        </Button>
      </div>
    </Form>
  )
}
