// Reads pages of a channel into the window over it: further back, further on, around a place, and what is held once more.
import { batch, type Signal } from '@preact/signals'
import { request } from '#client/platform/call.ts'
import type { ScopeStore } from '#client/platform/scope-store.ts'
import type { InputBefore, Output } from '#protocol/base/call.ts'
import { channelRoutes, type channelScope, type MessageChange, withChange } from '#protocol/channels.ts'
import { type MessageWindow, windowAt, withHeld, withLatest, withNewer, withOlder } from './window.ts'

type Page = InputBefore<typeof channelRoutes.messages>

/** Where a jump leads: to a number, or to a moment (ISO). */
export type Goal = { readonly number: number } | { readonly at: string }

/** The message a jump to a moment led to. */
export interface Landed {
  readonly number: number
}

interface Reading {
  readonly channelId: string
  readonly scope: ScopeStore<typeof channelScope>
  readonly held: Signal<MessageWindow | undefined>
  readonly landed: Signal<Landed | undefined>
  /** Told why a page could not be read. */
  readonly tell: (error: unknown) => void
}

/** What reads pages of one channel; each puts what it read into `held`. */
export function readingPages({ channelId, scope, held, landed, tell }: Reading) {
  // What was told while a page was on its way, by page: it may be older than that.
  const onTheWay = new Set<MessageChange[]>()
  let opening = 0
  /** How often all was read anew, and what happened before that was not told. */
  let anew = 0

  /** A page as it stands when it is here; nothing when whoever asked for it has left meanwhile. */
  async function read(page: Omit<Page, 'channelId'>) {
    const changes: MessageChange[] = []
    onTheWay.add(changes)
    const asked = opening
    try {
      let before: number
      let found: Output<typeof channelRoutes.messages>
      // One that was on its way meanwhile may lack what happened, and nobody will tell it.
      do {
        before = anew
        changes.length = 0
        found = await request(channelRoutes.messages, { channelId, ...page } as Page)
      } while (before !== anew && asked === opening)
      return asked === opening ? { ...found, items: changes.reduce(withChange, found.items) } : undefined
    } finally {
      onTheWay.delete(changes)
    }
  }

  /** What was said while the last page was on its way comes after it. */
  const toTheEnd = (window: MessageWindow): MessageWindow => {
    const last = scope.state.peek()?.channel.lastNumber ?? 0
    return { ...window, hasAfter: window.hasAfter || (window.items.at(-1)?.number ?? last) < last }
  }

  return {
    /** A message was edited, removed or reacted to: in what is held, and in what is on its way. */
    changed(event: MessageChange): void {
      for (const changes of onTheWay) changes.push(event)
      const now = held.peek()
      if (now) held.value = { ...now, items: withChange(now.items, event) }
    },
    /** Nobody reads here any more, or hears what is told: nothing of it stays. */
    left(): void {
      opening++
      batch(() => {
        landed.value = undefined
        held.value = undefined
      })
    },
    async older(): Promise<void> {
      const now = held.peek()
      const before = now?.items[0]?.number
      if (!now || before === undefined || !now.hasBefore) return
      await read({ before, limit: 50 }).then(page => {
        const then = held.peek()
        if (page && then?.items[0]?.number === before) held.value = withOlder(then, page)
      }, tell)
    },
    async newer(): Promise<void> {
      const now = held.peek()
      const after = now?.items.at(-1)?.number
      if (!now || after === undefined || !now.hasAfter) return
      await read({ after, limit: 50 }).then(page => {
        const then = held.peek()
        if (page && then?.items.at(-1)?.number === after) held.value = toTheEnd(withNewer(then, page))
      }, tell)
    },
    latest(): void {
      if (!held.peek()?.hasAfter) return
      held.value = withLatest(undefined, scope.state.peek()?.messages ?? [], 'follows')
    },
    async jump(to: Goal): Promise<void> {
      const where = 'number' in to ? { around: to.number } : { at: to.at }
      await read({ ...where, limit: 60 }).then(page => {
        if (!page) return
        const first = 'at' in to ? (page.items.find(one => one.sentAt >= to.at) ?? page.items.at(-1)) : undefined
        batch(() => {
          held.value = toTheEnd(windowAt(page))
          if (first) landed.value = { number: first.number }
        })
      }, tell)
    },
    /** Reads again what is held of the time before the latest messages: what became of it was not told. */
    async refresh(): Promise<void> {
      anew++
      const first = held.peek()?.items[0]?.number
      const latest = scope.state.peek()?.messages[0]?.number ?? Number.POSITIVE_INFINITY
      let before = Math.min(latest, (held.peek()?.items.at(-1)?.number ?? 0) + 1)
      while (first !== undefined && before > first) {
        // What cannot be read again stays as it was read: a page is only ever behind.
        const page = await read({ before, limit: 200 }).catch(() => undefined)
        const now = held.peek()
        if (!page || !now) return
        held.value = withHeld(now, page.items)
        before = page.items[0]?.number ?? first
      }
    },
  }
}
