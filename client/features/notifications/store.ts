// What the client knows of notifications: the figure, whether the tray is open, the list and every act on it.
import { signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { useLoad, useReload } from '#client/platform/use-load.ts'
import { showToast } from '#client/ui/Toast.tsx'
import { type Notification, notificationRoutes } from '#protocol/notifications.ts'

/** How many are not read, on any device. */
export const unread = signal(0)

/** Grows with each that comes or is read. */
export const turn = signal(0)

export const trayOpen = signal(false)

export type Show = 'all' | 'unread'

const pageSize = 30

const tell = (error: unknown): undefined => {
  showToast({ text: problemWords(error), tone: 'bad' })
}

/** Shown as read at once; when that fails the next reading of the list shows it as it is. */
export function markRead({ id }: Pick<Notification, 'id'>): Promise<void> {
  return request(notificationRoutes.markRead, { notificationId: id }).then(() => undefined, tell)
}

export const markAllRead = (): Promise<void> => request(notificationRoutes.markAllRead, {}).then(() => undefined, tell)

/** The list of the tray: read anew with each that comes, with as much as was asked for. */
export function useNotifications(show: Show) {
  const [more, setMore] = useState<{ readonly of: Show; readonly items: readonly Notification[]; next?: string }>()
  const [read, setRead] = useState<ReadonlySet<string>>(new Set())
  const [busy, setBusy] = useState(false)
  const loaded = useLoad(`notifications ${show}`, () => request(notificationRoutes.list, { show, limit: pageSize }))
  useReload(loaded, turn.value)
  useEffect(() => {
    setMore(undefined)
    setRead(new Set())
    // What may not be shown any more is nothing to wait for: the figure says what the list says.
    const value = loaded.value
    if (value && !value.next && unread.peek() > 0 && value.items.every(one => one.readAt !== null)) void markAllRead()
  }, [loaded.value])
  const tail = more?.of === show ? more : undefined
  const seen = new Set(loaded.value?.items.map(one => one.id))
  const items = [...(loaded.value?.items ?? []), ...(tail?.items.filter(one => !seen.has(one.id)) ?? [])]
  const next = tail ? tail.next : loaded.value?.next
  return {
    ...loaded,
    items: loaded.value && items.map(one => (read.has(one.id) ? { ...one, readAt: one.readAt ?? one.at } : one)),
    next,
    busy,
    read(one: Notification) {
      if (one.readAt !== null) return
      setRead(new Set([...read, one.id]))
      void markRead(one)
    },
    readAll() {
      setRead(new Set(items.map(one => one.id)))
      void markAllRead()
    },
    showMore() {
      if (next === undefined) return
      setBusy(true)
      request(notificationRoutes.list, { show, limit: pageSize, after: next })
        .then(page => {
          const kept = [...(tail?.items ?? []), ...page.items]
          setMore({ of: show, items: kept, ...(page.next ? { next: page.next } : {}) })
        }, tell)
        .finally(() => setBusy(false))
    },
  }
}
