// Talk in a pane or a sheet: marks as read what is in sight, and has new messages read out to those who follow.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { person } from '#client/app/frame.ts'
import { pathTo } from '#client/app/paths.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { announce } from '#client/ui/LiveRegion.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { channelRoutes, lineOf, type Message } from '#protocol/channels.ts'
import { useAttach } from './attach/attaching.ts'
import { ChatView } from './ChatView.tsx'
import type { ChannelStore } from './store.ts'
import { VersionsDialog } from './VersionsDialog.tsx'
import type { MessageWindow } from './window.ts'

export type ChatPaneProps = {
  readonly store: ChannelStore
  readonly meId: string
  readonly mayModerate: boolean
  /** Who may only read is told why; the members of a class may always write while it is open. */
  readonly mute?: string | null | undefined
  readonly empty?: { readonly title: string; readonly detail: string } | undefined
  readonly hint?: string | undefined
  /** The number of a message the reader came for. */
  readonly soughtNumber?: number | undefined
  /** The address of a message by its number; that of the channel's own page where none is given. */
  readonly linkTo?: ((number: number) => string) | undefined
}

const mostPeople = 6

function typingWords(names: readonly string[]): string {
  const [name, other] = names
  if (name === undefined) return ''
  if (other === undefined) return t('channels.typingOne', { name })
  return names.length === 2 ? t('channels.typingTwo', { name, other }) : t('channels.typingMany')
}

/** Mounted while it is in sight. */
export function ChatPane({ store, meId, mayModerate, mute = null, empty, hint, soughtNumber, linkTo }: ChatPaneProps) {
  const attach = useAttach(store.scope.state.value?.channel.id)
  const [asked, setAsked] = useState<Message | undefined>(undefined)
  const channelId = store.scope.state.value?.channel.id
  const findPeople = useCallback(
    async (q: string) =>
      channelId === undefined
        ? []
        : (await request(channelRoutes.people, { channelId, q, limit: mostPeople + 1 })).items
            .filter(one => one.id !== meId)
            .slice(0, mostPeople),
    [channelId, meId],
  )
  // Whoever came for a message further up has not read what is new.
  const [following, setFollowing] = useState(soughtNumber === undefined)
  const window = store.window.value
  const state = store.scope.state.value
  const readNumber = store.readNumber.value
  // Where the reader was when the pane opened; the line stays there while it is open.
  const [opened, setOpened] = useState<{ from: number; to: number } | undefined>(undefined)
  const last = state?.channel.lastNumber ?? 0
  useEffect(() => {
    if (!opened && readNumber !== undefined && state) setOpened({ from: readNumber, to: state.channel.lastNumber })
  }, [readNumber, state, opened])
  const isNew = (one: Message) =>
    opened !== undefined && one.number > opened.from && one.number <= opened.to && one.authorId !== meId
  const inSight = window?.items.find(isNew)?.number
  // Further up than what is held: it can be jumped to.
  const firstUnread = inSight ?? (opened && opened.from > 0 && opened.to > opened.from ? opened.from + 1 : 0)

  useEffect(() => {
    const mark = () => {
      if (following && document.visibilityState === 'visible' && opened) store.markRead()
    }
    mark()
    document.addEventListener('visibilitychange', mark)
    return () => document.removeEventListener('visibilitychange', mark)
  }, [last, following, opened, store])

  const heard = useRef(0)
  useEffect(() => {
    if (heard.current === 0) heard.current = last
    const fresh = window?.items.filter(one => one.number > heard.current && one.authorId !== meId && one.text !== null)
    heard.current = Math.max(heard.current, last)
    if (!following || !fresh || fresh.length === 0) return
    const one = fresh[0]
    if (fresh.length === 1 && one) announce(t('channels.heard', { name: one.authorName, text: lineOf(one) ?? '' }))
    else announce(t('channels.heardMany', { count: fresh.length }))
  }, [last, window])

  const sought = useSought(soughtNumber, state?.channel.lastNumber, window, () => setFollowing(true))

  const problem = store.scope.problem.value
  if (problem) return <ErrorState title={t('channels.loadFailed')} detail={problemWords(problem)} />
  if (!window || !state) return <Skeleton form="rows" />
  const lastShown = window.items.at(-1)?.number ?? 0
  const { channel } = state
  const mine = (message: Message) => message.authorId === meId
  const mayReply = channel.form === 'announcements' ? channel.replies : mute === null
  const may = (message: Message) => ({
    edit: channel.open && mine(message) && (mute === null || channel.form === 'announcements'),
    remove: channel.open && (mine(message) || mayModerate),
    react: channel.open && (mute === null || channel.form === 'announcements'),
    reply: channel.open && mayReply,
    versions: mine(message) || mayModerate,
  })
  return (
    <>
      <ChatView
        window={window}
        store={store}
        meId={meId}
        open={channel.open}
        mute={mute}
        may={may}
        titled={channel.form === 'announcements' && mayModerate}
        grouped={channel.form !== 'announcements'}
        hint={hint}
        empty={empty}
        findPeople={findPeople}
        attach={attach}
        soughtNumber={sought}
        landed={store.landed.value}
        linkTo={person.value?.guest ? undefined : (linkTo ?? (at => pathTo('talk', { channelId: channel.id }, { at })))}
        firstUnread={firstUnread}
        below={window.hasAfter ? last - lastShown : Math.max(0, last - (readNumber ?? last))}
        typing={typingWords(store.typing.value)}
        onVersions={setAsked}
        onFollow={on => {
          setFollowing(on)
          store.follow(on ? 'follows' : 'reads back')
        }}
      />
      {asked && <VersionsDialog message={asked} read={store.versions} onClose={() => setAsked(undefined)} />}
    </>
  )
}

/**
 * The number to go to, of those the channel has; where it has none, or the message is gone, the reader is told so. Others
 * hear what it says.
 */
function useSought(
  number: number | undefined,
  last: number | undefined,
  window: MessageWindow | undefined,
  onNowhere: () => void,
): number | undefined {
  const [known, setKnown] = useState<{ number: number; there: boolean } | undefined>(undefined)
  const told = useRef<number>(undefined)
  useEffect(() => {
    if (number === undefined || last === undefined || known?.number === number) return
    setKnown({ number, there: number <= last })
    if (number <= last) return
    onNowhere()
    showToast({ text: t('channels.linkNowhere') })
  }, [number, last])
  const message = number === undefined ? undefined : window?.items.find(one => one.number === number)
  useEffect(() => {
    if (!message || told.current === message.number) return
    told.current = message.number
    if (message.text === null) showToast({ text: t('channels.linkRemoved') })
    else announce(t('channels.heard', { name: message.authorName, text: lineOf(message) ?? '' }))
  }, [message])
  return known?.number === number && known?.there ? number : undefined
}
