// For administrators: the providers by which people come in, each with what can be done with it.
import { LogIn, Pencil, Plus, Trash2 } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Button } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Menu } from '#client/ui/Menu.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { type Provider, providerRoutes } from '#protocol/providers.ts'
import { ProviderDialog } from './ProviderDialog.tsx'
import './providers.css'

/** /providers */
export function ProvidersPage(_: PageProps<'providers'>) {
  const { value, problem, reload } = useLoad('providers', () => request(providerRoutes.list, {}))
  const [editing, setEditing] = useState<Provider | 'new'>()

  const attempt = async (act: () => Promise<unknown>, done?: () => void) => {
    try {
      await act()
      done?.()
      reload()
    } catch (error) {
      showToast({ text: problemWords(error), tone: 'bad' })
    }
  }
  const remove = ({ id: providerId, name }: Provider) =>
    attempt(
      () => request(providerRoutes.remove, { providerId }),
      () =>
        showToast({
          text: t('providers.removed', { name }),
          onUndo: () => void attempt(() => request(providerRoutes.restore, { providerId })),
        }),
    )
  const add = (
    <Button kind="primary" icon={Plus} onClick={() => setEditing('new')}>
      {t('providers.add')}
    </Button>
  )

  return (
    <div class="stack-loose">
      <PageHeader
        title={t('providers.title')}
        parent={{ label: t('people.title'), href: pathTo('sitePeople') }}
        lead={t('providers.lead')}
        actions={value && value.items.length > 0 && add}
      />
      {!value ? (
        problem ? (
          <ErrorState
            title={t('providers.failed')}
            detail={problemWords(problem)}
            requestId={problem.requestId}
            onRetry={reload}
          />
        ) : (
          <Skeleton form="rows" count={2} />
        )
      ) : value.items.length === 0 ? (
        <EmptyState icon={LogIn} title={t('providers.empty')} action={add}>
          {t('providers.emptyLead')}
        </EmptyState>
      ) : (
        <div class="card" data-flush>
          <List label={t('providers.title')}>
            {value.items.map(one => (
              <Row
                key={one.id}
                title={
                  <span class="cluster">
                    {one.name}
                    <Badge tone={one.enabled ? 'good' : 'neutral'}>
                      {t(one.enabled ? 'providers.on' : 'providers.off')}
                    </Badge>
                  </span>
                }
                detail={
                  <>
                    <bdi class="provider-address">{one.issuer}</bdi> · {t('providers.people', { count: one.people })}
                  </>
                }
                end={
                  <Menu
                    label={t('providers.menu', { name: one.name })}
                    items={[
                      { label: t('providers.change'), icon: Pencil, onSelect: () => setEditing(one) },
                      {
                        label: t('providers.remove'),
                        icon: Trash2,
                        kind: 'danger' as const,
                        onSelect: () => void remove(one),
                      },
                    ]}
                  />
                }
              />
            ))}
          </List>
        </div>
      )}
      {value && editing && (
        <ProviderDialog
          provider={editing === 'new' ? undefined : editing}
          origin={value.origin}
          onClose={() => setEditing(undefined)}
          onDone={name => {
            setEditing(undefined)
            showToast({ text: t('providers.saved', { name }) })
            reload()
          }}
        />
      )}
    </div>
  )
}
