// The section of /you about passkeys: made, named anew, removed; where there can be none, why.
import { KeyRound, Pencil, Plus, Trash2 } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { ProofDialog } from '#client/features/accounts/ProofDialog.tsx'
import { request } from '#client/platform/call.ts'
import { t } from '#client/platform/texts.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Menu } from '#client/ui/Menu.tsx'
import { Time } from '#client/ui/Time.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { mostPasskeys, type Passkey, passkeyRoutes } from '#protocol/factors/passkeys.ts'
import { PasskeyDialog } from './PasskeyDialog.tsx'
import { takesPasskeys } from './passkeys.ts'

interface PasskeysProps {
  readonly passkeys: readonly Passkey[]
  /** Whether the address of the school takes any. */
  readonly here: boolean
  readonly onChanged: () => void
}

type Doing = { readonly what: 'add' } | { readonly what: 'rename' | 'remove'; readonly passkey: Passkey }

export function Passkeys({ passkeys, here, onChanged }: PasskeysProps) {
  const [doing, setDoing] = useState<Doing>()
  const close = () => setDoing(undefined)
  const possible = here && takesPasskeys()
  return (
    <Section
      title={t('factors.passkeys')}
      actions={
        possible &&
        passkeys.length < mostPasskeys && (
          <Button kind="quiet" icon={Plus} onClick={() => setDoing({ what: 'add' })}>
            {t('factors.passkeyAdd')}
          </Button>
        )
      }
    >
      <p class="muted">{t('factors.passkeysLead')}</p>
      {!possible && <p>{t(here ? 'factors.passkeysNotThisBrowser' : 'problems.passkeys-not-here')}</p>}
      {passkeys.length > 0 && (
        <List label={t('factors.passkeys')}>
          {passkeys.map(one => (
            <Row
              key={one.id}
              start={<Icon as={KeyRound} size={20} />}
              title={
                <span class="cluster">
                  {one.name}
                  {one.synced && <Badge>{t('factors.passkeySynced')}</Badge>}
                </span>
              }
              detail={
                <>
                  {one.host !== location.hostname && <>{t('factors.passkeyElsewhere', { host: one.host })} · </>}
                  {t(one.lastUsedAt ? 'factors.passkeyUsed' : 'factors.passkeyMade')}{' '}
                  <Time at={one.lastUsedAt ?? one.createdAt} />
                </>
              }
              end={
                <Menu
                  label={t('factors.passkeyMenu', { name: one.name })}
                  items={[
                    {
                      label: t('factors.passkeyRename'),
                      icon: Pencil,
                      onSelect: () => setDoing({ what: 'rename', passkey: one }),
                    },
                    {
                      label: t('factors.remove'),
                      icon: Trash2,
                      kind: 'danger',
                      onSelect: () => setDoing({ what: 'remove', passkey: one }),
                    },
                  ]}
                />
              }
            />
          ))}
        </List>
      )}
      {(doing?.what === 'add' || doing?.what === 'rename') && (
        <PasskeyDialog
          passkey={doing.what === 'rename' ? doing.passkey : undefined}
          number={passkeys.length + 1}
          onClose={close}
          onChanged={onChanged}
        />
      )}
      {doing?.what === 'remove' && (
        <ProofDialog
          title={t('factors.passkeyRemove')}
          lead={t('factors.passkeyRemoveLead', { name: doing.passkey.name })}
          action={t('factors.remove')}
          danger
          onClose={close}
          act={async proof => {
            await request(passkeyRoutes.removePasskey, { passkeyId: doing.passkey.id, ...proof })
            showToast({ text: t('factors.passkeyRemoved', { name: doing.passkey.name }) })
            close()
            onChanged()
          }}
        />
      )}
    </Section>
  )
}
