// One message: its exact body, and each try with its headers and what came back. Sent again from here.
import { RotateCw } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Button } from '#client/ui/Button.tsx'
import { CopyButton } from '#client/ui/CopyButton.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { MessageDetail, WebhookMessage, WebhookTry } from '#protocol/webhooks.ts'
import { Code } from './Code.tsx'
import { getMessage, sendMessage, useMoves } from './store.ts'
import { refused, stateTexts, stateTones, whyWords } from './words.ts'

const headerLines = ({ headers }: WebhookTry): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')

function Try({ made }: { readonly made: WebhookTry }) {
  const why = whyWords(made)
  return (
    <section class="webhook-try" aria-label={t('webhooks.tryNumber', { number: made.number })}>
      <p>
        <strong>{t('webhooks.tryNumber', { number: made.number })}</strong> · <Time at={made.at} form="dayAndTime" /> ·{' '}
        {made.status !== null && <>{made.status} · </>}
        {t('webhooks.took', { ms: made.ms })}
      </p>
      {why !== '' && <p class="webhook-why">{why}</p>}
      <details>
        <summary class="webhook-fold">{t('webhooks.headers')}</summary>
        <Code>{headerLines(made)}</Code>
      </details>
      {made.status !== null && (
        <details>
          <summary class="webhook-fold">{t('webhooks.answer')}</summary>
          {made.answer === '' ? <p class="muted">{t('webhooks.noAnswer')}</p> : <Code>{made.answer}</Code>}
        </details>
      )}
    </section>
  )
}

function Detail({ message }: { readonly message: MessageDetail }) {
  return (
    <div class="stack">
      <div class="cluster">
        <Badge tone={stateTones[message.state]}>{t(stateTexts[message.state])}</Badge>
        <Time at={message.createdAt} form="dayAndTime" />
      </div>
      <div class="stack-tight">
        <div class="section-head">
          <h3>{t('webhooks.body')}</h3>
          <CopyButton text={message.body} />
        </div>
        <Code>{message.body}</Code>
      </div>
      <div class="stack">
        <h3>{t('webhooks.allTries')}</h3>
        {message.tries.length === 0 ? (
          <p class="muted">{t('webhooks.noTries')}</p>
        ) : (
          message.tries.map(one => <Try key={one.number} made={one} />)
        )}
      </div>
    </div>
  )
}

interface MessageDialogProps {
  readonly message: WebhookMessage
  /** Nothing is sent again while the endpoint is paused. */
  readonly paused: boolean
  readonly onClose: () => void
}

/** Open while it is mounted; live. */
export function MessageDialog({ message: { id, endpointId, type }, paused, onClose }: MessageDialogProps) {
  const { value, problem, reload } = useLoad(id, () => getMessage({ endpointId, messageId: id }))
  useMoves(reload)
  const [busy, setBusy] = useState(false)
  const send = async () => {
    setBusy(true)
    try {
      await sendMessage({ endpointId, messageId: id })
      onClose()
      showToast({ text: t('webhooks.sentAgain') })
    } catch (error) {
      refused(error)
      setBusy(false)
    }
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={type}
      actions={
        !paused && (
          <Button icon={RotateCw} busy={busy} onClick={() => void send()}>
            {t('webhooks.sendOne')}
          </Button>
        )
      }
    >
      {value ? (
        <Detail message={value.message} />
      ) : problem ? (
        <ErrorState title={t('webhooks.messageFailed')} detail={problemWords(problem)} onRetry={reload} />
      ) : (
        <Skeleton form="text" />
      )}
    </Dialog>
  )
}
