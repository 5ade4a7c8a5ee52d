// The part of a channel that is in memory: a run of messages without a hole, however long the channel is. Pure.
import type { Message } from '#protocol/channels.ts'

export interface MessageWindow {
  /** In order of number, no number twice, none missing between. */
  readonly items: readonly Message[]
  readonly hasBefore: boolean
  readonly hasAfter: boolean
}

/** Past this many the far end is let go; it is read again when it is scrolled to. */
export const mostInMemory = 400

const byNumber = (one: Message, other: Message) => one.number - other.number

/** Newer versions replace, unknown messages are added. */
function merge(items: readonly Message[], more: readonly Message[]): readonly Message[] {
  const all = new Map(items.map(one => [one.id, one]))
  for (const one of more) {
    const known = all.get(one.id)
    if (!known || one.version >= known.version) all.set(one.id, one)
  }
  return [...all.values()].sort(byNumber)
}

/** The window that holds the latest messages alone. */
export const latestWindow = (latest: readonly Message[]): MessageWindow => ({
  items: [...latest].sort(byNumber),
  hasBefore: (latest[0]?.number ?? 1) > 1,
  hasAfter: false,
})

/**
 * Takes the latest messages of the channel in. A window that ends earlier only takes changes to what it holds; after
 * a hole (a long absence) it starts anew from the latest. Whoever follows lets the oldest go.
 */
export function withLatest(
  window: MessageWindow | undefined,
  latest: readonly Message[],
  reader: 'follows' | 'reads back',
): MessageWindow {
  const last = window?.items.at(-1)
  if (!window || !last) return latestWindow(latest)
  if (window.hasAfter) return withHeld(window, latest)
  const first = latest[0]
  if (first && first.number > last.number + 1) return latestWindow(latest)
  const items = merge(window.items, latest)
  const over = items.length - mostInMemory
  if (reader === 'reads back' || over <= 0) return { ...window, items }
  return { items: items.slice(over), hasBefore: true, hasAfter: false }
}

/** The window over a page from anywhere in the channel. */
export const windowAt = (page: MessageWindow): MessageWindow => ({ ...page, items: [...page.items].sort(byNumber) })

/** Newer tellings of messages that are held; whatever is not is left out. */
export function withHeld(window: MessageWindow, told: readonly Message[]): MessageWindow {
  const held = new Set(window.items.map(one => one.id))
  return {
    ...window,
    items: merge(
      window.items,
      told.filter(one => held.has(one.id)),
    ),
  }
}

type Older = Pick<MessageWindow, 'items' | 'hasBefore'>
type Newer = Pick<MessageWindow, 'items' | 'hasAfter'>

/** Adds a page of older messages and lets the newest go where it grows too long. */
export function withOlder(window: MessageWindow, { items: page, hasBefore }: Older): MessageWindow {
  const items = merge(page, window.items)
  return items.length <= mostInMemory
    ? { items, hasBefore, hasAfter: window.hasAfter }
    : { items: items.slice(0, mostInMemory), hasBefore, hasAfter: true }
}

/** Adds a page of newer messages and lets the oldest go where it grows too long. */
export function withNewer(window: MessageWindow, { items: page, hasAfter }: Newer): MessageWindow {
  const items = merge(window.items, page)
  const over = items.length - mostInMemory
  return over <= 0
    ? { items, hasBefore: window.hasBefore, hasAfter }
    : { items: items.slice(over), hasBefore: true, hasAfter }
}

/** How long what one person says stands under one head, in milliseconds. */
export const ownHeadMs = 5 * 60_000

/** Whether a message goes on under the head of the one before: same author, within five minutes, same day. */
export function continues(before: Message | undefined, one: Message, firstUnread: number): boolean {
  if (!before || before.authorId !== one.authorId || one.number === firstUnread) return false
  return Date.parse(one.sentAt) - Date.parse(before.sentAt) < ownHeadMs
}
