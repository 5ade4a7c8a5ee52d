// The one next step of a course: what it is, until when, and the way there.
import { ArrowRight } from 'lucide-preact'
import { zoneOf } from '#client/features/activities/course-facts.ts'
import { itemKind } from '#client/features/courses/registry.ts'
import { request } from '#client/platform/call.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { ButtonLink } from '#client/ui/Button.tsx'
import { Card } from '#client/ui/Card.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { Output } from '#protocol/base/call.ts'
import { progressRoutes } from '#protocol/progress.ts'
import { actWord } from './words.ts'
import './progress.css'

export type ProgressItemOfMine = Output<typeof progressRoutes.mine>['items'][number]

/** The caller's next step in a course, as a card; nothing where there is none or the caller does not learn in it. */
export function NextInCourse({ courseId }: { readonly courseId: string }) {
  const mine = useLoad(courseId, () => request(progressRoutes.mine, { courseId }))
  const item = mine.value?.items.find(one => one.itemId === mine.value?.next)
  return item ? (
    <Card>
      <NextStep courseId={courseId} item={item} />
    </Card>
  ) : null
}

/** Where an item leads, for who learns. */
export const pathOf = (courseId: string, { kind, refId, badge }: ProgressItemOfMine): string | undefined =>
  itemKind(kind)?.path({ courseId, kind, refId, badge }, 'learner')

/** What to do now, and the way there. */
export function NextStep({ courseId, item }: { readonly courseId: string; readonly item: ProgressItemOfMine }) {
  const href = pathOf(courseId, item)
  return (
    <div class="progress-next">
      <p class="progress-next-words">
        <span class="muted">{t('progress.next')}</span>
        <strong>{item.title}</strong>
        {item.cell.dueAt && <Due courseId={courseId} at={item.cell.dueAt} />}
      </p>
      {href && (
        <ButtonLink kind="primary" icon={ArrowRight} href={href}>
          {actWord(item.cell.how)}
        </ButtonLink>
      )}
    </div>
  )
}

/** "due tomorrow at 18:00": the words around a time. */
export function Due({ courseId, at }: { readonly courseId: string; readonly at: string }) {
  const [before, after] = t('progress.dueAt', { when: '\u0000' }).split('\u0000')
  return (
    <span class="muted">
      {before}
      <Time at={at} form="dayAndTime" zone={zoneOf(courseId)} />
      {after}
    </span>
  )
}
