// What is new in all channels of the person, kept current on every device: the frame's figure, the figures beside a
// course's links, the lines of the Inbox. Filled by the person's own scope of talk.
import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals'
import { inbox as frameInbox, person } from '#client/app/frame.ts'
import { scopeStore } from '#client/platform/realtime.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { type ChannelHead, inboxScope, type ReadState, unreadOf } from '#protocol/channels/inbox.ts'

export interface Standing {
  readonly head: ChannelHead
  readonly unread: number
  readonly mentioned: boolean
  readonly muted: boolean
  /** Posts in a forum since its list was last looked at: for its own link, no part of the Inbox. */
  readonly posts: number
}

const heads = signal<ReadonlyMap<string, ChannelHead>>(new Map())
const reads = signal<Readonly<Record<string, ReadState>>>({})
/** Grows when a channel appears that was not known: a list that was read is read again. */
export const channelsTurn = signal(0)

/** A channel is silent until the moment that was chosen. */
const isMuted = (read: ReadState | undefined) =>
  read !== undefined && read.mutedUntil !== null && Date.parse(read.mutedUntil) > Date.now()

/** Where every channel of the person stands. Posts of forums are counted by their topics, not here. */
export const standings: ReadonlySignal<ReadonlyMap<string, Standing>> = computed(
  () =>
    new Map(
      [...heads.value].map(([id, head]) => {
        const read = reads.value[id]
        const counted = head.form === 'forum' ? { unread: 0, mentioned: false } : unreadOf(head, read)
        const posts = head.form === 'forum' ? unreadOf(head, read).unread : 0
        return [id, { head, ...counted, muted: isMuted(read), posts }] as const
      }),
    ),
)

/** How one of a course's own channels stands. */
export const inCourse = (courseId: string, form: ChannelHead['form']): Standing | undefined =>
  [...standings.value.values()].find(
    one => one.head.courseId === courseId && one.head.place === 'course' && one.head.form === form,
  )

/** Starts it; called once by boot. Guests have one class and no inbox. */
export function startInbox(): void {
  let stop: (() => void) | undefined
  effect(() => {
    const who = person.value
    stop?.()
    stop = undefined
    untracked(() => {
      heads.value = new Map()
      reads.value = {}
      if (who && !who.guest) stop = listen(who.id as AccountId)
    })
  })
  effect(() => {
    const fresh = [...standings.value.values()].filter(one => one.unread > 0 && (!one.muted || one.mentioned))
    frameInbox.value = { unread: fresh.length, mentioned: fresh.some(one => one.mentioned) }
  })
}

function listen(accountId: AccountId): () => void {
  const own = scopeStore(inboxScope, accountId)
  const release = own.open()
  const stops = [
    release,
    effect(() => {
      reads.value = own.state.value?.reads ?? {}
    }),
    effect(() => {
      const all = own.fleeting.value.heads
      if (!all) return
      const before = heads.peek()
      heads.value = new Map(all.channels.map(one => [one.channelId, one]))
      if (all.channels.some(one => !before.has(one.channelId)) || before.size !== heads.peek().size)
        channelsTurn.value = channelsTurn.peek() + 1
    }),
    effect(() => {
      const moved = own.fleeting.value.headsMoved
      if (!moved) return
      const next = new Map(heads.peek())
      for (const one of moved.channels) {
        const head = next.get(one.channelId)
        if (!head) continue
        next.set(one.channelId, {
          ...head,
          lastNumber: Math.max(head.lastNumber, one.lastNumber),
          mentionedNumber: Math.max(head.mentionedNumber, one.mentionedNumber),
        })
      }
      heads.value = next
      channelsTurn.value = channelsTurn.peek() + 1
    }),
  ]
  return () => {
    for (const one of stops) one()
  }
}
