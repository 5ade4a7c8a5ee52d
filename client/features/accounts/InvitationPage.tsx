// An invitation's link: who invites, and the form that makes the account.
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { request } from '#client/platform/call.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Link } from '#client/ui/Link.tsx'
import { accountRoutes } from '#protocol/accounts.ts'
import { LinkDoor } from './LinkDoor.tsx'
import { NewPersonForm } from './NewPersonForm.tsx'

/** /invite/:token */
export function InvitationPage({ params: { token } }: PageProps<'invitation'>) {
  const loaded = useLoad(token, () => request(accountRoutes.getInvitation, { token }))
  return (
    <LinkDoor loaded={loaded}>
      {({ invitation }) => (
        <>
          <header>
            <h1 tabIndex={-1}>{t('accounts.invitationTitle')}</h1>
            <p class="door-lead">{t('accounts.invitedBy', { name: invitation.invitedBy })}</p>
          </header>
          <NewPersonForm
            email={invitation.email}
            action={t('accounts.accept')}
            send={person => request(accountRoutes.acceptInvitation, { token, ...person })}
          />
          <p class="door-foot">
            {t('accounts.haveAccount')} <Link href={pathTo('signIn')}>{t('accounts.signIn')}</Link>
          </p>
        </>
      )}
    </LinkDoor>
  )
}
