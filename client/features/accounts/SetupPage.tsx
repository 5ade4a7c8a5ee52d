// The one-time link by which the first administrator makes their account.
import type { PageProps } from '#client/app/paths.ts'
import { request } from '#client/platform/call.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { accountRoutes } from '#protocol/accounts.ts'
import { LinkDoor } from './LinkDoor.tsx'
import { NewPersonForm } from './NewPersonForm.tsx'

/** /setup/:token */
export function SetupPage({ params: { token } }: PageProps<'setup'>) {
  const loaded = useLoad(token, () => request(accountRoutes.getSetup, { token }))
  return (
    <LinkDoor loaded={loaded}>
      {() => (
        <>
          <header>
            <h1 tabIndex={-1}>{t('accounts.setupTitle')}</h1>
            <p class="door-lead">{t('accounts.setupLead')}</p>
          </header>
          <NewPersonForm
            email={null}
            action={t('accounts.setup')}
            send={person => request(accountRoutes.setup, { token, ...person })}
          />
        </>
      )}
    </LinkDoor>
  )
}
