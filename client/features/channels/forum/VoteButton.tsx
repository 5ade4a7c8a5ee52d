// A vote: an arrow with the count, pressed when it is the reader's own.
import { ChevronUp } from 'lucide-preact'
import { t } from '#client/platform/texts.ts'
import { Icon } from '#client/ui/Icon.tsx'
import { VisuallyHidden } from '#client/ui/VisuallyHidden.tsx'
import type { Topic } from '#protocol/channels/topics.ts'
import { topicTitle } from './TopicFacts.tsx'
import { toggleVote, voteOf } from './votes.ts'

export type VoteButtonProps = {
  readonly topic: Topic
  /** Whether the reader's vote stood when the topic was last read. */
  readonly voted: boolean
  /** May not vote here: the count alone is shown. */
  readonly closed?: boolean | undefined
}

/** Voting again takes the vote back. */
export function VoteButton({ topic, voted, closed = false }: VoteButtonProps) {
  const { on, votes } = voteOf(topic, voted)
  if (closed) {
    return (
      <span class="vote" data-closed>
        <Icon as={ChevronUp} />
        <span class="figures" aria-hidden="true">
          {votes}
        </span>
        <VisuallyHidden>{t('forum.votes', { count: votes })}</VisuallyHidden>
      </span>
    )
  }
  return (
    <button
      type="button"
      class="vote"
      aria-pressed={on}
      aria-label={t('forum.vote', { count: votes, title: topicTitle(topic) })}
      title={t('forum.votes', { count: votes })}
      onClick={() => toggleVote(topic, voted)}
    >
      <Icon as={ChevronUp} />
      <span class="figures">{votes}</span>
    </button>
  )
}
