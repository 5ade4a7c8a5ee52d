// A learner's own side of an assignment: the mark once there is one, what was handed in, and the place to write while
// something is taken.
import { CircleCheck, Clock, History } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { dueTime } from '#client/features/activities/course-facts.ts'
import { CourseGrade } from '#client/features/grades/Grade.tsx'
import { LateLines } from '#client/features/grades/LateLines.tsx'
import { serverNow } from '#client/platform/realtime.ts'
import { t } from '#client/platform/texts.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Card, Section } from '#client/ui/Card.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { HandIn, Mark, OwnSubmission } from '#protocol/assignments/submissions.ts'
import type { Assignment } from '#protocol/assignments.ts'
import type { LatePolicy } from '#protocol/grades/late.ts'
import { HandInView } from './HandInView.tsx'
import { WriteWork } from './WriteWork.tsx'
import { lateWords } from './words.ts'

interface OwnWorkProps {
  readonly assignment: Assignment
  readonly policy: LatePolicy
  readonly own: OwnSubmission
  /** As far as rights go: not where the course is over. */
  readonly mayHandIn: boolean
  readonly onChanged: () => void
  readonly onHandedIn: (own: OwnSubmission) => void
}

export function OwnWork({ assignment, policy, own, mayHandIn, onChanged, onHandedIn }: OwnWorkProps) {
  const [writing, setWriting] = useState(false)
  const { cutOffAt, courseId } = assignment
  const over = cutOffAt !== null && Date.parse(cutOffAt) < serverNow()
  const [last] = own.handIns
  const taken = mayHandIn && !over && own.mark === null
  const writes = taken && (writing || !last)
  return (
    <>
      {own.mark && <MarkCard courseId={courseId} mark={own.mark} points={assignment.points} />}
      {own.missing !== null && <MissingCard courseId={courseId} missing={own.missing} points={assignment.points} />}
      <Section
        title={t('assignments.yourWork')}
        actions={
          taken &&
          last &&
          !writing && (
            <Button size="small" onClick={() => setWriting(true)}>
              {t('assignments.handInAgain')}
            </Button>
          )
        }
      >
        <div class="stack">
          {last && <Receipt handIn={last} marked={own.mark !== null} />}
          {!mayHandIn && !last && <Banner>{t('assignments.over')}</Banner>}
          {mayHandIn && over && own.mark === null && cutOffAt !== null && (
            <Banner>
              {last ? t('assignments.over') : t('assignments.overSince', { when: dueTime(courseId, cutOffAt) })}
            </Banner>
          )}
          {writes ? (
            <WriteWork
              key={own.handIns.length}
              assignment={assignment}
              policy={policy}
              draft={own.draft}
              onChanged={onChanged}
              onHandedIn={next => {
                setWriting(false)
                onHandedIn(next)
              }}
              onKeep={last ? () => setWriting(false) : undefined}
            />
          ) : (
            last && (
              <Card>
                <HandInView handIn={last} />
              </Card>
            )
          )}
          {own.handIns.length > 1 && <Earlier handIns={own.handIns.slice(1)} />}
        </div>
      </Section>
    </>
  )
}

function Receipt({ handIn, marked }: { readonly handIn: HandIn; readonly marked: boolean }) {
  return (
    <div class="work-receipt" role="status">
      <Icon as={CircleCheck} size={20} />
      <p class="cluster">
        <span>
          <Words at={handIn.at} />
          {!marked && <span class="muted"> · {t('assignments.waiting')}</span>}
        </span>
        {handIn.lateSeconds !== null && (
          <Badge tone="warn" icon={Clock}>
            {t('assignments.lateBy', { late: lateWords(handIn.lateSeconds) })}
          </Badge>
        )}
      </p>
    </div>
  )
}

/** "Handed in today at 10:32", with the time as one. */
export function Words({ at }: { readonly at: string }) {
  const [before, after] = t('assignments.handedIn', { when: '\u0000' }).split('\u0000')
  return (
    <>
      {before}
      <Time at={at} form="dayAndTime" />
      {after}
    </>
  )
}

interface OfPoints {
  readonly courseId: string
  readonly points: string
}

/** What nothing handed in by the cut-off counts as. */
function MissingCard({ courseId, missing, points }: OfPoints & { readonly missing: string }) {
  return (
    <Section title={t('assignments.yourMark')}>
      <Card>
        <div class="stack" role="status">
          <CourseGrade form="large" courseId={courseId} score={missing} points={points} />
          <p class="muted">{t('grading.missingOwn')}</p>
        </div>
      </Card>
    </Section>
  )
}

function MarkCard({ courseId, mark, points }: OfPoints & { readonly mark: Mark }) {
  return (
    <Section title={t('assignments.yourMark')}>
      <Card>
        <div class="stack" role="status">
          <CourseGrade form="large" courseId={courseId} score={mark.grade} points={points} />
          {mark.late?.is === 'late' && <LateLines late={mark.late} grade={mark.grade} points={points} />}
          {mark.late?.is === 'late' && mark.waived !== null && (
            <p dir="auto">{t('grading.waivedBecause', { reason: mark.waived })}</p>
          )}
          {mark.comment !== '' && (
            <p class="work-text" dir="auto">
              {mark.comment}
            </p>
          )}
          <p class="muted">
            {mark.by ?? t('assignments.marked')} · <Time at={mark.at} form="dayAndTime" />
          </p>
        </div>
      </Card>
    </Section>
  )
}

function Earlier({ handIns }: { readonly handIns: readonly HandIn[] }) {
  return (
    <details class="work-earlier">
      <summary>
        <Icon as={History} /> {t('assignments.earlier', { count: handIns.length })}
      </summary>
      <ul class="work-files">
        {handIns.map(one => (
          <li key={one.number} class="work-file-whole">
            <p class="cluster muted">
              {t('assignments.handInNumber', { number: one.number })} · <Time at={one.at} form="dayAndTime" />
              {one.lateSeconds !== null && <Badge tone="warn">{t('assignments.statusLate')}</Badge>}
            </p>
            <HandInView handIn={one} />
          </li>
        ))}
      </ul>
    </details>
  )
}
