// What the client does with a channel: the window over its messages, what waits in the outbox, the read position.
import { batch, computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { connection } from '#client/app/frame.ts'
import { call, request } from '#client/platform/call.ts'
import { newOperationId } from '#client/platform/operation-id.ts'
import { outbox } from '#client/platform/outbox.ts'
import { inputOf } from '#client/platform/outbox-shapes.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { scopeStore } from '#client/platform/realtime.ts'
import { t } from '#client/platform/texts.ts'
import { showToast } from '#client/ui/Toast.tsx'
import type { InputBefore } from '#protocol/base/call.ts'
import type { AttachmentId } from '#protocol/channels/attachments.ts'
import {
  channelCalls,
  channelRoutes,
  channelScope,
  isMessageChange,
  type Message,
  type MessageVersion,
} from '#protocol/channels.ts'
import { takeBack } from './attach/attaching.ts'
import { type Change, changeOf, laidOver, type MadeChange } from './changes.ts'
import type { PendingMessage } from './MessageRow.tsx'
import { type Goal, type Landed, readingPages } from './pages.ts'
import { isMine } from './reactions.ts'
import { readTeller } from './reading.ts'
import { typingIn } from './typing.ts'
import { keepUnsent, type SendInput, sayRefused, takeUnsent, unsent } from './unsent.ts'
import { type MessageWindow, withLatest } from './window.ts'

/** Typing is told at most so often, in milliseconds. */
const typingEveryMs = 2_500

/** How long what was acknowledged is laid over what is told, in milliseconds. */
const settlesMs = 2_000

/** What a message can bring beside its words. */
export interface Draft {
  readonly text: string
  readonly title?: string | undefined
  readonly replyTo?: Message | undefined
  readonly mentions?: readonly string[] | undefined
  readonly files?: readonly AttachmentId[] | undefined
}

export interface ChannelStore {
  readonly scope: ReturnType<typeof scopeStore<typeof channelScope>>
  /** With what was done to its messages here and waits to be sent. */
  readonly window: ReadonlySignal<MessageWindow | undefined>
  /** Ids of messages with something done to them that waits on this device for a connection. */
  readonly kept: ReadonlySignal<ReadonlySet<string>>
  readonly pending: ReadonlySignal<readonly PendingMessage[]>
  /** Undefined until it is known. */
  readonly readNumber: ReadonlySignal<number | undefined>
  readonly unread: ReadonlySignal<number>
  readonly typing: ReadonlySignal<readonly string[]>
  /** The message a jump to a moment led to; another object with every jump. */
  readonly landed: ReadonlySignal<Landed | undefined>
  send(draft: Draft): void
  retry(id: string): void
  discard(id: string): void
  edit(message: Message, text: string, mentions?: readonly string[]): void
  remove(message: Message): void
  /** Sets a reaction, or takes it back where it is set. */
  react(message: Message, emoji: string): void
  /** What a message said before. */
  versions(message: Message): Promise<readonly MessageVersion[]>
  /** Shows what was said around a number, or around a moment. */
  jump(to: Goal): Promise<void>
  typed(): void
  older(): Promise<void>
  newer(): Promise<void>
  latest(): void
  /** Whether the reader is at the newest, and what comes goes on under it, or reads back. */
  follow(how: 'follows' | 'reads back'): void
  markRead(): void
  open(meId: string): () => void
}

const stores = new Map<string, ChannelStore>()

function make(channelId: string): ChannelStore {
  const scope = scopeStore(channelScope, channelId)
  const held = signal<MessageWindow | undefined>(undefined)
  const readNumber = signal<number | undefined>(undefined)
  const typing = typingIn(scope)
  const landed = signal<Landed | undefined>(undefined)
  const settling = signal<readonly MadeChange[]>([])
  let following = true
  let openers = 0
  const me = signal('')
  let typedAt = 0
  const inChannel = { channelId } as { channelId: SendInput['channelId'] }
  const reading = readTeller(number => call(channelCalls.markRead, { ...inChannel, number }))
  const tell = (error: unknown) => showToast({ text: problemWords(error), tone: 'bad' })
  const pages = readingPages({ channelId, scope, held, landed, tell })

  const changes = computed(() =>
    outbox().pending.value.flatMap(entry => {
      const change = changeOf(entry)
      return change ? [{ change, kept: entry.kept }] : []
    }),
  )
  const window = computed(() => {
    const now = held.value
    if (!now) return undefined
    const items = laidOver(now.items, [...settling.value, ...changes.value.map(one => one.change)], me.value)
    return items === now.items ? now : { ...now, items }
  })
  const pending = computed<readonly PendingMessage[]>(() => [
    ...outbox().pending.value.flatMap(entry => {
      const input = inputOf(channelCalls.send, entry)
      if (input?.channelId !== channelId) return []
      const stand = { is: entry.kept && !connection.value.online ? ('kept' as const) : ('sending' as const) }
      return [{ id: entry.id, text: input.text, files: input.files, stand }]
    }),
    ...unsent.value
      .filter(one => one.input.channelId === channelId)
      .map(({ id, input, reason }) => ({
        id,
        text: input.text,
        files: input.files,
        stand: { is: 'failed' as const, reason },
      })),
  ])

  // In one lane: what somebody does in a channel arrives in the order in which they did it.
  const lane = `channel ${channelId}`
  const sendInput = (input: SendInput) =>
    outbox()
      .send(channelCalls.send, input, lane)
      .catch((error: unknown) => keepUnsent({ id: newOperationId(), input }, error))

  const refused = (change: Change) => (error: unknown) => sayRefused(change, error)

  const store: ChannelStore = {
    scope,
    window,
    kept: computed(() => {
      const { online } = connection.value
      return new Set(changes.value.flatMap(one => (one.kept && !online ? [one.change.messageId] : [])))
    }),
    pending,
    readNumber,
    unread: computed(() => {
      const last = scope.state.value?.channel.lastNumber ?? 0
      return readNumber.value === undefined ? 0 : Math.max(0, last - readNumber.value)
    }),
    typing: typing.names,
    landed,
    send(draft) {
      typedAt = 0
      const { text, title, replyTo, mentions, files } = draft
      const input = {
        ...inChannel,
        text,
        ...(title === undefined ? {} : { title }),
        ...(replyTo === undefined ? {} : { replyTo: replyTo.id }),
        ...(mentions && mentions.length > 0 ? { mentions: [...mentions] as NonNullable<SendInput['mentions']> } : {}),
        ...(files && files.length > 0 ? { files: [...files] } : {}),
      }
      sendInput(input)
    },
    retry(id) {
      const one = takeUnsent(id)
      if (one) sendInput(one.input)
    },
    discard(id) {
      takeBack(takeUnsent(id)?.input.files ?? [])
    },
    edit(message, text, mentions) {
      const named = mentions && { mentions: [...mentions] as NonNullable<SendInput['mentions']> }
      // An edit names the version it was written over, and can wait as long as the rest: one that comes over newer words is
      // refused as a conflict, and its own words are given back.
      const input = { messageId: message.id, version: message.version, text, ...named }
      outbox()
        .send(channelCalls.edit, input, lane)
        .catch(refused({ does: 'edit', ...input }))
    },
    remove(message) {
      const input = { messageId: message.id }
      outbox()
        .send(channelCalls.remove, input, lane)
        .then(() => showToast({ text: t('channels.removed') }), refused({ does: 'remove', ...input }))
    },
    react(message, emoji) {
      const mine = message.reactions.find(one => one.emoji === emoji)
      const set = mine && isMine(mine, me.peek()) ? ('off' as const) : ('on' as const)
      const input = { messageId: message.id, emoji, set }
      // Of several taps that were not sent yet the last is what they want.
      outbox()
        .send(channelCalls.react, input, lane, `react ${message.id} ${emoji}`)
        .catch(refused({ does: 'react', ...input }))
    },
    versions: message =>
      request(channelRoutes.versions, { messageId: message.id }).then(
        answer => answer.items,
        (error: unknown) => {
          tell(error)
          return []
        },
      ),
    jump(to) {
      following = false
      return pages.jump(to)
    },
    typed() {
      if (Date.now() - typedAt < typingEveryMs || !connection.peek().online) return
      typedAt = Date.now()
      // A hint that may be lost.
      call(channelCalls.typing, inChannel).catch(() => undefined)
    },
    older: pages.older,
    newer: pages.newer,
    latest: pages.latest,
    follow(how) {
      following = how === 'follows'
    },
    markRead() {
      const number = scope.state.peek()?.channel.lastNumber ?? 0
      readNumber.value = Math.max(readNumber.peek() ?? 0, number)
      reading.read(number)
    },
    open(meId) {
      me.value = meId
      openers++
      const release = scope.open()
      const stops = [
        release,
        // The state holds the latest messages alone; what becomes of older ones that are read here is told all the same.
        scope.hear({
          told: event => {
            if (isMessageChange(event)) pages.changed(event)
          },
          anew: () => void pages.refresh(),
        }),
        effect(() => {
          const state = scope.state.value
          if (!state) return
          const next = withLatest(held.peek(), state.messages, following ? 'follows' : 'reads back')
          batch(() => {
            held.value = next
          })
        }),
        typing.follow(meId),
        // What the server has may be told a moment later: until then its words must not turn back. A reaction has no version
        // that says whether it was told, and is left alone.
        outbox().onEnd(({ entry, outcome }) => {
          const change = outcome === 'done' ? changeOf(entry) : undefined
          if (!change || change.does === 'react') return
          settling.value = [...settling.peek(), change]
          setTimeout(() => {
            settling.value = settling.peek().filter(one => one !== change)
          }, settlesMs)
        }),
      ]
      if (readNumber.peek() === undefined) {
        request(channelRoutes.unread, inChannel as InputBefore<typeof channelRoutes.unread>).then(
          read => {
            reading.knows(read.readNumber)
            readNumber.value = Math.max(readNumber.peek() ?? 0, read.readNumber)
          },
          // Nothing is marked as new, and nothing as read, until it is known: it is asked again when the channel is opened again.
          () => undefined,
        )
      }
      return () => {
        for (const stop of stops) stop()
        if (--openers > 0) return
        // Whoever left begins at the latest the next time: what becomes of older messages meanwhile is not heard here.
        following = true
        pages.left()
      }
    },
  }
  return store
}

/** The store of a channel, open while the component is mounted. */
export function useChannel(channelId: string, meId: string): ChannelStore {
  const store = useMemo(() => {
    let found = stores.get(channelId)
    if (!found) {
      found = make(channelId)
      stores.set(channelId, found)
    }
    return found
  }, [channelId])
  useEffect(() => store.open(meId), [store, meId])
  return store
}
