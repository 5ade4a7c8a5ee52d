// The section of /you about accounts elsewhere: those that open this one, and those that could.
import { Link2 } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { ProofDialog } from '#client/features/accounts/ProofDialog.tsx'
import { useSafety } from '#client/features/accounts/safety.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Time } from '#client/ui/Time.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { type Identity, type OfferedProvider, providerRoutes } from '#protocol/providers.ts'
import './providers.css'

type Doing =
  | { readonly what: 'connect'; readonly provider: OfferedProvider }
  | { readonly what: 'disconnect'; readonly identity: Identity }

export function Connections({ accountId }: { readonly accountId: string }) {
  const loaded = useLoad(`identities ${accountId}`, () => request(providerRoutes.mine, {}))
  const { value, problem, reload } = loaded
  useSafety(loaded, accountId)
  const [doing, setDoing] = useState<Doing>()
  if (problem && !value)
    return (
      <Section title={t('providers.mine')}>
        <ErrorState title={t('providers.mineFailed')} detail={problemWords(problem)} onRetry={reload} />
      </Section>
    )
  // A school without providers has nothing to say here.
  if (!value || value.items.length + value.offered.length === 0) return null
  const others = value.offered.filter(one => !value.items.some(({ provider }) => provider === one.name))

  return (
    <Section title={t('providers.mine')}>
      <p class="muted">{t('providers.mineLead')}</p>
      {value.items.length > 0 && (
        <List label={t('providers.mine')}>
          {value.items.map(one => (
            <Row
              key={one.id}
              start={<Icon as={Link2} size={20} />}
              title={one.provider}
              detail={
                one.usable ? (
                  <>
                    <bdi class="provider-address">{one.label}</bdi> ·{' '}
                    {t(one.lastUsedAt ? 'providers.used' : 'providers.connected')}{' '}
                    <Time at={one.lastUsedAt ?? one.createdAt} />
                  </>
                ) : (
                  <>
                    <bdi class="provider-address">{one.label}</bdi> · {t('providers.unusable')}
                  </>
                )
              }
              end={
                <Button
                  kind="quiet"
                  aria-label={t('providers.disconnectOne', { name: one.provider, label: one.label })}
                  onClick={() => setDoing({ what: 'disconnect', identity: one })}
                >
                  {t('providers.disconnect')}
                </Button>
              }
            />
          ))}
        </List>
      )}
      {others.length > 0 && (
        <div class="cluster">
          {others.map(one => (
            <Button key={one.id} icon={Link2} onClick={() => setDoing({ what: 'connect', provider: one })}>
              {t('providers.connect', { name: one.name })}
            </Button>
          ))}
        </div>
      )}
      {doing && (
        <DoingDialog
          doing={doing}
          onClose={() => setDoing(undefined)}
          onDone={() => {
            setDoing(undefined)
            reload()
          }}
        />
      )}
    </Section>
  )
}

interface DoingProps {
  readonly doing: Doing
  readonly onClose: () => void
  readonly onDone: () => void
}

function DoingDialog({ doing, onClose, onDone }: DoingProps) {
  if (doing.what === 'connect') {
    const { id: providerId, name } = doing.provider
    return (
      <ProofDialog
        title={t('providers.connectTitle', { name })}
        lead={t('providers.connectLead', { name })}
        action={t('providers.connectGo', { name })}
        onClose={onClose}
        act={async password => {
          const { location } = await request(providerRoutes.connect, { providerId, ...password })
          window.location.assign(location)
        }}
      />
    )
  }
  const { id: identityId, provider: name, label } = doing.identity
  return (
    <ProofDialog
      title={t('providers.disconnectTitle', { name })}
      lead={t('providers.disconnectLead', { name, label })}
      action={t('providers.disconnect')}
      danger
      onClose={onClose}
      act={async password => {
        await request(providerRoutes.disconnect, { identityId, ...password })
        showToast({ text: t('providers.disconnected', { name }) })
        onDone()
      }}
    />
  )
}
