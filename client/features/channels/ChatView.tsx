// Talk on the screen: the messages in sight, what waits to be sent, the line to write in. It
// keeps the reader's place when messages come or go at either end.
import { ArrowDown, ArrowUp, MessageSquare } from 'lucide-preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { person } from '#client/app/frame.ts'
import { DropPlace } from '#client/features/files/PickFiles.tsx'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { Spinner } from '#client/ui/Spinner.tsx'
import type { Message } from '#protocol/channels.ts'
import type { Attach } from './attach/attaching.ts'
import { takeFiles } from './attach/taking.ts'
import { ChatRows } from './ChatRows.tsx'
import { Composer } from './Composer.tsx'
import { type MessageActs, PendingRow } from './MessageRow.tsx'
import type { FindPeople } from './naming.ts'
import type { ChannelStore } from './store.ts'
import { showUnsent } from './unsent.ts'
import { type MessageWindow, ownHeadMs } from './window.ts'
import './ChatView.css'

export type ChatViewProps = {
  readonly window: MessageWindow
  /** Takes what is done here. */
  readonly store: ChannelStore
  readonly meId: string
  readonly open: boolean
  /** Why there is no line to write in although the channel is open; null when there is one. */
  readonly mute: string | null
  readonly may: (message: Message) => MessageActs
  /** With a line for a title: announcements. */
  readonly titled?: boolean | undefined
  /** What one person says in a row stands under one name. */
  readonly grouped: boolean
  readonly hint?: string | undefined
  readonly empty?: { readonly title: string; readonly detail: string } | undefined
  readonly findPeople?: FindPeople | undefined
  /** Takes files. */
  readonly attach?: Attach | undefined
  /** The first number that was not read when the pane was opened; 0 when all was. */
  readonly firstUnread: number
  /** New messages below what is in sight. */
  readonly below: number
  readonly typing: string
  readonly onVersions: (message: Message) => void
  /** Whether the reader is at the newest message and follows. */
  readonly onFollow: (following: boolean) => void
  /** The number of a message the reader came for: shown once, at the start. */
  readonly soughtNumber?: number | undefined
  /** Where a jump to a moment led. */
  readonly landed?: { readonly number: number } | undefined
  /** The address of a message; without, none is offered. */
  readonly linkTo?: ((number: number) => string) | undefined
}

const near = 240

/** What a message gets that was jumped to, for a moment. */
const foundMs = 3_000

const toEnd = (element: HTMLElement): number => element.scrollHeight - element.scrollTop - element.clientHeight

type Anchor = { readonly id: string; readonly top: number }

/** The pane's content. */
export function ChatView(props: ChatViewProps) {
  const { window: log, store, meId, open, firstUnread, below, onFollow, attach } = props
  const pending = store.pending.value
  const channelId = store.scope.state.value?.channel.id
  useEffect(() => (channelId === undefined ? undefined : showUnsent(channelId)), [channelId])
  const box = useRef<HTMLDivElement>(null)
  const anchor = useRef<Anchor>(undefined)
  const following = useRef(true)
  const loading = useRef(false)
  const [atEnd, setAtEnd] = useState(true)
  const [editing, setEditing] = useState<string | undefined>(undefined)
  const [replyTo, setReplyTo] = useState<Message | undefined>(undefined)
  const target = useRef<number>(undefined)

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

  const isAtEnd = (element: HTMLElement) => toEnd(element) < 48 && !log.hasAfter
  const follow = (on: boolean) => {
    following.current = on
    setAtEnd(on)
    onFollow(on)
  }

  const onScroll = () => {
    const element = box.current
    if (!element) return
    const follows = isAtEnd(element)
    // On the way to a message it is not said that the end is in sight.
    if (target.current === undefined && follows !== following.current) follow(follows)
    remember()
    if (element.scrollTop < near && log.hasBefore) void load(store.older)
    else if (toEnd(element) < near && log.hasAfter) void load(store.newer)
  }

  /** Shows a message in the middle and marks it for a moment; false when it is not held. */
  const show = (number: number): boolean => {
    const element = box.current
    const row = element?.querySelector<HTMLElement>(`[data-number="${number}"]`)
    if (!element || !row) return false
    row.scrollIntoView({ block: 'center' })
    follow(isAtEnd(element))
    row.dataset.found = ''
    setTimeout(() => delete row.dataset.found, foundMs)
    remember()
    return true
  }

  const jump = async (number: number) => {
    if (show(number)) return
    following.current = false
    target.current = number
    await load(() => store.jump({ number }))
    // Drawn by then; where it could not be read the reader stays where they are.
    setTimeout(() => {
      if (target.current === number) target.current = undefined
    }, foundMs)
  }

  const { soughtNumber, landed } = props
  useEffect(() => {
    if (landed) void jump(landed.number)
  }, [landed])
  useEffect(() => {
    if (soughtNumber !== undefined) void jump(soughtNumber)
  }, [soughtNumber])

  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const wanted = target.current
    if (wanted !== undefined && show(wanted)) {
      target.current = undefined
      return
    }
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
    follow(true)
    store.latest()
    const element = box.current
    if (element) element.scrollTop = element.scrollHeight
  }

  // What waits stands under an own name, never under that of who spoke last.
  const last = log.items.at(-1)
  const underOwn = last?.authorId === meId && props.grouped && Date.now() - Date.parse(last.sentAt) < ownHeadMs
  const writes = open && (props.mute === null || replyTo !== undefined)
  const empty = log.items.length === 0 && pending.length === 0
  return (
    <DropPlace
      class="chat"
      fits
      words={t('channels.dropToSend')}
      onFiles={files => takeFiles(files, writes ? attach : undefined)}
    >
      <div class="chat-box">
        <div
          class="chat-log"
          ref={box}
          onScroll={onScroll}
          // A picture whose size was not known has come.
          onLoadCapture={() => {
            if (following.current && box.current) box.current.scrollTop = box.current.scrollHeight
          }}
          role="log"
          aria-live="off"
          aria-label={t('channels.messages')}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by the keyboard.
          tabIndex={0}
        >
          {empty ? (
            <EmptyState icon={MessageSquare} title={props.empty?.title ?? t('channels.empty')}>
              {props.empty?.detail ?? t('channels.emptyDetail')}
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
              <ChatRows view={props} editing={editing} onEditing={setEditing} onReply={setReplyTo} onQuote={jump} />
              {!log.hasAfter &&
                pending.map((one, at) => (
                  <PendingRow
                    key={one.id}
                    pending={one}
                    me={at === 0 && !underOwn ? (person.value ?? undefined) : undefined}
                    onRetry={() => store.retry(one.id)}
                    onDiscard={() => store.discard(one.id)}
                  />
                ))}
            </>
          )}
        </div>
        {firstUnread > 0 && (log.items[0]?.number ?? 0) > firstUnread && (
          <div class="chat-jump" data-at="top">
            <Button size="small" onClick={() => void jump(firstUnread)}>
              <Icon as={ArrowUp} />
              {t('channels.toFirstUnread')}
            </Button>
          </div>
        )}
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
      {writes ? (
        <Composer
          place={channelId === undefined ? undefined : `talk ${channelId}`}
          titled={props.titled && !replyTo}
          hint={props.hint}
          attach={attach}
          replyTo={replyTo}
          onDropReply={() => setReplyTo(undefined)}
          findPeople={props.findPeople}
          onSend={written => {
            store.send({ ...written, replyTo })
            setReplyTo(undefined)
            toLatest()
          }}
          onTyping={store.typed}
          onEditLast={() => {
            const last = log.items.findLast(one => one.authorId === meId && one.text !== null)
            if (last && props.may(last).edit) setEditing(last.id)
          }}
        />
      ) : (
        <p class="chat-closed muted">{open ? props.mute : t('channels.closed')}</p>
      )}
    </DropPlace>
  )
}
