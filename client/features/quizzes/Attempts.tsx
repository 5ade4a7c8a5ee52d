// The attempts of a learner at one homework: how many there are, what each came to, which one counts, and beginning another.
import { RotateCcw } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { person } from '#client/app/frame.ts'
import { pathTo } from '#client/app/paths.ts'
import { attemptsWords } from '#client/features/activities/AttemptsFields.tsx'
import { dueTime } from '#client/features/activities/course-facts.ts'
import { score } from '#client/features/grades/numbers.ts'
import { dayAndTime } from '#client/platform/dates.ts'
import { t } from '#client/platform/texts.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { List, Row } from '#client/ui/List.tsx'
import type { Homework } from '#protocol/quizzes.ts'

const whichWords = { best: 'attempts.againBest', last: 'attempts.againLast', first: 'attempts.againFirst' } as const

/** Whether a homework may be, or was, taken more than once. */
export const takenOften = ({ delivery, attempts, seat }: Homework): boolean =>
  delivery.attempts.most !== 1 || attempts.handedIn.length > 1 || seat.attempt > 1

/** Which attempt the page shows: of how many, where that is known. */
export function attemptWords({ delivery, seat }: Homework): string {
  const { most } = delivery.attempts
  const number = seat.attempt
  return most === null || number > most ? t('attempts.number', { number }) : t('attempts.numberOf', { number, most })
}

/** How many attempts are left after so many; null where any number may follow. */
export const leftAfter = ({ delivery }: Homework, begun: number): number | null =>
  delivery.attempts.most === null ? null : Math.max(delivery.attempts.most - begun, 0)

export type AttemptsProps = {
  readonly homework: Homework
  readonly busy: boolean
  readonly onAgain: (number: number) => void
}

/** The section. */
export function Attempts({ homework, busy, onAgain }: AttemptsProps) {
  const [asking, setAsking] = useState(false)
  const { delivery, attempts, courseId, seat, result } = homework
  const { handedIn, next } = attempts
  const left = leftAfter(homework, seat.attempt)
  const accountId = person.value?.id
  return (
    <Section title={t('attempts.title')}>
      <div class="stack">
        <p>{attemptsWords(delivery.attempts)}</p>
        {handedIn.length === 0 ? (
          <p class="muted">{t('attempts.none')}</p>
        ) : (
          <List label={t('attempts.title')}>
            {handedIn.map(one => (
              <Row
                key={one.number}
                title={t('attempts.number', { number: one.number })}
                detail={[
                  t('attempts.handedIn', { when: dayAndTime(one.finishedAt) }),
                  one.score !== null && t('attempts.right', { score: score(one.score), points: score(one.points) }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
                end={one.counts === true && <Badge tone="accent">{t('attempts.counts')}</Badge>}
              />
            ))}
          </List>
        )}
        {next !== null && (
          <div class="cluster">
            <Button kind="primary" icon={RotateCcw} busy={busy} onClick={() => setAsking(true)}>
              {t('attempts.tryAgain')}
            </Button>
            {left !== null && <span class="muted figures">{t('attempts.left', { count: left })}</span>}
          </div>
        )}
        {result?.grade && accountId !== undefined && handedIn.length > 1 && (
          <div>
            <ButtonLink
              kind="quiet"
              href={pathTo('grade', { courseId, gradeItemId: result.grade.gradeItemId, accountId })}
            >
              {t('attempts.toGrade')}
            </ButtonLink>
          </div>
        )}
      </div>
      <Dialog
        open={asking && next !== null}
        onClose={() => setAsking(false)}
        title={t('attempts.againTitle')}
        actions={
          <>
            <Button kind="quiet" onClick={() => setAsking(false)}>
              {t('activities.notYet')}
            </Button>
            <Button
              kind="primary"
              onClick={() => {
                setAsking(false)
                if (next !== null) onAgain(next)
              }}
            >
              {t('attempts.begin', { number: next ?? 1 })}
            </Button>
          </>
        }
      >
        <div class="stack-tight">
          <p>{t(whichWords[delivery.attempts.counts])}</p>
          <p>{t('attempts.againFresh')}</p>
          {delivery.dueAt && <p class="muted">{t('attempts.againDue', { when: dueTime(courseId, delivery.dueAt) })}</p>}
        </div>
      </Dialog>
    </Section>
  )
}
