// Talk on the screen, from the state alone: the messages in sight, what waits to be sent, the line to write in. It
// keeps the reader's place when messages come or go at either end.
import { ArrowDown, MessageSquare } from 'lucide-preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { dayWord } from '#client/platform/dates.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { Spinner } from '#client/ui/Spinner.tsx'
import type { Message } from '#protocol/channels.ts'
import { Composer } from './Composer.tsx'
import { MessageRow, PendingRow } from './MessageRow.tsx'
import { continues, type MessageWindow } from './window.ts'
import './ChatView.css'

export type PendingMessage = {
  readonly id: string
  readonly text: string
  /** kept: there is no connection, it waits on this device. */
  readonly stand:
    | { readonly is: 'sending' }
    | { readonly is: 'kept' }
    | { readonly is: 'failed'; readonly reason: string }
}

export type ChatViewProps = {
  readonly window: MessageWindow
  readonly pending: readonly PendingMessage[]
  readonly meId: string
  readonly open: boolean
  readonly mayModerate: boolean
  /** The first number that was not read when the pane was opened; 0 when all was. */
  readonly firstUnread: number
  /** New messages below what is in sight. */
  readonly below: number
  readonly typing: string
  readonly onSend: (text: string) => void
  readonly onRetry: (id: string) => void
  readonly onDiscard: (id: string) => void
  readonly onEdit: (message: Message, text: string) => void
  readonly onRemove: (message: Message) => void
  readonly onTyping: () => void
  readonly onOlder: () => Promise<void>
  readonly onNewer: () => Promise<void>
  readonly onLatest: () => void
  /** Whether the reader is at the newest message and follows. */
  readonly onFollow: (following: boolean) => void
}

const near = 240

type Anchor = { readonly id: string; readonly top: number }

/** The pane's content. */
export function ChatView(props: ChatViewProps) {
  const { window: log, pending, meId, open, firstUnread, below, onOlder, onNewer, onFollow } = props
  const box = useRef<HTMLDivElement>(null)
  const anchor = useRef<Anchor>(undefined)
  const following = useRef(true)
  const loading = useRef(false)
  const [atEnd, setAtEnd] = useState(true)
  const [editing, setEditing] = useState<string | undefined>(undefined)

  /** Remembers the first message in sight, and where it stands. */
  const remember = () => {
    const element = box.current
    if (!element) return
    const top = element.getBoundingClientRect().top
    for (const row of element.querySelectorAll<HTMLElement>('[data-message]')) {
      const at = row.getBoundingClientRect()
      if (at.bottom > top) {
        anchor.current = { id: row.dataset.message ?? '', top: at.top - top }
        return
      }
    }
  }

  const load = async (read: () => Promise<void>) => {
    if (loading.current) return
    loading.current = true
    try {
      await read()
    } finally {
      loading.current = false
    }
  }

  const onScroll = () => {
    const element = box.current
    if (!element) return
    const toEnd = element.scrollHeight - element.scrollTop - element.clientHeight
    const follows = toEnd < 48 && !log.hasAfter
    if (follows !== following.current) {
      following.current = follows
      setAtEnd(follows)
      onFollow(follows)
    }
    remember()
    if (element.scrollTop < near && log.hasBefore) void load(onOlder)
    else if (toEnd < near && log.hasAfter) void load(onNewer)
  }

  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    if (following.current) {
      element.scrollTop = element.scrollHeight
      return
    }
    const held = anchor.current
    const row = held && element.querySelector<HTMLElement>(`[data-message="${CSS.escape(held.id)}"]`)
    if (!held || !row) return
    element.scrollTop += row.getBoundingClientRect().top - element.getBoundingClientRect().top - held.top
  }, [log, pending])

  // What is written below grows and the keyboard of a phone comes: the newest stays in sight.
  useEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(() => {
      if (following.current) element.scrollTop = element.scrollHeight
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const toLatest = () => {
    following.current = true
    setAtEnd(true)
    onFollow(true)
    props.onLatest()
    const element = box.current
    if (element) element.scrollTop = element.scrollHeight
  }

  const empty = log.items.length === 0 && pending.length === 0
  return (
    <div class="chat">
      <div class="chat-box">
        <div
          class="chat-log"
          ref={box}
          onScroll={onScroll}
          role="log"
          aria-live="off"
          aria-label={t('channels.messages')}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by the keyboard.
          tabIndex={0}
        >
          {empty ? (
            <EmptyState icon={MessageSquare} title={t('channels.empty')}>
              {t('channels.emptyDetail')}
            </EmptyState>
          ) : (
            <>
              <p class="chat-edge muted">
                {log.hasBefore ? (
                  <>
                    <Spinner /> {t('channels.older')}
                  </>
                ) : (
                  t('channels.start')
                )}
              </p>
              {log.items.map((one, index) => {
                const before = log.items[index - 1]
                const newDay = !before || dayWord(before.sentAt) !== dayWord(one.sentAt)
                return (
                  <div key={one.id} data-message={one.id}>
                    {newDay && <p class="chat-day">{dayWord(one.sentAt)}</p>}
                    {one.number === firstUnread && (
                      <p class="chat-new">
                        <span>{t('channels.new')}</span>
                      </p>
                    )}
                    <MessageRow
                      message={one}
                      headless={!newDay && continues(before, one, firstUnread)}
                      mayEdit={open && one.authorId === meId}
                      mayRemove={open && (one.authorId === meId || props.mayModerate)}
                      editing={editing === one.id}
                      onEditing={() => setEditing(one.id)}
                      onEdited={text => {
                        setEditing(undefined)
                        if (text !== undefined && text !== one.text) props.onEdit(one, text)
                      }}
                      onRemove={() => props.onRemove(one)}
                    />
                  </div>
                )
              })}
              {!log.hasAfter &&
                pending.map(one => (
                  <PendingRow
                    key={one.id}
                    pending={one}
                    onRetry={() => props.onRetry(one.id)}
                    onDiscard={() => props.onDiscard(one.id)}
                  />
                ))}
            </>
          )}
        </div>
        {!atEnd && (
          <div class="chat-jump">
            <Button size="small" onClick={toLatest}>
              <Icon as={ArrowDown} />
              {below > 0 ? t('channels.latestNew', { count: below }) : t('channels.latest')}
            </Button>
          </div>
        )}
      </div>
      <p class="chat-typing muted">{props.typing}</p>
      {open ? (
        <Composer
          onSend={text => {
            props.onSend(text)
            toLatest()
          }}
          onTyping={props.onTyping}
          onEditLast={() => {
            const last = log.items.findLast(one => one.authorId === meId && one.text !== null)
            if (last) setEditing(last.id)
          }}
        />
      ) : (
        <p class="chat-closed muted">{t('channels.closed')}</p>
      )}
    </div>
  )
}
