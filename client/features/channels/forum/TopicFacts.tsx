// The small facts of a topic: who began it, when and in which minute, how it stands.
import { CheckCheck, Lock, MonitorUp, Pin } from 'lucide-preact'
import { t } from '#client/platform/texts.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { Topic } from '#protocol/channels/topics.ts'

/** A name to show: people without one are anonymous; staff may know who is behind it. */
export function authorName(name: string, known?: string | undefined): string {
  if (name !== '') return name
  return known === undefined ? t('forum.anonymous') : t('forum.anonymousIs', { name: known })
}

/** The title, or what stands for one that is gone. */
export const topicTitle = (topic: Topic): string => topic.title || t('forum.removedTitle')

/** Badges about how a topic stands, the weightiest first. */
export function TopicBadges({ topic, stage = false }: { readonly topic: Topic; readonly stage?: boolean | undefined }) {
  return (
    <>
      {topic.pinned && (
        <Badge tone="accent" icon={stage ? MonitorUp : Pin}>
          {stage ? t('forum.onStage') : t('forum.pinned')}
        </Badge>
      )}
      {topic.outcome === 'accepted' && (
        <Badge tone="good" icon={CheckCheck}>
          {t('forum.answered')}
        </Badge>
      )}
      {topic.outcome === 'aloud' && (
        <Badge tone="good" icon={CheckCheck}>
          {t('forum.answeredAloud')}
        </Badge>
      )}
      {topic.outcome === 'set-aside' && <Badge>{t('forum.setAside')}</Badge>}
      {topic.locked && <Badge icon={Lock}>{t('forum.locked')}</Badge>}
      {topic.standing === 'hidden' && <Badge tone="warn">{t('forum.hidden')}</Badge>}
      {topic.standing === 'merged' && <Badge>{t('forum.merged')}</Badge>}
    </>
  )
}

export type TopicLineProps = {
  readonly topic: Topic
  readonly known?: string | undefined
  /** In a list that goes by activity: when somebody last wrote. */
  readonly latest?: boolean | undefined
}

/** Who, when, the minute of the class, how many replies. */
export function TopicLine({ topic, known, latest = false }: TopicLineProps) {
  const active = latest && topic.replies > 0
  return (
    <>
      <span class="topic-by">{authorName(topic.authorName, known)}</span>
      {' · '}
      {topic.asked && topic.asked.minute !== null ? (
        <>
          <span class="figures">{t('forum.minute', { minute: topic.asked.minute })}</span>
          {' · '}
        </>
      ) : (
        !active && (
          <>
            <Time at={topic.createdAt} />
            {' · '}
          </>
        )
      )}
      <span class="figures">{t('forum.replies', { count: topic.replies })}</span>
      {active && (
        <>
          {' · '}
          {t('forum.latest')} <Time at={topic.lastAt} />
        </>
      )}
    </>
  )
}
