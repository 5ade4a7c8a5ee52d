// A course's forum: its topics in the order one likes, what was asked in class, and for staff what waits for an answer.
import { MessagesSquare, Plus, Settings2 } from 'lucide-preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { person } from '#client/app/frame.ts'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { call, request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { Card } from '#client/ui/Card.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { LinkTabs } from '#client/ui/Tabs.tsx'
import { type ChannelEntry, inboxRoutes } from '#protocol/channels/inbox.ts'
import { type ListedTopic, topicFilter, topicSort } from '#protocol/channels/topics.ts'
import { channelCalls } from '#protocol/channels.ts'
import { readTeller } from '../reading.ts'
import { CourseQuestions } from './CourseQuestions.tsx'
import { NewTopicForm } from './NewTopicForm.tsx'
import { OwnWaitingList } from './OwnWaiting.tsx'
import { RulesDialog } from './RulesDialog.tsx'
import { StaffQueue } from './StaffQueue.tsx'
import { useForum, type Wanted } from './store.ts'
import { TopicRow } from './TopicRow.tsx'
import './forum.css'
import './thread.css'

const all: Wanted = { sort: 'active', filter: 'all', words: '' }

/** /courses/:courseId/forum?view=asked&new=1 */
export function ForumPage({ params: { courseId }, query }: PageProps<'forum'>) {
  const channels = useLoad(courseId, () => request(inboxRoutes.list, { courseId }))
  const entry = channels.value?.items.find(one => one.channel.form === 'forum')
  if (!entry) {
    return channels.problem ? (
      <ErrorState
        page
        title={t('forum.loadFailed')}
        detail={problemWords(channels.problem)}
        requestId={channels.problem.requestId}
        onRetry={channels.reload}
      />
    ) : (
      <Skeleton form="page" />
    )
  }
  return <Forum courseId={courseId} entry={entry} view={query.view ?? ''} begins={query.new === '1'} />
}

type ForumProps = {
  readonly courseId: string
  readonly entry: ChannelEntry
  readonly view: string
  readonly begins: boolean
}

function Forum({ courseId, entry, view, begins }: ForumProps) {
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
    go(pathTo('forum', { courseId }), true)
  }, [begins])
  const filtered = wanted.words !== '' || wanted.filter !== 'all' || wanted.sort === 'unanswered'
  const bare = !filtered && list.topics?.length === 0
  const mayOpen = entry.mayWrite && (moderator || forum?.policy.openers === 'everybody')
  const href = (name?: string) => pathTo('forum', { courseId }, name ? { view: name } : {})
  const tabs = [
    { label: t('forum.tabForum'), href: href() },
    { label: t('forum.tabAsked'), href: href('asked') },
    ...(moderator ? [{ label: t('forum.tabUnanswered'), href: href('unanswered') }] : []),
  ]
  const begin = mayOpen && (
    <Button kind="primary" icon={Plus} onClick={() => setWriting(true)}>
      {t('forum.newTopic')}
    </Button>
  )
  return (
    <div class="stack-loose forum">
      <PageHeader
        title={t('forum.title')}
        parent={{ label: entry.place?.title ?? '', href: pathTo('course', { courseId }) }}
        lead={t('forum.lead')}
        actions={
          <>
            {moderator && forum && (
              <IconButton icon={Settings2} label={t('forum.rules')} onClick={() => setRules(true)} />
            )}
            {!writing && !bare && view === '' && begin}
          </>
        }
      />
      <LinkTabs label={t('forum.views')} tabs={tabs} current={href(view || undefined)} />
      {view === 'asked' && <CourseQuestions courseId={courseId} show="all" />}
      {view === 'unanswered' && <CourseQuestions courseId={courseId} show="unanswered" />}
      {view === '' && (
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
    </div>
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
  readonly begin: preact.ComponentChildren
}

function Topics({ list, courseId, mayVote, filtered, onClear, begin }: TopicsProps) {
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
        {t('forum.emptyDetail')}
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
