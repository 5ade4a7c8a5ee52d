// Where an activity was given already: in class and as homework, with the link to hand on.
import { pathTo } from '#client/app/paths.ts'
import { dayAndTime } from '#client/platform/dates.ts'
import { shareLink } from '#client/platform/share-origin.ts'
import { t } from '#client/platform/texts.ts'
import { Section } from '#client/ui/Card.tsx'
import { CopyButton } from '#client/ui/CopyButton.tsx'
import { List, Row } from '#client/ui/List.tsx'
import type { Delivery } from '#protocol/activities.ts'
import { dueTime } from './course-facts.ts'

type GivenProps = { readonly courseId: string; readonly deliveries: readonly Delivery[] }

/** The list. */
export function Given({ courseId, deliveries }: GivenProps) {
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
                      ]
                        .filter(Boolean)
                        .join(' · ')
                    : one.closedAt && t('activities.closedAt', { when: dayAndTime(one.closedAt) })
                }
                end={homework && <CopyButton text={() => shareLink(href)} label={t('activities.copyLink')} />}
                {...(homework ? { href } : {})}
              />
            )
          })}
        </List>
      )}
    </Section>
  )
}
