// The webhooks of the school, for those who keep them: where they go and how each stands, live.
import { Plus, Webhook } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { Endpoint } from '#protocol/webhooks.ts'
import { Catalogue } from './Catalogue.tsx'
import { EndpointDialog } from './EndpointDialog.tsx'
import { SecretDialog } from './SecretDialog.tsx'
import { StateBadge } from './StateBadge.tsx'
import { listEndpoints, useMoves } from './store.ts'
import { shortAddress } from './words.ts'
import './webhooks.css'

function Detail({ endpoint: { description, lastSuccessAt, failures } }: { readonly endpoint: Endpoint }) {
  return (
    <>
      {description !== '' && (
        <>
          <bdi>{description}</bdi> ·{' '}
        </>
      )}
      {lastSuccessAt === null ? (
        t('webhooks.neverArrived')
      ) : (
        <>
          {t('webhooks.arrived')} <Time at={lastSuccessAt} />
        </>
      )}
      {failures > 0 && <> · {t('webhooks.failures', { count: failures })}</>}
    </>
  )
}

/** /webhooks */
export function WebhooksPage(_: PageProps<'webhooks'>) {
  usePageTitle(t('webhooks.title'))
  const { value, problem, reload } = useLoad('webhooks', listEndpoints)
  useMoves(reload)
  const { route: go } = useLocation()
  const [adding, setAdding] = useState(false)
  const [made, setMade] = useState<{ readonly id: string; readonly secret: string }>()
  return (
    <div class="stack-loose">
      <PageHeader
        title={t('webhooks.title')}
        parent={{ label: t('today.title'), href: pathTo('today') }}
        lead={t('webhooks.lead')}
        actions={
          value && (
            <Button kind="primary" icon={Plus} onClick={() => setAdding(true)}>
              {t('webhooks.add')}
            </Button>
          )
        }
      />
      {problem && !value ? (
        <ErrorState
          title={t('webhooks.failed')}
          detail={problemWords(problem)}
          requestId={problem.requestId}
          onRetry={reload}
        />
      ) : !value ? (
        <Skeleton form="rows" />
      ) : value.items.length === 0 ? (
        <EmptyState icon={Webhook} title={t('webhooks.none')}>
          {t('webhooks.noneLead')}
        </EmptyState>
      ) : (
        <div class="card" data-flush>
          <List label={t('webhooks.title')}>
            {value.items.map(endpoint => (
              <Row
                key={endpoint.id}
                start={<Icon as={Webhook} size={20} />}
                title={shortAddress(endpoint)}
                detail={<Detail endpoint={endpoint} />}
                end={<StateBadge endpoint={endpoint} />}
                href={pathTo('webhook', { endpointId: endpoint.id })}
              />
            ))}
          </List>
        </div>
      )}
      {value && <Catalogue />}
      {adding && (
        <EndpointDialog
          onClose={() => setAdding(false)}
          onDone={({ id }, secret = '') => {
            setAdding(false)
            setMade({ id, secret })
          }}
        />
      )}
      {made && (
        <SecretDialog how="made" secret={made.secret} onClose={() => go(pathTo('webhook', { endpointId: made.id }))} />
      )}
    </div>
  )
}
