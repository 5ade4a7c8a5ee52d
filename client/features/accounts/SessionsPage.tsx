// One's own account: profile, appearance, devices, password, data, and the way out.
import { KeyRound, LogOut } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { frameTools } from '#client/app/frame-tools.ts'
import { SingleKeys } from '#client/app/keys/KeyHost.tsx'
import type { PageProps } from '#client/app/paths.ts'
import { type Theme, theme } from '#client/app/theme.ts'
import { SecondStep } from '#client/features/factors/SecondStep.tsx'
import { OwnData } from '#client/features/privacy/OwnData.tsx'
import { Connections } from '#client/features/providers/Connections.tsx'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { answered, useLoad } from '#client/platform/use-load.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { RadioGroup } from '#client/ui/Choice.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { Together } from '#client/ui/Together.tsx'
import { accountRoutes, type OwnAccount } from '#protocol/accounts.ts'
import { AccessTokens } from './AccessTokens.tsx'
import { Devices } from './Devices.tsx'
import { InvitePeople } from './invitations/InvitePeople.tsx'
import { PasswordDialog } from './PasswordDialog.tsx'
import { ProfileForm } from './profile/ProfileForm.tsx'
import { useSafety } from './safety.ts'
import { me, signOut } from './store.ts'
import './accounts.css'

/** /you */
export function SessionsPage(_: PageProps<'sessions'>) {
  const account = me.value
  return account ? <Own account={account} /> : null
}

function Own({ account }: { readonly account: OwnAccount }) {
  const devices = useLoad(account.id, () => request(accountRoutes.listDevices, {}))
  useSafety(devices, account.id)
  const [changing, setChanging] = useState(false)
  const [endingOthers, setEndingOthers] = useState(false)
  const guest = account.kind === 'guest'
  const others = (devices.value?.items.length ?? 0) > 1

  const endOthers = async () => {
    setEndingOthers(true)
    try {
      const { ended } = await request(accountRoutes.endOtherDevices, {})
      showToast({ text: t('accounts.othersEnded', { count: ended }) })
      devices.reload()
    } catch (error) {
      showToast({ text: problemWords(error), tone: 'bad' })
    } finally {
      setEndingOthers(false)
    }
  }

  return (
    <div class="stack-loose you">
      <PageHeader
        title={t('accounts.youTitle')}
        lead={guest ? t('accounts.guestLead') : account.email}
        badges={
          guest ? (
            <Badge>{t('accounts.guest')}</Badge>
          ) : (
            account.siteRole === 'administrator' && <Badge tone="accent">{t('accounts.administrator')}</Badge>
          )
        }
        actions={
          <Button icon={LogOut} onClick={() => void signOut()}>
            {t('accounts.signOut')}
          </Button>
        }
      />
      <Together ready={answered(devices)}>
        <ProfileForm account={account} />
        <Section title={t('accounts.appearance')}>
          <RadioGroup<Theme>
            label={t('app.theme')}
            name="theme"
            value={theme.value}
            onValue={chosen => {
              theme.value = chosen
            }}
            options={[
              { value: 'system', label: t('app.themeSystem') },
              { value: 'light', label: t('app.themeLight') },
              { value: 'dark', label: t('app.themeDark') },
            ]}
          />
          <SingleKeys />
        </Section>
        {!guest && frameTools().map(({ name, Settings }) => Settings && <Settings key={name} />)}
        <Section
          title={t('accounts.devices')}
          actions={
            others && (
              <Button kind="quiet" busy={endingOthers} onClick={() => void endOthers()}>
                {t('accounts.endOthers')}
              </Button>
            )
          }
        >
          <Devices loaded={devices} />
        </Section>
        {!guest && (
          <Section title={t('accounts.password')}>
            {!account.hasPassword && <p class="muted">{t('accounts.noPassword')}</p>}
            <div class="cluster">
              <Button icon={KeyRound} onClick={() => setChanging(true)}>
                {t(account.hasPassword ? 'accounts.changePassword' : 'accounts.choosePassword')}
              </Button>
            </div>
            <PasswordDialog open={changing} onClose={() => setChanging(false)} onChanged={devices.reload} />
          </Section>
        )}
        {!guest && <Connections accountId={account.id} />}
        {!guest && account.email !== null && <SecondStep accountId={account.id} />}
        {!guest && <AccessTokens accountId={account.id} />}
        {account.siteRole === 'administrator' && <InvitePeople />}
        <OwnData accountId={account.id} guest={guest} />
      </Together>
    </div>
  )
}
