// How far a learner is with the course as a whole: what completes it, what of that is done, what is missing, and since when it
// is complete. Where the rule asks for their own word they say it here.
import { Check, Circle, Minus } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { zoneOf } from '#client/features/activities/course-facts.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad, useReload } from '#client/platform/use-load.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Card } from '#client/ui/Card.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { Time } from '#client/ui/Time.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { InputBefore } from '#protocol/base/call.ts'
import { courseCompletionRoutes, type OwnCourse, type OwnCoursePart } from '#protocol/progress/course.ts'
import { progressRoutes } from '#protocol/progress.ts'
import { type ProgressItemOfMine, pathOf } from './NextStep.tsx'
import { progressTurn, sums } from './store.ts'
import './progress.css'

type MarkInput = InputBefore<typeof courseCompletionRoutes.markCourse>

async function say(courseId: string, done: 'yes' | 'no'): Promise<void> {
  const send = (word: 'yes' | 'no') =>
    request(courseCompletionRoutes.markCourse, { courseId, done: word } as MarkInput).then(
      () => {
        progressTurn.value += 1
      },
      (error: unknown) => showToast({ text: problemWords(error), tone: 'bad' }),
    )
  await send(done)
  if (done === 'yes') showToast({ text: t('progress.saidFinished'), onUndo: () => void send('no') })
}

/** On the course home, for those who learn there: nothing while nothing completes the course. */
export function CourseOfMine({ courseId }: { readonly courseId: string }) {
  const learns = sums.value.has(courseId)
  const mine = useLoad(learns ? courseId : null, () => request(progressRoutes.mine, { courseId }))
  useReload(mine, progressTurn.value)
  const { course, items } = mine.value ?? {}
  return course ? <CourseStandingCard courseId={courseId} course={course} items={items ?? []} /> : null
}

export interface CourseStandingProps {
  readonly courseId: string
  readonly course: OwnCourse
  /** What the reader knows of, for the way to what is missing. */
  readonly items: readonly ProgressItemOfMine[]
}

/** From the state alone. */
export function CourseStandingCard({ courseId, course, items }: CourseStandingProps) {
  const { record, parts, marked, need } = course
  const asked = parts.filter(one => one.state !== 'none')
  return (
    <Card>
      <section class="stack" aria-label={t('progress.courseTitle')}>
        {record ? (
          <p class="course-complete">
            <Badge tone="good" icon={Check}>
              {t('progress.courseYours')}
            </Badge>
            <span class="muted">
              <Time at={record.at} form="dayAndTime" zone={zoneOf(courseId)} />
            </span>
            {marked && <span class="muted">{t('progress.courseMarked')}</span>}
          </p>
        ) : (
          <p class="course-needs">{t(need === 'all' ? 'progress.courseNeedsAll' : 'progress.courseNeedsAny')}</p>
        )}
        {asked.length > 0 && (
          <ul class="course-parts">
            {asked.map(part => (
              <PartLine key={part.kind} courseId={courseId} part={part} items={items} />
            ))}
          </ul>
        )}
      </section>
    </Card>
  )
}

type PartLineProps = Omit<CourseStandingProps, 'course'> & { readonly part: OwnCoursePart }

function PartLine({ courseId, part, items }: PartLineProps) {
  const done = part.state === 'done'
  return (
    <li class="course-part" data-state={part.state}>
      <Icon
        as={done ? Check : part.state === 'none' ? Minus : Circle}
        label={t(done ? 'progress.partDone' : 'progress.partOpen')}
      />
      <div class="course-part-words">
        <PartWords courseId={courseId} part={part} />
        {part.missing.length > 0 && <Missing courseId={courseId} part={part} items={items} />}
        {part.kind === 'self' && <OwnWord courseId={courseId} done={done} />}
      </div>
    </li>
  )
}

function PartWords({ courseId, part }: { readonly courseId: string; readonly part: OwnCoursePart }) {
  const count = part.asked ?? 0
  const when = part.at && part.state === 'open' && <Time at={part.at} form="dayAndTime" zone={zoneOf(courseId)} />
  switch (part.kind) {
    case 'items':
      return (
        <span>
          {t(part.need === 'all' ? 'progress.partItems' : 'progress.partItemsAny')}
          {' · '}
          {t('progress.barWords', { done: part.done, of: part.of })}
        </span>
      )
    case 'grade':
      return (
        <span>
          {t('progress.partGrade', { percent: count })}
          {part.percent !== null && ` · ${t('progress.partGradeNow', { percent: part.percent })}`}
        </span>
      )
    case 'date':
      return (
        <span>
          {t('progress.partDate')} {part.at && <Time at={part.at} form="dayAndTime" zone={zoneOf(courseId)} />}
        </span>
      )
    case 'days':
      return (
        <span>
          {t('progress.partDays', { count })}
          {when && <> · {when}</>}
        </span>
      )
    case 'self':
      return <span>{t('progress.partSelf')}</span>
    case 'teacher':
      return <span>{t('progress.partTeacher')}</span>
  }
}

/** What of the items is still to be done: those the reader knows of as the way there, the others by their number. */
function Missing({ courseId, part, items }: PartLineProps) {
  const unseen = part.missing.filter(one => one.title === null).length
  return (
    <span class="course-missing">
      <span class="muted">{t('progress.missing')}</span>
      {part.missing.map(({ itemId, title }) => {
        if (title === null) return null
        const item = items.find(one => one.itemId === itemId)
        const href = item && pathOf(courseId, item)
        return href ? (
          <a key={itemId} href={href}>
            {title}
          </a>
        ) : (
          <span key={itemId}>{title}</span>
        )
      })}
      {unseen > 0 && <span>{t('progress.missingUnseen', { count: unseen })}</span>}
    </span>
  )
}

function OwnWord({ courseId, done }: { readonly courseId: string; readonly done: boolean }) {
  const [busy, setBusy] = useState(false)
  const press = async () => {
    setBusy(true)
    await say(courseId, done ? 'no' : 'yes')
    setBusy(false)
  }
  return (
    <span>
      <Button size="small" kind={done ? 'quiet' : 'primary'} busy={busy} onClick={() => void press()}>
        {t(done ? 'progress.takeFinished' : 'progress.sayFinished')}
      </Button>
    </span>
  )
}
