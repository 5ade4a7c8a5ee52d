// A link just made, to copy or to show as a QR code. It can not be shown again.
import { t } from '#client/platform/texts.ts'
import { CopyButton } from '#client/ui/CopyButton.tsx'
import { QrCode } from '#client/ui/QrCode.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { MadeInvitation } from './store.ts'
import './invitations.css'

/** The link with what it is good for. */
export function InvitationLink({ made }: { readonly made: MadeInvitation }) {
  const { address, email, expiresAt } = made
  return (
    <div class="invitation-link">
      <p role="status">
        {email === undefined ? t('accounts.inviteForAnybody') : t('accounts.inviteForOne', { email })}
      </p>
      <div class="invitation-address">
        <code>{address}</code>
        <CopyButton text={address} label={t('ui.copyLink')} kind="plain" />
      </div>
      <QrCode value={address} />
      <p class="muted">
        {t('accounts.inviteOnce')} {t('accounts.inviteUntil')} <Time at={expiresAt} form="dayAndTime" />.
      </p>
    </div>
  )
}
