// Every channel of the person, latest first, with what is new in each; direct talk begins here.
import { Inbox, Megaphone, MessagesSquare, PenLine, Users } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { person } from '#client/app/frame.ts'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Avatar } from '#client/ui/Avatar.tsx'
import { Button } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Tabs } from '#client/ui/Tabs.tsx'
import { Time } from '#client/ui/Time.tsx'
import { Unread } from '#client/ui/Unread.tsx'
import type { ChannelEntry } from '#protocol/channels/inbox.ts'
import { type Show, useInbox } from './entries.ts'
import { standings } from './inbox.ts'
import { NewTalkDialog } from './NewTalkDialog.tsx'
import { othersIn, pathOf, titleOf } from './titles.ts'
import './Talk.css'

/** /inbox?new=1 */
export function InboxPage({ query }: PageProps<'inbox'>) {
  const [show, setShow] = useState<Show>('all')
  const [writing, setWriting] = useState(false)
  const { route: go } = useLocation()
  const { value, problem, reload, next } = useInbox(show)
  useEffect(() => {
    if (query.new !== '1') return
    setWriting(true)
    go(pathTo('inbox'), true)
  }, [query.new])
  return (
    <div class="stack">
      <PageHeader
        title={t('app.inbox')}
        actions={
          <Button kind="primary" icon={PenLine} onClick={() => setWriting(true)}>
            {t('channels.newTalk')}
          </Button>
        }
      />
      <Tabs
        label={t('channels.show')}
        tabs={[
          { id: 'all' as Show, label: t('channels.showAll') },
          { id: 'unread', label: t('channels.showUnread') },
        ]}
        selected={show}
        onSelect={setShow}
      >
        {problem && !value ? (
          <ErrorState
            title={t('channels.inboxFailed')}
            detail={problemWords(problem)}
            requestId={problem.requestId}
            onRetry={reload}
          />
        ) : !value ? (
          <Skeleton form="rows" />
        ) : value.items.length === 0 ? (
          <EmptyState
            icon={Inbox}
            title={show === 'unread' ? t('channels.nothingUnread') : t('channels.inboxEmpty')}
            action={show === 'unread' && <Button onClick={() => setShow('all')}>{t('channels.showAll')}</Button>}
          >
            {show === 'unread' ? t('channels.nothingUnreadDetail') : t('channels.inboxEmptyDetail')}
          </EmptyState>
        ) : (
          <div class="card" data-flush>
            <List label={t('app.inbox')}>
              {value.items.map(entry => (
                <EntryRow key={entry.channel.id} entry={entry} />
              ))}
            </List>
          </div>
        )}
        {value?.more && (
          <div>
            <Button onClick={next}>{t('channels.more')}</Button>
          </div>
        )}
      </Tabs>
      {writing && (
        <NewTalkDialog onClose={() => setWriting(false)} onStarted={channelId => go(pathTo('talk', { channelId }))} />
      )}
    </div>
  )
}

function EntryRow({ entry }: { readonly entry: ChannelEntry }) {
  const me = person.value?.id ?? ''
  const { channel, latest } = entry
  const now = standings.value.get(channel.id)
  const unread = now?.unread ?? entry.unread
  const mentioned = now?.mentioned ?? entry.mentioned
  const muted = now?.muted ?? entry.mutedUntil !== null
  const others = othersIn(channel, me)
  const [other] = others
  const icon = channel.form === 'announcements' ? Megaphone : channel.form === 'direct' ? Users : MessagesSquare
  const line = latest && (latest.text ?? t('channels.removedQuote'))
  return (
    <Row
      start={
        channel.pair && other ? (
          <Avatar name={other.name} seed={other.id} />
        ) : (
          <span class="inbox-icon">
            <Icon as={icon} size={20} />
          </span>
        )
      }
      title={<bdi class={unread > 0 ? 'inbox-title inbox-new' : 'inbox-title'}>{titleOf(entry, me)}</bdi>}
      detail={
        latest ? (
          <span class="inbox-line">
            {!channel.pair && <bdi>{t('channels.by', { name: latest.authorName })}</bdi>} <bdi>{line}</bdi>
          </span>
        ) : (
          t('channels.nothingYet')
        )
      }
      href={pathOf(entry)}
      end={
        <span class="inbox-end">
          {latest && (
            <span class="muted">
              <Time at={latest.sentAt} form="short" />
            </span>
          )}
          <Unread
            count={unread}
            words={t('channels.unread', { count: unread })}
            tone={mentioned ? 'strong' : muted ? 'muted' : undefined}
          />
        </span>
      }
    />
  )
}
