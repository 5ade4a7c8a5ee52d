// The messages of a webhook, the newest first, found by state and type; live: rows move as they are sent.
import { MailX, Send } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { usePages } from '#client/platform/use-pages.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Section } from '#client/ui/Card.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { ShowMore } from '#client/ui/ShowMore.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import { type Endpoint, messageState, messageStates, type WebhookMessage } from '#protocol/webhooks.ts'
import { MessageDialog } from './MessageDialog.tsx'
import { listMessages, useMoves } from './store.ts'
import { stateTexts, stateTones, whyWords } from './words.ts'

const page = { least: 50, most: 200 }

function Detail({ message }: { readonly message: WebhookMessage }) {
  const { createdAt, attempts, nextAt, lastWord, lastStatus, state } = message
  const why = state === 'sent' ? '' : whyWords({ word: lastWord, status: lastStatus })
  return (
    <>
      <Time at={createdAt} form="dayAndTime" />
      {attempts > 0 && <> · {t('webhooks.tries', { count: attempts })}</>}
      {why !== '' && <> · {why}</>}
      {nextAt !== null && attempts > 0 && (
        <>
          {' '}
          {t('webhooks.nextTry')} <Time at={nextAt} />
        </>
      )}
    </>
  )
}

export function Messages({ endpoint: { id: endpointId, paused } }: { readonly endpoint: Endpoint }) {
  const [state, setState] = useState<WebhookMessage['state'] | ''>('')
  const [search, setSearch] = useState('')
  const [open, setOpen] = useState<WebhookMessage>()
  const type = search.trim()
  const list = usePages(`${endpointId} ${state} ${type}`, (after, wanted) =>
    listMessages({ endpointId, state, type, limit: Math.min(page.most, Math.max(page.least, wanted)) }, after),
  )
  useMoves(list.reload)
  const any = state === '' && type === ''
  return (
    <Section title={t('webhooks.messages')}>
      {list.rows === undefined ? (
        list.problem ? (
          <ErrorState
            title={t('webhooks.messagesFailed')}
            detail={problemWords(list.problem)}
            requestId={list.problem.requestId}
            onRetry={list.reload}
          />
        ) : (
          <Skeleton form="rows" />
        )
      ) : list.rows.length === 0 && any ? (
        <EmptyState icon={Send} title={t('webhooks.noMessages')}>
          {t('webhooks.noMessagesLead')}
        </EmptyState>
      ) : (
        <div class="stack">
          <div class="webhook-filters">
            <Field
              type="select"
              name="state"
              label={t('webhooks.state')}
              labelHidden
              value={state}
              onValue={value => setState(value === '' ? '' : messageState.parse(value))}
              options={[
                { value: '', label: t('webhooks.everyState') },
                ...messageStates.map(one => ({ value: one, label: t(stateTexts[one]) })),
              ]}
            />
            <Field
              type="search"
              name="type"
              label={t('webhooks.search')}
              labelHidden
              placeholder={t('webhooks.search')}
              value={search}
              onValue={setSearch}
              maxLength={100}
            />
          </div>
          {list.rows.length === 0 ? (
            <EmptyState icon={MailX} title={t('webhooks.noMatch')}>
              {t('webhooks.noMatchLead')}
            </EmptyState>
          ) : (
            <div class="card" data-flush>
              <List label={t('webhooks.messages')}>
                {list.rows.map(message => (
                  <Row
                    key={message.id}
                    title={<code class="webhook-type">{message.type}</code>}
                    detail={<Detail message={message} />}
                    end={<Badge tone={stateTones[message.state]}>{t(stateTexts[message.state])}</Badge>}
                    onPress={() => setOpen(message)}
                  />
                ))}
              </List>
            </div>
          )}
          <ShowMore onMore={list.more} busy={list.busy} problem={list.problem && problemWords(list.problem)} />
        </div>
      )}
      {open && <MessageDialog message={open} paused={paused !== null} onClose={() => setOpen(undefined)} />}
    </Section>
  )
}
