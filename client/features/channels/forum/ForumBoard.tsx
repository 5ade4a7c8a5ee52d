// The topics of a forum in the order one likes, what waits for staff, and beginning one; the page around it is the caller's.
import { MessagesSquare, Plus, Settings2 } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { person } from '#client/app/frame.ts'
import { pathTo } from '#client/app/paths.ts'
import { call } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Card } from '#client/ui/Card.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import type { ChannelEntry } from '#protocol/channels/inbox.ts'
import { type ListedTopic, topicFilter, topicSort } from '#protocol/channels/topics.ts'
import { channelCalls } from '#protocol/channels.ts'
import { readTeller } from '../reading.ts'
import { NewTopicForm } from './NewTopicForm.tsx'
import { OwnWaitingList } from './OwnWaiting.tsx'
import { RulesDialog } from './RulesDialog.tsx'
import { StaffQueue } from './StaffQueue.tsx'
import { useForum, type Wanted } from './store.ts'
import { TopicRow } from './TopicRow.tsx'
import './forum.css'
import './thread.css'

const all: Wanted = { sort: 'active', filter: 'all', words: '' }

export type ForumBoardProps = {
  readonly courseId: string
  readonly entry: ChannelEntry
  /** It opens with a topic to be begun; `onBegins` says that it was heard. */
  readonly begins?: boolean | undefined
  readonly onBegins?: (() => void) | undefined
  /** Another part of the forum, in the place of its topics. */
  readonly instead?: ComponentChildren
  /** Puts what can be done there and what is in it into a page. */
  readonly frame: (acts: ComponentChildren, body: ComponentChildren) => ComponentChildren
}

/** Live while it is mounted. */
export function ForumBoard({ courseId, entry, begins = false, onBegins, instead, frame }: ForumBoardProps) {
  const { route: go } = useLocation()
  const [wanted, setWanted] = useState(all)
  const [words, setWords] = useState('')
  const [writing, setWriting] = useState(false)
  const [rules, setRules] = useState(false)
  const [sentWaiting, setSentWaiting] = useState(0)
  const { mayModerate: moderator } = entry
  const list = useForum(entry.channel.id, wanted)
  const { forum } = list
  useSeen(entry, list.topics)
  useEffect(() => {
    if (!begins) return
    setWriting(true)
    onBegins?.()
  }, [begins])
  const filtered = wanted.words !== '' || wanted.filter !== 'all' || wanted.sort === 'unanswered'
  const bare = !filtered && list.topics?.length === 0
  const mayOpen = entry.mayWrite && (moderator || forum?.policy.openers === 'everybody')
  const begin = mayOpen && (
    <Button kind="primary" icon={Plus} onClick={() => setWriting(true)}>
      {t('forum.newTopic')}
    </Button>
  )
  return frame(
    <>
      {moderator && forum && <IconButton icon={Settings2} label={t('forum.rules')} onClick={() => setRules(true)} />}
      {!writing && !bare && !instead && begin}
    </>,
    <>
      {instead}
      {!instead && (
        <>
          {writing && forum && (
            <Card>
              <NewTopicForm
                forum={forum}
                moderator={moderator}
                onCancel={() => setWriting(false)}
                onPosted={(topicId, stand) => {
                  setWriting(false)
                  if (stand === 'shown') go(pathTo('topic', { courseId, topicId }))
                  else setSentWaiting(sentWaiting + 1)
                }}
              />
            </Card>
          )}
          {moderator && <StaffQueue channelId={entry.channel.id} />}
          {!moderator && forum?.policy.approval && <OwnWaitingList channelId={entry.channel.id} turn={sentWaiting} />}
          {!bare && !writing && (
            <div class="forum-tools">
              <Field
                type="search"
                label={t('forum.search')}
                name="words"
                value={words}
                placeholder={t('forum.searchPlaceholder')}
                onValue={typed => {
                  setWords(typed)
                  setWanted({ ...wanted, words: typed.trim() })
                }}
              />
              <Field
                type="select"
                label={t('forum.sort')}
                name="sort"
                value={wanted.sort}
                onValue={sort => setWanted({ ...wanted, sort: topicSort.parse(sort) })}
                options={[
                  { value: 'active', label: t('forum.sortActive') },
                  { value: 'newest', label: t('forum.sortNewest') },
                  { value: 'votes', label: t('forum.sortVotes') },
                  { value: 'unanswered', label: t('forum.sortUnanswered') },
                ]}
              />
              {!person.value?.guest && (
                <Field
                  type="select"
                  label={t('forum.filter')}
                  name="filter"
                  value={wanted.filter}
                  onValue={filter => setWanted({ ...wanted, filter: topicFilter.parse(filter) })}
                  options={[
                    { value: 'all', label: t('forum.filterAll') },
                    { value: 'mine', label: t('forum.filterMine') },
                    { value: 'following', label: t('forum.filterFollowing') },
                  ]}
                />
              )}
            </div>
          )}
          {!writing && (
            <Topics
              list={list}
              courseId={courseId}
              mayVote={entry.mayWrite}
              filtered={filtered}
              placed={entry.place?.kind === 'forum'}
              onClear={() => {
                setWords('')
                setWanted(all)
              }}
              begin={begin}
            />
          )}
        </>
      )}
      {forum && <RulesDialog forum={forum} open={rules} onClose={() => setRules(false)} />}
    </>,
  )
}

/** The forum is read, as the Inbox counts, once its list is in sight; what is new in a topic is the topic's own. */
function useSeen(entry: ChannelEntry, topics: readonly ListedTopic[] | undefined): void {
  const reading = useMemo(() => {
    const teller = readTeller(number => call(channelCalls.markRead, { channelId: entry.channel.id, number }))
    teller.knows(entry.readNumber)
    return teller
  }, [entry.channel.id])
  const heard = Math.max(0, ...(topics ?? []).map(one => one.topic.lastNumber))
  const last = Math.max(heard, entry.channel.lastNumber)
  useEffect(() => {
    const mark = () => {
      if (topics && document.visibilityState === 'visible') reading.read(last)
    }
    mark()
    document.addEventListener('visibilitychange', mark)
    return () => document.removeEventListener('visibilitychange', mark)
  }, [reading, last, topics === undefined])
}

type TopicsProps = {
  readonly list: ReturnType<typeof useForum>
  readonly courseId: string
  readonly mayVote: boolean
  readonly filtered: boolean
  readonly onClear: () => void
  /** It is one in the outline, with an audience of its own. */
  readonly placed: boolean
  readonly begin: ComponentChildren
}

function Topics({ list, courseId, mayVote, filtered, onClear, placed, begin }: TopicsProps) {
  if (list.problem && !list.topics)
    return <ErrorState title={t('forum.loadFailed')} detail={problemWords(list.problem)} onRetry={list.reload} />
  if (!list.topics) return <Skeleton form="rows" />
  if (list.topics.length === 0)
    return filtered ? (
      <EmptyState
        icon={MessagesSquare}
        title={t('forum.emptyFiltered')}
        action={<Button onClick={onClear}>{t('forum.clear')}</Button>}
      >
        {t('forum.emptyFilteredDetail')}
      </EmptyState>
    ) : (
      <EmptyState icon={MessagesSquare} title={t('forum.empty')} action={begin}>
        {t(placed ? 'forum.emptyPlacedDetail' : 'forum.emptyDetail')}
      </EmptyState>
    )
  return (
    <>
      <ul class="topic-list" aria-label={t('forum.topics')}>
        {list.topics.map(listed => (
          <TopicRow
            key={listed.topic.id}
            listed={listed}
            href={pathTo('topic', { courseId, topicId: listed.topic.id })}
            mayVote={mayVote}
          />
        ))}
      </ul>
      {list.hasMore && (
        <div>
          <Button onClick={() => void list.more()}>{t('forum.more')}</Button>
        </div>
      )}
    </>
  )
}
