// Where an activity was given already: in class and as homework, with the link to hand on.
import { RotateCcw } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { ChangeAttemptsDialog } from '#client/features/quizzes/ChangeAttemptsDialog.tsx'
import { dayAndTime } from '#client/platform/dates.ts'
import { shareLink } from '#client/platform/share-origin.ts'
import { t } from '#client/platform/texts.ts'
import { Section } from '#client/ui/Card.tsx'
import { CopyButton } from '#client/ui/CopyButton.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { List, Row } from '#client/ui/List.tsx'
import type { Delivery } from '#protocol/activities.ts'
import { attemptsWords } from './AttemptsFields.tsx'
import { dueTime } from './course-facts.ts'

type GivenProps = {
  readonly courseId: string
  readonly title: string
  readonly deliveries: readonly Delivery[]
  readonly onChanged: () => void
}

/** The list. */
export function Given({ courseId, title, deliveries, onChanged }: GivenProps) {
  const [changing, setChanging] = useState<Delivery>()
  return (
    <Section title={t('activities.given')}>
      {deliveries.length === 0 ? (
        <p class="muted">{t('activities.givenNone')}</p>
      ) : (
        <List>
          {deliveries.map(one => {
            const href = pathTo('homework', { deliveryId: one.id })
            const homework = one.mode === 'homework'
            return (
              <Row
                key={one.id}
                title={homework ? t('activities.givenHomework') : t('activities.givenLive')}
                detail={
                  homework && one.dueAt
                    ? [
                        one.audience === 'unanswered' && t('activities.givenToSome'),
                        t('activities.givenDue', { when: dueTime(courseId, one.dueAt) }),
                        one.attempts.most !== 1 && attemptsWords(one.attempts),
                      ]
                        .filter(Boolean)
                        .join(' · ')
                    : one.closedAt && t('activities.closedAt', { when: dayAndTime(one.closedAt) })
                }
                end={
                  homework && (
                    <>
                      <CopyButton text={() => shareLink(href)} label={t('activities.copyLink')} />
                      <IconButton icon={RotateCcw} label={t('attempts.change')} onClick={() => setChanging(one)} />
                    </>
                  )
                }
                {...(homework ? { href } : {})}
              />
            )
          })}
        </List>
      )}
      {changing && (
        <ChangeAttemptsDialog
          delivery={changing}
          title={title}
          onClose={() => setChanging(undefined)}
          onChanged={onChanged}
        />
      )}
    </Section>
  )
}
