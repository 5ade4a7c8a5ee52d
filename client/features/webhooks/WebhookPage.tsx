// One webhook: how it stands, what it was sent, and everything that can be done with it.
import { KeySquare, Pause, Pencil, Play, RotateCw, Send, Trash2 } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Menu } from '#client/ui/Menu.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { Endpoint, EndpointId, MessageDetail } from '#protocol/webhooks.ts'
import { EndpointDialog } from './EndpointDialog.tsx'
import { Messages } from './Messages.tsx'
import { ReplayDialog } from './ReplayDialog.tsx'
import { SecretDialog } from './SecretDialog.tsx'
import { StateBadge } from './StateBadge.tsx'
import {
  getEndpoint,
  pauseEndpoint,
  removeEndpoint,
  replayMessages,
  restoreEndpoint,
  resumeEndpoint,
  rotateSecret,
  testEndpoint,
  useMoves,
} from './store.ts'
import { pauseWords, reachWords, refused, shortAddress, whyWords } from './words.ts'
import './webhooks.css'

/** Everything that is kept, whenever it came. */
const longAgo = '2000-01-01T00:00:00.000Z'

type Tried = Pick<MessageDetail, 'lastStatus' | 'lastWord' | 'lastMs'>

function Tested({ lastStatus: status, lastWord: word, lastMs: ms }: Tried) {
  return word === null ? (
    <Banner tone="good">{t('webhooks.testArrived', { status: status ?? '', ms: ms ?? 0 })}</Banner>
  ) : (
    <Banner tone="bad" title={t('webhooks.testFailed')}>
      {whyWords({ word, status })}
    </Banner>
  )
}

function Standing({ endpoint, onDone }: { readonly endpoint: Endpoint; readonly onDone: () => void }) {
  const { id, paused, failingSince, kept, oldSecretUntil } = endpoint
  const resume = () => resumeEndpoint(id).then(onDone, refused)
  const sendKept = () =>
    replayMessages({ endpointId: id, what: 'missed', since: longAgo }).then(({ count }) => {
      showToast({ text: t('webhooks.replayed', { count }) })
      onDone()
    }, refused)
  return (
    <>
      {paused !== null && (
        <Banner
          tone={paused === 'by-hand' ? 'neutral' : 'bad'}
          title={t('webhooks.paused')}
          action={
            <Button icon={Play} onClick={() => void resume()}>
              {t('webhooks.resume')}
            </Button>
          }
        >
          {pauseWords(paused)}
        </Banner>
      )}
      {paused === null && failingSince !== null && (
        <Banner tone="warn">
          {t('webhooks.failingSince')} <Time at={failingSince} form="dayAndTime" />. {t('webhooks.failingHint')}
        </Banner>
      )}
      {paused === null && kept > 0 && (
        <Banner
          action={
            <Button icon={RotateCw} onClick={() => void sendKept()}>
              {t('webhooks.sendKept')}
            </Button>
          }
        >
          {t('webhooks.kept', { count: kept })}
        </Banner>
      )}
      {oldSecretUntil !== null && (
        <Banner>
          {t('webhooks.bothSecrets')} <Time at={oldSecretUntil} form="dayAndTime" />.
        </Banner>
      )}
    </>
  )
}

/** What is not as it should be, in a line; nothing where all is. */
function Counts({ endpoint: { waiting, failures, kept } }: { readonly endpoint: Endpoint }) {
  const words = [
    waiting > 0 && t('webhooks.waiting', { count: waiting }),
    failures > 0 && t('webhooks.failures', { count: failures }),
    kept > 0 && t('webhooks.keptCount', { count: kept }),
  ].filter(one => one !== false)
  return words.length === 0 ? null : <p class="muted figures">{words.join(' · ')}</p>
}

/** /webhooks/:endpointId */
export function WebhookPage({ params }: PageProps<'webhook'>) {
  const endpointId = params.endpointId as EndpointId
  const { value, problem, reload } = useLoad(endpointId, () => getEndpoint(endpointId))
  useMoves(reload)
  const { route: go } = useLocation()
  const [doing, setDoing] = useState<'change' | 'replay'>()
  const [secret, setSecret] = useState<string>()
  const [tested, setTested] = useState<Tried>()
  const [busy, setBusy] = useState(false)
  const endpoint = value?.endpoint
  usePageTitle(endpoint ? shortAddress(endpoint) : t('webhooks.one'))
  const parent = { label: t('webhooks.title'), href: pathTo('webhooks') }

  if (!endpoint)
    return (
      <div class="stack-loose">
        <PageHeader title={t('webhooks.one')} parent={parent} />
        {problem ? (
          <ErrorState
            title={t('webhooks.oneFailed')}
            detail={problemWords(problem)}
            requestId={problem.requestId}
            onRetry={reload}
          />
        ) : (
          <Skeleton form="page" />
        )}
      </div>
    )

  const test = async () => {
    setBusy(true)
    setTested(undefined)
    try {
      setTested((await testEndpoint(endpointId)).message)
    } catch (error) {
      refused(error)
    } finally {
      setBusy(false)
    }
  }
  const remove = async () => {
    try {
      await removeEndpoint(endpointId)
    } catch (error) {
      refused(error)
      return
    }
    go(pathTo('webhooks'))
    const back = () => restoreEndpoint(endpointId).then(() => go(pathTo('webhook', { endpointId })), refused)
    showToast({ text: t('webhooks.removed', { address: shortAddress(endpoint) }), onUndo: () => void back() })
  }
  const rotate = () => rotateSecret(endpointId).then(made => setSecret(made.secret), refused)
  const pause = () => pauseEndpoint(endpointId).then(reload, refused)
  const resume = () => resumeEndpoint(endpointId).then(reload, refused)
  const address = shortAddress(endpoint)
  return (
    <div class="stack-loose webhook-page">
      <PageHeader
        title={address}
        parent={parent}
        badges={<StateBadge endpoint={endpoint} />}
        lead={
          <>
            {endpoint.description !== '' && (
              <>
                <bdi>{endpoint.description}</bdi> ·{' '}
              </>
            )}
            {reachWords(endpoint)}
            {endpoint.lastSuccessAt !== null && (
              <>
                {' · '}
                {t('webhooks.arrived')} <Time at={endpoint.lastSuccessAt} />
              </>
            )}
          </>
        }
        actions={
          <>
            <Menu
              label={t('webhooks.menu', { address })}
              items={[
                { label: t('webhooks.change'), icon: Pencil, onSelect: () => setDoing('change') },
                { label: t('webhooks.rotate'), icon: KeySquare, onSelect: () => void rotate() },
                ...(endpoint.paused === null
                  ? [
                      { label: t('webhooks.replay'), icon: RotateCw, onSelect: () => setDoing('replay') },
                      { label: t('webhooks.pause'), icon: Pause, onSelect: () => void pause() },
                    ]
                  : [{ label: t('webhooks.resume'), icon: Play, onSelect: () => void resume() }]),
                'line',
                { label: t('webhooks.remove'), icon: Trash2, kind: 'danger', onSelect: () => void remove() },
              ]}
            />
            <Button kind="primary" icon={Send} busy={busy} onClick={() => void test()}>
              {t('webhooks.test')}
            </Button>
          </>
        }
      />
      <div class="stack">
        {tested && <Tested {...tested} />}
        <Standing endpoint={endpoint} onDone={reload} />
        <Counts endpoint={endpoint} />
        <details>
          <summary class="webhook-fold">
            {t('webhooks.types')} ({endpoint.types.length})
          </summary>
          <ul class="webhook-types" aria-label={t('webhooks.types')}>
            {endpoint.types.map(type => (
              <li key={type}>
                <code class="webhook-type">{type}</code>
              </li>
            ))}
          </ul>
        </details>
      </div>
      <Messages endpoint={endpoint} />
      {doing === 'change' && (
        <EndpointDialog
          endpoint={endpoint}
          onClose={() => setDoing(undefined)}
          onDone={() => {
            setDoing(undefined)
            reload()
          }}
        />
      )}
      {doing === 'replay' && <ReplayDialog endpointId={endpointId} onClose={() => setDoing(undefined)} />}
      {secret !== undefined && <SecretDialog how="rotated" secret={secret} onClose={() => setSecret(undefined)} />}
    </div>
  )
}
