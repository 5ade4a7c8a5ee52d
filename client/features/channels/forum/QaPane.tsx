// The questions of a class, in a pane on a desktop and a sheet on a phone: ask, vote, read the replies; whoever hosts
// approves, puts one on the stage, says that it was answered.
import { ArrowLeft, CheckCheck, MessageCircleQuestion, MonitorUp } from 'lucide-preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { person } from '#client/app/frame.ts'
import { pathTo } from '#client/app/paths.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { Button } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { announce } from '#client/ui/LiveRegion.tsx'
import { Menu } from '#client/ui/Menu.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { topicCalls } from '#protocol/channels/topic-calls.ts'
import { type Forum, forumScope, type ListedTopic, type Topic, type TopicId } from '#protocol/channels/topics.ts'
import type { ChannelId } from '#protocol/channels.ts'
import { AskQuestion } from './AskQuestion.tsx'
import { MergeDialog } from './MergeDialog.tsx'
import { OwnWaitingList } from './OwnWaiting.tsx'
import { forClass } from './order.ts'
import { StaffQueue } from './StaffQueue.tsx'
import { act, useForum, useOwnMarks } from './store.ts'
import { TopicBadges, TopicLine, topicTitle } from './TopicFacts.tsx'
import { TopicThread, useTopicState } from './TopicThread.tsx'
import { staffActs } from './topic-acts.ts'
import { VoteButton } from './VoteButton.tsx'
import { voteOf } from './votes.ts'
import './forum.css'
import './thread.css'

export type QaPaneProps = {
  readonly qaId: string
  /** The course the questions stay in: links to them lead there. */
  readonly courseId: string
  readonly moderator: boolean
  /** Asking and replying go on after the class for members of the course. */
  readonly mayWrite: boolean
}

const byVotes = { sort: 'votes', filter: 'all', words: '' } as const

/** How many questions of a class are open: for the badge on its button. */
export function useOpenQa(qaId: string): number {
  const topics = useScope(forumScope, qaId).state.value?.topics ?? []
  return topics.filter(one => one.standing === 'shown' && one.outcome === 'open').length
}

/** Mounted while it is in sight. */
export function QaPane({ qaId, courseId, moderator, mayWrite }: QaPaneProps) {
  const channelId = qaId as ChannelId
  const [opened, setOpened] = useState<TopicId>()
  const list = useForum(channelId, byVotes)
  const { forum, topics } = list
  const reader = { meId: person.value?.id ?? '', moderator, mayWrite }
  if (!forum || !topics) {
    return list.problem ? (
      <ErrorState title={t('forum.loadFailed')} detail={problemWords(list.problem)} onRetry={list.reload} />
    ) : (
      <Skeleton form="rows" />
    )
  }
  if (opened) {
    return (
      <div class="qa">
        <div>
          <Button kind="quiet" icon={ArrowLeft} onClick={() => setOpened(undefined)}>
            {t('forum.backToQa')}
          </Button>
        </div>
        <Thread key={opened} topicId={opened} courseId={courseId} forum={forum} reader={reader} />
      </div>
    )
  }
  return <Questions forum={forum} topics={topics} reader={reader} onOpen={setOpened} list={list} />
}

type Reader = { readonly meId: string; readonly moderator: boolean; readonly mayWrite: boolean }

interface ThreadProps {
  readonly topicId: TopicId
  readonly courseId: string
  readonly forum: Forum
  readonly reader: Reader
}

function Thread({ topicId, courseId, forum, reader }: ThreadProps) {
  const { state, instead } = useTopicState(topicId)
  const { marks } = useOwnMarks(topicId)
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [state !== undefined])
  if (!state) return <>{instead}</>
  return (
    <>
      <h3 class="qa-thread-title" tabIndex={-1} ref={title} dir="auto">
        {topicTitle(state.topic)}
      </h3>
      <TopicThread
        state={state}
        marks={marks}
        policy={forum.policy}
        reader={reader}
        // The forum is closed to guests.
        linkTo={person.value?.guest ? undefined : at => pathTo('topic', { courseId, topicId }, { at })}
      />
    </>
  )
}

type QuestionsProps = {
  readonly forum: Forum
  readonly topics: readonly ListedTopic[]
  readonly reader: Reader
  readonly onOpen: (id: TopicId) => void
  readonly list: ReturnType<typeof useForum>
}

function Questions({ forum, topics, reader, onOpen, list }: QuestionsProps) {
  const [merging, setMerging] = useState<Topic>()
  const [sentWaiting, setSentWaiting] = useState(0)
  const own = new Map(topics.map(one => [one.topic.id, one.own]))
  const shown = forClass(
    topics.map(one => one.topic),
    topic => voteOf(topic, own.get(topic.id)?.voted ?? false).votes,
  )
  useNewQuestions(shown)
  const mayAsk = reader.mayWrite && (reader.moderator || forum.policy.openers === 'everybody')
  return (
    <div class="qa">
      {mayAsk ? (
        <AskQuestion
          forum={forum}
          moderator={reader.moderator}
          // One's own is marked as such once it is read again.
          onAsked={stand => (stand === 'waiting' ? setSentWaiting(sentWaiting + 1) : list.reload())}
        />
      ) : (
        <p class="muted">{t('forum.qaClosed')}</p>
      )}
      {!reader.moderator && forum.policy.approval && (
        <OwnWaitingList channelId={forum.channelId} turn={`${sentWaiting} ${shown.length}`} />
      )}
      {reader.moderator && <StaffQueue channelId={forum.channelId} />}
      {shown.length === 0 ? (
        <EmptyState icon={MessageCircleQuestion} title={t('forum.emptyQa')}>
          {t('forum.emptyQaDetail')}
        </EmptyState>
      ) : (
        <ul class="topic-list" aria-label={t('forum.qa')}>
          {shown.map(topic => (
            <li class="topic-row" key={topic.id} data-done={topic.outcome !== 'open' || undefined}>
              <VoteButton
                topic={topic}
                voted={own.get(topic.id)?.voted ?? false}
                closed={!reader.mayWrite || topic.locked}
              />
              <div class="topic-row-words">
                <button
                  type="button"
                  class="topic-row-title qa-title"
                  aria-label={t('forum.openThread', { title: topicTitle(topic) })}
                  onClick={() => onOpen(topic.id)}
                >
                  <bdi>{topicTitle(topic)}</bdi>
                </button>
                <p class="topic-row-line muted">
                  <TopicLine topic={topic} />
                  {own.get(topic.id)?.mine && ` · ${t('forum.you')}`}
                </p>
                <p class="topic-row-badges">
                  <TopicBadges topic={topic} stage />
                </p>
                {reader.moderator && topic.outcome === 'open' && <HostActs topic={topic} />}
              </div>
              {reader.moderator && (
                <Menu
                  label={t('forum.askedMenu', { title: topicTitle(topic) })}
                  items={staffActs(topic, () => setMerging(topic))}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {list.hasMore && (
        <div>
          <Button onClick={() => void list.more()}>{t('forum.more')}</Button>
        </div>
      )}
      {merging && <MergeDialog topic={merging} onClose={() => setMerging(undefined)} />}
    </div>
  )
}

/** The two acts a host needs with one thumb; the others are behind the dots. */
function HostActs({ topic: { id: topicId, pinned } }: { readonly topic: Topic }) {
  return (
    <div class="qa-acts">
      <Button size="small" icon={MonitorUp} onClick={() => void act(topicCalls.pin, { topicId, on: !pinned })}>
        {pinned ? t('forum.offStage') : t('forum.toStage')}
      </Button>
      <Button size="small" icon={CheckCheck} onClick={() => void act(topicCalls.settle, { topicId, outcome: 'aloud' })}>
        {t('forum.answered')}
      </Button>
    </div>
  )
}

/** Has a question that comes in while the pane is open read out. */
function useNewQuestions(topics: readonly Topic[]): void {
  const heard = useRef<number | undefined>(undefined)
  const last = Math.max(0, ...topics.map(one => one.firstNumber))
  useEffect(() => {
    const fresh = topics.filter(one => heard.current !== undefined && one.firstNumber > heard.current)
    heard.current = Math.max(heard.current ?? 0, last)
    if (fresh[0]) announce(t('forum.newAsked', { title: topicTitle(fresh[0]) }))
  }, [last])
}
