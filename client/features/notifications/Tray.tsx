// The tray: what concerns the reader, the latest first. A tap leads to the place and reads it.
import { BellOff, Check, CheckCheck } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { person } from '#client/app/frame.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { Sheet } from '#client/ui/Sheet.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Tabs } from '#client/ui/Tabs.tsx'
import { Time } from '#client/ui/Time.tsx'
import { VisuallyHidden } from '#client/ui/VisuallyHidden.tsx'
import type { Notification } from '#protocol/notifications.ts'
import { type Show, trayOpen, unread, useNotifications } from './store.ts'
import { about, happened, kindIcons, pathOf } from './words.ts'

const close = () => {
  trayOpen.value = false
}

/** Open as long as it is mounted. */
export function Tray() {
  const [show, setShow] = useState<Show>('all')
  const list = useNotifications(show)
  const { route } = useLocation()
  const open = (one: Notification) => {
    list.read(one)
    close()
    route(pathOf(one, person.value?.id ?? ''))
  }
  return (
    <Sheet
      open
      onClose={close}
      title={t('notifications.title')}
      actions={
        unread.value > 0 && (
          <Button icon={CheckCheck} onClick={list.readAll}>
            {t('notifications.markAll')}
          </Button>
        )
      }
    >
      <Tabs
        label={t('notifications.show')}
        tabs={[
          { id: 'all' as Show, label: t('notifications.showAll') },
          { id: 'unread', label: t('notifications.showUnread') },
        ]}
        selected={show}
        onSelect={setShow}
      >
        {list.problem && !list.items ? (
          <ErrorState
            title={t('notifications.loadFailed')}
            detail={problemWords(list.problem)}
            requestId={list.problem.requestId}
            onRetry={list.reload}
          />
        ) : !list.items ? (
          <Skeleton form="rows" />
        ) : list.items.length === 0 ? (
          <EmptyState
            icon={BellOff}
            title={show === 'unread' ? t('notifications.emptyUnread') : t('notifications.empty')}
          >
            {show === 'all' && t('notifications.emptyDetail')}
          </EmptyState>
        ) : (
          <ul class="tray-list">
            {list.items.map(one => (
              <Entry key={one.id} one={one} onOpen={() => open(one)} onRead={() => list.read(one)} />
            ))}
          </ul>
        )}
        {list.next !== undefined && (
          <Button wide busy={list.busy} onClick={list.showMore}>
            {t('notifications.more')}
          </Button>
        )}
      </Tabs>
    </Sheet>
  )
}

interface EntryProps {
  readonly one: Notification
  readonly onOpen: () => void
  readonly onRead: () => void
}

function Entry({ one, onOpen, onRead }: EntryProps) {
  const fresh = one.readAt === null
  return (
    <li class="tray-entry" data-fresh={fresh || undefined}>
      <button type="button" class="tray-open" onClick={onOpen}>
        <Icon as={kindIcons[one.kind]} size={20} />
        <span class="tray-words">
          <span class="tray-what">
            {fresh && <VisuallyHidden>{t('notifications.isUnread')}: </VisuallyHidden>}
            {happened(one)}
          </span>
          <span class="tray-about">{about(one)}</span>
          <span class="tray-when">
            <Time at={one.at} />
          </span>
        </span>
      </button>
      {fresh && (
        <IconButton icon={Check} label={t('notifications.markRead', { what: happened(one) })} onClick={onRead} />
      )}
    </li>
  )
}
