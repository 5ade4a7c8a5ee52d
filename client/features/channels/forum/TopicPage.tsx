// A topic on a page of its own, from the forum and from the classes of a course alike.
import { Bell, BellRing, Radio } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { person } from '#client/app/frame.ts'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { request } from '#client/platform/call.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { ButtonLink } from '#client/ui/Button.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { Menu, type MenuItem } from '#client/ui/Menu.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { type ChannelEntry, inboxRoutes } from '#protocol/channels/inbox.ts'
import { forumScope, type TopicId, type TopicState } from '#protocol/channels/topics.ts'
import type { ChannelId } from '#protocol/channels.ts'
import { MergeDialog } from './MergeDialog.tsx'
import { RetitleForm } from './RetitleForm.tsx'
import { setFollowing, useOwnMarks } from './store.ts'
import { TopicBadges, TopicLine, topicTitle } from './TopicFacts.tsx'
import { TopicThread, useAuthors, useTopicState } from './TopicThread.tsx'
import { staffActs } from './topic-acts.ts'
import { VoteButton } from './VoteButton.tsx'
import './forum.css'
import './thread.css'

/** /courses/:courseId/forum/:topicId */
export function TopicPage({ params, query }: PageProps<'topic'>) {
  const topicId = params.topicId as TopicId
  const { state, instead } = useTopicState(topicId)
  usePageTitle(state ? topicTitle(state.topic) : t('forum.topic'))
  if (!state) {
    return (
      <div class="stack">
        <PageHeader title={t('forum.topic')} parent={parentOf(params.courseId)} />
        {instead}
      </div>
    )
  }
  return <TopicView courseId={params.courseId} state={state} arriveAt={Number(query.at) || undefined} />
}

/** The forum a topic is in: one of its own in the outline, or that of the course. */
const parentOf = (courseId: string, place?: ChannelEntry['place']) => ({
  label: t('forum.backToForum'),
  href:
    place?.kind === 'forum' ? pathTo('placedForum', { courseId, forumId: place.id }) : pathTo('forum', { courseId }),
})

/** What the reader may do in the forum a topic is in. */
export function useForumStanding(channelId: ChannelId) {
  return useLoad(channelId, () => request(inboxRoutes.get, { channelId })).value?.entry
}

function TopicView({
  courseId,
  state,
  arriveAt,
}: {
  readonly courseId: string
  readonly state: TopicState
  readonly arriveAt: number | undefined
}) {
  const { topic } = state
  const [merging, setMerging] = useState(false)
  const [retitling, setRetitling] = useState(false)
  const { marks, change } = useOwnMarks(topic.id)
  const standing = useForumStanding(topic.channelId)
  const forum = useScope(forumScope, topic.channelId).state.value?.forum
  const moderator = standing?.mayModerate ?? false
  const mayWrite = standing?.mayWrite ?? false
  const known = useAuthors(topic, moderator).get(topic.authorId)
  const open = topic.standing === 'shown' && (!topic.locked || moderator)
  const items: MenuItem[] = moderator ? staffActs(topic, () => setMerging(true)) : []
  if (marks?.mine && open && mayWrite && topic.title !== '' && (!forum?.policy.approval || moderator))
    items.unshift({ label: t('forum.editTitle'), onSelect: () => setRetitling(true) })
  const following = marks?.following ?? false
  return (
    <div class="stack-loose topic-page">
      <PageHeader
        title={topicTitle(topic)}
        parent={parentOf(courseId, standing?.place)}
        badges={<TopicBadges topic={topic} stage={topic.asked !== null} />}
        lead={
          topic.standing !== 'hidden' && (
            <p class="muted">
              <TopicLine topic={topic} known={known} />
            </p>
          )
        }
        actions={
          topic.standing === 'shown' && (
            <>
              {topic.asked && (
                <ButtonLink icon={Radio} href={pathTo('class', { runId: topic.asked.runId })}>
                  {t('forum.toClass')}
                </ButtonLink>
              )}
              <VoteButton topic={topic} voted={marks?.voted ?? false} closed={!open || !marks} />
              <IconButton
                icon={following ? BellRing : Bell}
                label={t('forum.follow')}
                pressed={following}
                disabled={!marks}
                onClick={() => setFollowing(topic.id, !following, change)}
              />
              {items.length > 0 && <Menu label={t('forum.topicMenu')} items={items} />}
            </>
          )
        }
      />
      {topic.standing === 'hidden' && items.length > 0 && <Menu label={t('forum.topicMenu')} items={items} />}
      {retitling && <RetitleForm topic={topic} onDone={() => setRetitling(false)} />}
      {forum && (
        <TopicThread
          state={state}
          marks={marks}
          policy={forum.policy}
          reader={{ meId: person.value?.id ?? '', moderator, mayWrite }}
          arriveAt={arriveAt}
          linkTo={at => pathTo('topic', { courseId, topicId: topic.id }, { at })}
          mergedHref={topic.mergedInto ? pathTo('topic', { courseId, topicId: topic.mergedInto }) : undefined}
        />
      )}
      {merging && <MergeDialog topic={topic} onClose={() => setMerging(false)} />}
    </div>
  )
}
