// What somebody who missed a class was given for it: each activity with the way to it, or that it is done.
import { Check, NotebookPen } from 'lucide-preact'
import { pathTo } from '#client/app/paths.ts'
import { dueTime } from '#client/features/activities/course-facts.ts'
import { dayAndTime } from '#client/platform/dates.ts'
import { t } from '#client/platform/texts.ts'
import { Section } from '#client/ui/Card.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { List, Row } from '#client/ui/List.tsx'
import type { CatchUpEntry } from '#protocol/live/report.ts'

/** The list. */
export function CatchUp({
  courseId,
  entries,
}: {
  readonly courseId: string
  readonly entries: readonly CatchUpEntry[]
}) {
  const done = entries.every(one => one.finishedAt !== null)
  const title = done ? t('live.catchUpTitleDone') : t('live.catchUpTitle')
  return (
    <Section title={title}>
      {!done && <p class="muted">{t('live.catchUpDetail')}</p>}
      <div class="card" data-flush>
        <List label={title}>
          {entries.map(one => (
            <Row
              key={one.deliveryId}
              start={<Icon as={one.finishedAt ? Check : NotebookPen} size={20} />}
              title={one.title}
              detail={
                one.finishedAt
                  ? t('activities.handedIn', { when: dayAndTime(one.finishedAt) })
                  : one.over
                    ? t('courses.ended')
                    : one.dueAt && t('live.catchUpDue', { when: dueTime(courseId, one.dueAt) })
              }
              href={pathTo('homework', { deliveryId: one.deliveryId })}
            />
          ))}
        </List>
      </div>
    </Section>
  )
}
