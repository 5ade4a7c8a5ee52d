// One topic in a list: the vote, the title, the small facts, how much is new.
import type { ComponentChildren } from 'preact'
import { t } from '#client/platform/texts.ts'
import type { ListedTopic } from '#protocol/channels/topics.ts'
import { TopicBadges, TopicLine, topicTitle } from './TopicFacts.tsx'
import { VoteButton } from './VoteButton.tsx'

export type TopicRowProps = {
  readonly listed: ListedTopic
  readonly href: string
  readonly mayVote: boolean
  /** A line before the facts, such as the class it was asked in. */
  readonly place?: ComponentChildren
}

/** A line of the list; all of it leads to the topic, the vote takes its own taps. */
export function TopicRow({ listed: { topic, own }, href, mayVote, place }: TopicRowProps) {
  return (
    <li class="topic-row" data-unread={own.unread > 0 || undefined}>
      <VoteButton topic={topic} voted={own.voted} closed={!mayVote || topic.locked} />
      <div class="topic-row-words">
        <a class="topic-row-title" href={href}>
          <bdi>{topicTitle(topic)}</bdi>
        </a>
        <p class="topic-row-line muted">
          {place && <>{place} · </>}
          <TopicLine topic={topic} latest />
        </p>
        <p class="topic-row-badges">
          <TopicBadges topic={topic} />
        </p>
      </div>
      {own.unread > 0 && <span class="topic-unread figures">{t('forum.unread', { count: own.unread })}</span>}
    </li>
  )
}
