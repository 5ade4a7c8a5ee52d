// What the client does with forums and topics: lists that stay current by themselves, the window over a topic's replies,
// and every act on them. The only place that asks the topics' calls, beside votes.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { call, request } from '#client/platform/call.ts'
import { outbox } from '#client/platform/outbox.ts'
import { inputOf } from '#client/platform/outbox-shapes.ts'
import type { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { scopeStore } from '#client/platform/realtime.ts'
import { t } from '#client/platform/texts.ts'
import { type Loaded, useLoad } from '#client/platform/use-load.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { showToast } from '#client/ui/Toast.tsx'
import type { CallSpec, InputBefore, Named, Output } from '#protocol/base/call.ts'
import { topicCalls, topicRoutes } from '#protocol/channels/topic-calls.ts'
import {
  type Forum,
  forumScope,
  type ListedTopic,
  type OwnMarks,
  type Topic,
  type TopicFilter,
  type TopicId,
  type TopicSort,
  topicScope,
} from '#protocol/channels/topics.ts'
import { type ChannelId, isMessageChange, type Message, withChange } from '#protocol/channels.ts'
import { readTeller } from '../reading.ts'
import { merged } from './order.ts'

const tell = (error: unknown): void => void showToast({ text: problemWords(error), tone: 'bad' })

/** Does something to a topic; a refusal is told. Answers whether it was done. */
export async function act<S extends Named<CallSpec>>(spec: S, input: InputBefore<S>, done?: string): Promise<boolean> {
  try {
    await call(spec, input)
    if (done) showToast({ text: done })
    return true
  } catch (error) {
    tell(error)
    return false
  }
}

export interface Wanted {
  readonly sort: TopicSort
  readonly filter: TopicFilter
  readonly words: string
}

export interface ForumList {
  readonly forum: Forum | undefined
  /** Undefined until it is known. */
  readonly topics: readonly ListedTopic[] | undefined
  readonly problem: ClientProblem | undefined
  readonly hasMore: boolean
  more(): Promise<void>
  reload(): void
}

/** The topics of a forum in an order. What others post, answer and vote shows by itself. */
export function useForum(channelId: ChannelId, wanted: Wanted): ForumList {
  const scope = useScope(forumScope, channelId)
  const key = JSON.stringify([channelId, wanted])
  const [further, setFurther] = useState<{ key: string; items: readonly ListedTopic[]; next?: string | undefined }>()
  const ask = (after?: string) =>
    request(topicRoutes.list, {
      channelId,
      sort: wanted.sort,
      filter: wanted.filter,
      ...(wanted.words ? { words: wanted.words } : {}),
      ...(after ? { after } : {}),
    })
  const first = useLoad(key, ask)
  const rest = further?.key === key ? further : undefined
  const state = scope.state.value
  const next = rest ? rest.next : first.value?.next
  const topics = first.value && merged([...first.value.items, ...(rest?.items ?? [])], state?.topics ?? [], wanted)
  return {
    forum: state?.forum,
    topics: state ? topics : undefined,
    problem: scope.problem.value ?? first.problem,
    hasMore: next !== undefined,
    more: async () => {
      await ask(next).then(page => {
        setFurther({ key, items: [...(rest?.items ?? []), ...page.items], next: page.next })
      }, tell)
    },
    reload: () => {
      setFurther(undefined)
      first.reload()
    },
  }
}

/** What a topic is to the reader: read when it opens, changed at once by what they do. */
export function useOwnMarks(topicId: TopicId): { marks: OwnMarks | undefined; change(to: Partial<OwnMarks>): void } {
  const loaded = useLoad(topicId, () => request(topicRoutes.own, { topicId }))
  const [changed, setChanged] = useState<{ id: TopicId; to: Partial<OwnMarks> }>()
  const marks = loaded.value && { ...loaded.value, ...(changed?.id === topicId ? changed.to : {}) }
  return {
    marks,
    change: to => setChanged(before => ({ id: topicId, to: { ...(before?.id === topicId ? before.to : {}), ...to } })),
  }
}

/** Follows a topic or no longer; shown at once. */
export function setFollowing(topicId: TopicId, on: boolean, change: (to: Partial<OwnMarks>) => void): void {
  change({ following: on })
  call(topicCalls.follow, { topicId, on }).then(
    () => showToast({ text: on ? t('forum.followed') : t('forum.unfollowed') }),
    (error: unknown) => {
      change({ following: !on })
      tell(error)
    },
  )
}

/** Most earlier replies read at once. */
const mostRead = 200

/** Replies of a topic in order: the latest by the scope, earlier ones as they are asked for. */
export function useReplies(topic: Topic, latest: readonly Message[]) {
  const [held, setHeld] = useState<{ id: string; items: readonly Message[] }>({ id: '', items: [] })
  const earlier = held.id === topic.id ? held.items : []
  const from = latest[0]?.number ?? Number.POSITIVE_INFINITY
  const shown = [...earlier.filter(one => one.number < from), ...latest]
  // What the window lets go of is kept, so that nothing is missing between.
  const before = useRef<readonly Message[]>([])
  useEffect(() => {
    const gone = before.current.filter(one => one.number < from)
    before.current = latest
    if (gone.length === 0 || !Number.isFinite(from)) return
    setHeld(now => {
      const items = now.id === topic.id ? now.items : []
      return { id: topic.id, items: [...items.filter(one => !gone.some(old => old.id === one.id)), ...gone] }
    })
  }, [latest])
  const reading = useRef(earlier)
  reading.current = earlier
  useEffect(() => {
    const scope = scopeStore(topicScope, topic.id)
    // What became of earlier ones was not told one by one: as many are read again as one page holds.
    const anew = () => {
      const first = scope.state.peek()?.posts[0]?.number
      const { length } = reading.current
      if (first === undefined || length === 0) return
      request(topicRoutes.posts, { topicId: topic.id, before: first, limit: Math.min(length, mostRead) }).then(
        page => setHeld({ id: topic.id, items: page.items }),
        // They stand as they were read; whoever opens the topic again reads them again.
        () => undefined,
      )
    }
    return scope.hear({
      told: event => {
        if (isMessageChange(event)) setHeld(now => ({ ...now, items: withChange(now.items, event) }))
        // Its words are nobody's to read any more.
        else if (event.kind === 'topicHidden') setHeld(now => ({ ...now, items: [] }))
        else if (event.kind === 'topicShown') anew()
      },
      anew,
    })
  }, [topic.id])
  const hidden = Math.max(0, topic.replies - shown.length)
  const loadEarlier = async (limit = 100): Promise<void> => {
    const at = shown[0]?.number
    if (at === undefined) return
    await request(topicRoutes.posts, { topicId: topic.id, before: at, limit }).then(page => {
      setHeld(now => {
        const items = now.id === topic.id ? now.items : []
        const known = new Set(items.map(one => one.id))
        return { id: topic.id, items: [...page.items.filter(one => !known.has(one.id)), ...items] }
      })
    }, tell)
  }
  return { shown, earlierCount: hidden, loadEarlier }
}

/** Tells the server how far the reader has read a topic, once it is in sight. */
export function useMarkRead(topic: Topic | undefined): void {
  const topicId = topic?.id
  const last = topic?.standing === 'shown' ? topic.lastNumber : 0
  const reading = useMemo(
    () => topicId && readTeller(number => call(topicCalls.markRead, { topicId, number })),
    [topicId],
  )
  useEffect(() => {
    const mark = () => {
      if (reading && document.visibilityState === 'visible') reading.read(last)
    }
    mark()
    document.addEventListener('visibilitychange', mark)
    return () => document.removeEventListener('visibilitychange', mark)
  }, [reading, last])
}

type Posted = Output<typeof topicCalls.post>

/** Begins a topic; kept until the server has it, also through a tunnel. */
export const postTopic = (input: InputBefore<typeof topicCalls.post>): Promise<Posted> =>
  outbox().send(topicCalls.post, input, `forum ${input.channelId}`)

/** Replies; kept until the server has it. */
export const postReply = (input: InputBefore<typeof topicCalls.reply>): Promise<Posted> =>
  outbox().send(topicCalls.reply, input, `topic ${input.topicId}`)

/** Replies on their way to a topic. */
export const pendingReplies = (topicId: TopicId): readonly { id: string; text: string; files: readonly string[] }[] =>
  outbox().pending.value.flatMap(entry => {
    const input = inputOf(topicCalls.reply, entry)
    return input?.topicId === topicId ? [{ id: entry.id, text: input.text, files: input.files ?? [] }] : []
  })

/** What one wrote in a forum that others do not see yet; read again when `turn` changes. */
export const useOwnWaiting = (channelId: ChannelId, turn: unknown): Loaded<Output<typeof topicRoutes.waiting>> =>
  useLoad(JSON.stringify([channelId, turn]), () => request(topicRoutes.waiting, { channelId }))
