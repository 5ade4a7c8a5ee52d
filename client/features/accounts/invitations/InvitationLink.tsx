// A link just made, to copy or to show as a QR code. It can not be shown again.
import { useEffect } from 'preact/hooks'
import { fateWords, reasonWords } from '#client/features/mail/words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { CopyButton } from '#client/ui/CopyButton.tsx'
import { QrCode } from '#client/ui/QrCode.tsx'
import { Time } from '#client/ui/Time.tsx'
import { mailSetUp } from '../store.ts'
import { invitationMail, type MadeInvitation } from './store.ts'
import './invitations.css'

const lookAgainMs = 2_000

/** What becomes of the mail, until it has left or was given up. */
function Fate({ id }: { readonly id: MadeInvitation['id'] }) {
  const { value, reload } = useLoad(id, () => invitationMail(id))
  const fate = value?.mail
  const open = fate?.state === 'waiting'
  useEffect(() => {
    if (!open) return
    const timer = setInterval(reload, lookAgainMs)
    return () => clearInterval(timer)
  }, [open, reload])
  if (!fate) return null
  const bad = fate.state === 'failed'
  return (
    <Banner tone={bad ? 'bad' : fate.state === 'sent' ? 'good' : 'neutral'}>
      {bad ? `${t('mail.failedGive')} ${reasonWords(fate)}` : fateWords(fate)}
    </Banner>
  )
}

/** The link with what it is good for. */
export function InvitationLink({ made }: { readonly made: MadeInvitation }) {
  const { id, address, email, expiresAt } = made
  const mailed = email !== undefined && mailSetUp.value
  return (
    <div class="invitation-link">
      <p role="status">
        {email === undefined
          ? t('accounts.inviteForAnybody')
          : mailed
            ? t('mail.forOne', { email })
            : t('accounts.inviteForOne', { email })}
      </p>
      {mailed && <Fate id={id} />}
      {email !== undefined && !mailed && <p class="muted">{t('mail.giveYourself')}</p>}
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
