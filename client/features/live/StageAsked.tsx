// The question from the class that a host put on the stage: read from the last row, nothing to press.
import { ChevronUp } from 'lucide-preact'
import { authorName } from '#client/features/channels/forum/TopicFacts.tsx'
import { t } from '#client/platform/texts.ts'
import { Icon } from '#client/ui/Icon.tsx'
import type { Topic } from '#protocol/channels/topics.ts'
import './StageAsked.css'

/** The words at 5 % of the height or more; a long one is cut, never made smaller. */
export function StageAsked({ topic }: { readonly topic: Topic }) {
  return (
    <section class="stage-topic" aria-label={t('forum.stageAsked')}>
      <p class="stage-topic-head">{t('forum.stageAsked')}</p>
      <h1 class="stage-topic-words" dir="auto">
        {topic.title}
      </h1>
      <p class="stage-topic-foot">
        <span>
          <bdi>{authorName(topic.authorName)}</bdi>
        </span>
        {topic.votes > 0 && (
          <span class="figures stage-topic-votes">
            <Icon as={ChevronUp} size={20} />
            {t('forum.votes', { count: topic.votes })}
          </span>
        )}
      </p>
    </section>
  )
}
