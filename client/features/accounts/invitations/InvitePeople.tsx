// For administrators, on their own page: invites people into the school, and shows the links that are still open.
import { Link as LinkIcon } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { InviteDialog } from './InviteDialog.tsx'
import { OpenInvitations } from './OpenInvitations.tsx'
import { invitedWord, listInvitations } from './store.ts'

export function InvitePeople() {
  const [open, setOpen] = useState(false)
  const choices = (['member', 'administrator'] as const).map(value => ({ value, label: invitedWord(value) }))
  const invitations = useLoad('school', () => listInvitations('school'))
  return (
    <Section
      title={t('accounts.invitePeople')}
      actions={
        <Button icon={LinkIcon} onClick={() => setOpen(true)}>
          {t('accounts.invite')}
        </Button>
      }
    >
      <div class="stack">
        <p class="muted">{t('accounts.inviteLead')}</p>
        <OpenInvitations loaded={invitations} />
      </div>
      <InviteDialog
        open={open}
        onClose={() => setOpen(false)}
        into="school"
        choices={choices}
        onMade={invitations.reload}
      />
    </Section>
  )
}
