// A topic from the inside: the question, the accepted answer first, the replies in order, the line to write in. Stands on
// the topic's page and in the pane of a class.
import { CheckCheck } from 'lucide-preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { announce } from '#client/ui/LiveRegion.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { topicCalls, topicRoutes } from '#protocol/channels/topic-calls.ts'
import {
  type ForumPolicy,
  type OwnMarks,
  type Topic,
  type TopicId,
  type TopicState,
  topicScope,
} from '#protocol/channels/topics.ts'
import { lineOf, type Message } from '#protocol/channels.ts'
import { FilesOnTheWay } from '../attach/MessageFiles.tsx'
import { PostRow } from './PostRow.tsx'
import { ReplyForm } from './ReplyForm.tsx'
import { act, pendingReplies, useMarkRead, useReplies } from './store.ts'
import { authorName } from './TopicFacts.tsx'

export type ThreadReader = {
  readonly meId: string
  readonly moderator: boolean
  readonly mayWrite: boolean
}

export type TopicThreadProps = {
  readonly state: TopicState
  readonly marks: OwnMarks | undefined
  readonly policy: ForumPolicy
  readonly reader: ThreadReader
  /** Where a merged topic went. */
  readonly mergedHref?: string | undefined
  /** The number of a post the reader came for: shown once, at the start. */
  readonly arriveAt?: number | undefined
  /** The address of a post by its number; without, none is offered. */
  readonly linkTo?: ((number: number) => string) | undefined
}

/** The names behind posts without one, for staff; read again when there are more posts. */
export function useAuthors(topic: Topic | undefined, moderator: boolean): ReadonlyMap<string, string> {
  const key = topic && moderator ? `${topic.id} ${topic.replies}` : null
  const loaded = useLoad(key, () => request(topicRoutes.authors, { topicId: topic?.id as TopicId }))
  return new Map(loaded.value?.authors.map(one => [one.aliasId, one.name]))
}

/** The state of a topic with what stands while there is none. */
export function useTopicState(topicId: TopicId) {
  const scope = useScope(topicScope, topicId)
  const state = scope.state.value
  const problem = scope.problem.value
  const instead = state ? undefined : problem ? (
    <ErrorState title={t('forum.topicFailed')} detail={problemWords(problem)} />
  ) : (
    <Skeleton form="rows" />
  )
  return { state, instead }
}

/** Posts and what can be done with them. */
export function TopicThread({ state, marks, policy, reader, mergedHref, arriveAt, linkTo }: TopicThreadProps) {
  const { topic, opening, accepted } = state
  const authors = useAuthors(topic, reader.moderator)
  const replies = useReplies(topic, state.posts)
  const [waiting, setWaiting] = useState(0)
  useMarkRead(topic)
  useArrival(arriveAt, replies, [opening, accepted, ...replies.shown])
  useHeard(state.posts, reader.meId, marks)
  const isMine = (post: Message) => post.authorId === reader.meId || post.authorId === marks?.aliasId
  const open = topic.standing === 'shown' && (!topic.locked || reader.moderator)
  const mayAccept = open && (reader.moderator || marks?.mine === true)
  const mayEdit = open && reader.mayWrite && (!policy.approval || reader.moderator)
  const accept = (post: Message) => (how: 'accept' | 'take back') =>
    void act(
      topicCalls.accept,
      { topicId: topic.id, messageId: how === 'accept' ? post.id : null },
      how === 'accept' ? t('forum.accepted') : t('forum.unaccepted'),
    )
  const row = (post: Message, answer: 'answer' | 'opening') => (
    <PostRow
      key={post.id}
      post={post}
      mine={isMine(post)}
      moderator={reader.moderator}
      known={authors.get(post.authorId)}
      mayEdit={mayEdit}
      meId={reader.meId}
      mayReact={open}
      href={linkTo?.(post.number)}
      accepted={post.id === topic.acceptedId}
      onAccept={answer === 'answer' && mayAccept ? accept(post) : undefined}
    />
  )
  if (topic.standing === 'hidden')
    return (
      <Banner tone="warn" title={t('forum.hiddenTopic')}>
        {reader.moderator ? t('forum.hiddenStaff') : t('forum.hiddenDetail')}
      </Banner>
    )
  return (
    <div class="thread">
      {topic.standing === 'merged' && (
        <Banner
          tone="accent"
          title={t('forum.mergedTopic')}
          action={mergedHref && <ButtonLink href={mergedHref}>{t('forum.toMerged')}</ButtonLink>}
        >
          {t('forum.mergedDetail')}
        </Banner>
      )}
      {opening && <div data-post={opening.number}>{row(opening, 'opening')}</div>}
      {accepted && (
        <section class="thread-accepted" aria-label={t('forum.acceptedAnswer')}>
          <p class="thread-accepted-head">
            <Icon as={CheckCheck} />
            {t('forum.acceptedAnswer')}
          </p>
          <div data-post={accepted.number}>{row(accepted, 'answer')}</div>
        </section>
      )}
      <h2 class="thread-count">{t('forum.replies', { count: topic.replies })}</h2>
      {replies.earlierCount > 0 && (
        <Button onClick={() => void replies.loadEarlier()}>
          {t('forum.earlier', { count: replies.earlierCount })}
        </Button>
      )}
      {topic.replies === 0 && open && reader.mayWrite && <p class="muted">{t('forum.noRepliesDetail')}</p>}
      <ol class="thread-posts">
        {replies.shown
          // First, it stands right above already.
          .filter((post, index) => index > 0 || post.id !== accepted?.id)
          .map(post => (
            <li key={post.id} data-post={post.number}>
              {row(post, 'answer')}
            </li>
          ))}
        {pendingReplies(topic.id).map(pending => (
          <li key={pending.id}>
            <article class="post" data-pending aria-label={t('forum.you')}>
              <p class="post-text">{pending.text}</p>
              <FilesOnTheWay ids={pending.files} />
              <p class="muted">{t('forum.sending')}</p>
            </article>
          </li>
        ))}
      </ol>
      {waiting > 0 && <Banner tone="accent">{t('forum.postedWaits')}</Banner>}
      {open && reader.mayWrite ? (
        <ReplyForm
          topicId={topic.id}
          channelId={topic.channelId}
          policy={policy}
          moderator={reader.moderator}
          onWaiting={() => setWaiting(waiting + 1)}
        />
      ) : (
        topic.standing === 'shown' && <p class="muted">{topic.locked ? t('forum.lockedDetail') : t('forum.closed')}</p>
      )}
    </div>
  )
}

/** Brings a post into sight once, with the earlier ones it is among; says so where it is gone. */
function useArrival(
  number: number | undefined,
  { shown, earlierCount, loadEarlier }: ReturnType<typeof useReplies>,
  posts: readonly (Message | null)[],
): void {
  const arrived = useRef<number>(undefined)
  useEffect(() => {
    if (number === undefined || arrived.current === number) return
    const post = document.querySelector<HTMLElement>(`[data-post="${number}"]`)
    if (!post && earlierCount > 0 && (shown[0]?.number ?? 0) > number) {
      // In the largest steps there are: it may be far back.
      void loadEarlier(200)
      return
    }
    arrived.current = number
    const found = posts.find(one => one?.number === number)
    if (!post) showToast({ text: t('channels.linkNowhere') })
    else if (found?.text === null) showToast({ text: t('channels.linkRemoved') })
    if (!post) return
    post.scrollIntoView({ block: 'center' })
    post.dataset.arrived = ''
  }, [number, shown.length])
}

/** Has new replies read out to those who follow by ear. */
function useHeard(posts: readonly Message[], meId: string, marks: OwnMarks | undefined): void {
  const heard = useRef(0)
  const last = posts.at(-1)?.number ?? 0
  useEffect(() => {
    const first = heard.current === 0
    const fresh = posts.filter(one => one.number > heard.current && one.authorId !== meId)
    heard.current = Math.max(heard.current, last, 1)
    const one = fresh.at(-1)
    if (first || !one || one.text === null || one.authorId === marks?.aliasId) return
    announce(t('forum.newReply', { name: authorName(one.authorName), text: lineOf(one) ?? '' }))
  }, [last])
}
