// The person's channels as they are read over HTTP: one of a course, one by its id, and the Inbox page by page.
import { signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { useMyCourses } from '#client/features/courses/mine.ts'
import { request } from '#client/platform/call.ts'
import { type Loaded, useLoad } from '#client/platform/use-load.ts'
import type { InputBefore } from '#protocol/base/call.ts'
import { type ChannelEntry, inboxRoutes } from '#protocol/channels/inbox.ts'
import type { ChannelForm } from '#protocol/channels.ts'
import { channelsTurn } from './inbox.ts'

/** Read again when the person's roles or courses may have changed: what they may do here hangs on them. */
function useOwn<T>(key: string, load: () => Promise<T>): Loaded<T> {
  const loaded = useLoad(key, load)
  const turn = useMyCourses()
  const first = useRef(turn)
  useEffect(() => {
    if (turn !== first.current) loaded.reload()
  }, [turn])
  return loaded
}

/** A channel that every course has. */
export const useCourseChannel = (courseId: string, form: ChannelForm): Loaded<ChannelEntry | undefined> =>
  useOwn(`${courseId} ${form}`, async () =>
    (await request(inboxRoutes.list, { courseId })).items.find(one => one.channel.form === form),
  )

/** One channel by its id, read again after it was changed from here. */
export const useEntry = (channelId: string): Loaded<ChannelEntry> =>
  useOwn(
    channelId,
    async () => (await request(inboxRoutes.get, { channelId } as InputBefore<typeof inboxRoutes.get>)).entry,
  )

const pageSize = 50
/** Pages that were asked for beyond the first, kept while the Inbox is open. */
const pages = signal(1)

export type Show = 'all' | 'unread'

/** The Inbox as far as it was scrolled, read again when something moves. Forums have pages of their own. */
export function useInbox(show: Show): Loaded<{ items: readonly ChannelEntry[]; more: boolean }> & { next(): void } {
  const wanted = pages.value
  const turn = channelsTurn.value
  const loaded = useLoad(`${show} ${wanted}`, async () => {
    const items: ChannelEntry[] = []
    let after: string | undefined
    for (let page = 0; page < wanted; page++) {
      const answer = await request(inboxRoutes.list, {
        show,
        limit: pageSize,
        ...(after === undefined ? {} : { after }),
      })
      items.push(...answer.items)
      after = answer.next
      if (after === undefined) break
    }
    return { items: items.filter(one => one.channel.form !== 'forum'), more: after !== undefined }
  })
  useEffect(() => {
    if (turn > 0) loaded.reload()
  }, [turn])
  useEffect(
    () => () => {
      pages.value = 1
    },
    [],
  )
  return {
    ...loaded,
    next: () => {
      pages.value = wanted + 1
    },
  }
}
