// Who is typing in a channel, from hints that may be lost: said for a few seconds, and ended by what they then say.
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import type { ScopeStore } from '#client/platform/scope-store.ts'
import type { channelScope } from '#protocol/channels.ts'

/** How long somebody is said to be typing after they last did, in milliseconds. */
const typingMs = 5_000
/** How long after a person's message a hint of their typing is taken for an old one, in milliseconds. */
const settledMs = 800

export interface Typing {
  readonly names: ReadonlySignal<readonly string[]>
  /** Listens to the channel for somebody who is not told of themselves; answers how to stop. */
  follow(meId: string): () => void
}

/** The typing of one channel. */
export function typingIn(scope: ScopeStore<typeof channelScope>): Typing {
  const typers = signal<ReadonlyMap<string, { name: string; until: number }>>(new Map())
  const wroteAt = new Map<string, number>()
  let heard: number | undefined
  let hint: unknown
  const keep = (stays: (id: string, until: number) => boolean) => {
    const left = [...typers.peek()].filter(([id, one]) => stays(id, one.until))
    if (left.length !== typers.peek().size) typers.value = new Map(left)
  }
  return {
    names: computed(() => [...typers.value.values()].map(one => one.name)),
    follow(meId) {
      const stops = [
        effect(() => {
          const state = scope.state.value
          if (!state) return
          const from = heard ?? state.channel.lastNumber
          heard = Math.max(from, state.channel.lastNumber)
          const wrote = new Set(state.messages.filter(one => one.number > from).map(one => one.authorId))
          if (wrote.size === 0) return
          // A message ends the typing of who wrote it.
          for (const id of wrote) wroteAt.set(id, Date.now())
          keep(id => !wrote.has(id))
        }),
        effect(() => {
          const one = scope.fleeting.value.typing
          // The scope keeps the last hint: one that was heard is not heard again.
          if (!one || one === hint || one.accountId === meId) return
          hint = one
          if (Date.now() - (wroteAt.get(one.accountId) ?? 0) < settledMs) return
          typers.value = new Map([...typers.peek(), [one.accountId, { name: one.name, until: Date.now() + typingMs }]])
        }),
      ]
      const timer = setInterval(() => keep((_, until) => until > Date.now()), 1_000)
      return () => {
        clearInterval(timer)
        for (const stop of stops) stop()
      }
    },
  }
}
