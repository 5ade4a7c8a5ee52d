// Homework from the state alone: every question as a card with its own line of status, then handing in, then the result.
import { useState } from 'preact/hooks'
import { dueTime } from '#client/features/activities/course-facts.ts'
import { kindParts } from '#client/features/activities/kinds/registry.ts'
import type { Mine } from '#client/features/activities/seat.ts'
import { Arithmetic } from '#client/features/grades/Arithmetic.tsx'
import { CourseGrade } from '#client/features/grades/Grade.tsx'
import { score } from '#client/features/grades/numbers.ts'
import { AnswerLine } from '#client/features/questions/AnswerLine.tsx'
import { homeWords, isGiven } from '#client/features/questions/answer-line.ts'
import { verdictOf } from '#client/features/questions/options.ts'
import { t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Card } from '#client/ui/Card.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { Progress } from '#client/ui/Progress.tsx'
import type { ActivityMove } from '#protocol/activities/registry.ts'
import type { AskedQuestion } from '#protocol/question-types/registry.ts'
import type { Homework } from '#protocol/quizzes.ts'
import { Attempts, leftAfter, takenOften } from './Attempts.tsx'
import '#client/features/activities/ActivityPage.css'

/** before: not open yet. open: answers are taken. over: the due time has passed. done: handed in. */
export type HomeworkStand = 'before' | 'open' | 'over' | 'done'

export type HomeworkViewProps = {
  readonly homework: Homework
  readonly stand: HomeworkStand
  readonly mine: (itemId: string) => Mine
  readonly waiting: number
  readonly busy: boolean
  readonly onGive: (item: Homework['items'][number], move: ActivityMove | null) => void
  readonly onSend: (itemId: string) => void
  readonly onFinish: () => void
  readonly onAgain: (number: number) => void
}

/** Whether an answer waits for the button or for handing in: at home every one that can be given only once does. */
export function sentByButton({ activity }: Pick<Homework, 'activity'>, asked: AskedQuestion): boolean {
  const mayChange = activity.settings.mayChange !== false
  return !mayChange || kindParts[activity.kind].sends(asked, mayChange) === 'by button'
}

/** The page below its heading. */
export function HomeworkView(props: HomeworkViewProps) {
  const { homework, stand, mine, waiting, busy } = props
  const [asking, setAsking] = useState(false)
  const { items, result, delivery } = homework
  // What is given and waits for its button counts: handing in sends it.
  const answered = items.filter(item => mine(item.id).move !== null).length
  const open = items.length - answered
  const left = leftAfter(homework, homework.seat.attempt)
  if (items.length === 0) return <EmptyState title={t('activities.noItems')} />
  return (
    <div class="stack-loose">
      {stand === 'before' && delivery.opensAt && (
        <Banner>{t('activities.notOpenYet', { when: dueTime(homework.courseId, delivery.opensAt) })}</Banner>
      )}
      {stand === 'over' && <Banner tone="warn">{t('activities.overdue')}</Banner>}
      {result && (
        <Card>
          <Result homework={homework} />
        </Card>
      )}
      {takenOften(homework) && <Attempts homework={homework} busy={busy} onAgain={props.onAgain} />}
      {stand !== 'before' && (
        <ol class="homework-cards">
          {items.map((item, index) => (
            <HomeworkCard key={item.id} {...props} item={item} number={index + 1} />
          ))}
        </ol>
      )}
      {stand === 'open' && (
        <div class="homework-foot">
          <Progress
            label={t('activities.progress')}
            value={answered}
            max={items.length}
            words={t('activities.progressWords', { answered, total: items.length })}
          />
          <Button kind="primary" size="large" busy={busy} onClick={() => setAsking(true)}>
            {t('activities.handIn')}
          </Button>
        </div>
      )}
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('activities.handInTitle')}
        actions={
          <>
            <Button kind="quiet" onClick={() => setAsking(false)}>
              {t('activities.notYet')}
            </Button>
            <Button
              kind="primary"
              disabled={waiting > 0}
              onClick={() => {
                setAsking(false)
                props.onFinish()
              }}
            >
              {t('activities.handIn')}
            </Button>
          </>
        }
      >
        <p>{open === 0 ? t('activities.handInAll') : t('activities.handInSome', { count: open })}</p>
        {takenOften(homework) && left !== 0 && (
          <p>{left === null ? t('attempts.handInAgain') : t('attempts.handInMore', { count: left })}</p>
        )}
        {waiting > 0 && <p class="muted">{t('activities.handInWaiting')}</p>}
      </Dialog>
    </div>
  )
}

/** What it comes to, on the scale of its column; and why what is held is held. */
function Result({ homework: { result, delivery, courseId } }: Pick<HomeworkViewProps, 'homework'>) {
  if (!result) return null
  const { grade, held } = result
  const when = delivery.dueAt ? dueTime(courseId, delivery.dueAt) : ''
  const why =
    held === 'after-due'
      ? t('activities.heldAfterDue', { when })
      : held === 'elsewhere'
        ? t('activities.scoreHeld')
        : held === 'never'
          ? result.score === null
            ? t('activities.heldNeverYet', { when })
            : t('activities.heldNever')
          : held === 'held-back'
            ? t('activities.heldBack')
            : held === 'attempts'
              ? t('attempts.keysLater')
              : undefined
  return (
    <div class="stack-tight">
      <p class="muted">{t('activities.score')}</p>
      {grade ? (
        <>
          <p class="homework-score figures">
            <CourseGrade form="row" courseId={courseId} score={grade.score} points={grade.points} />
          </p>
          <Arithmetic parts={grade.parts} score={grade.score} points={grade.points} />
        </>
      ) : (
        result.score !== null && (
          <p class="figures">{t('activities.rightOf', { score: score(result.score), points: score(result.points) })}</p>
        )
      )}
      {why && <p>{why}</p>}
    </div>
  )
}

const mostOf = ({ activity }: Homework): number | undefined =>
  typeof activity.settings.words === 'number' ? activity.settings.words : undefined

type CardProps = HomeworkViewProps & { readonly item: Homework['items'][number]; readonly number: number }

function HomeworkCard({ homework, stand, mine, onGive, onSend, item, number }: CardProps) {
  const { LearnerCard, keyed } = kindParts[homework.activity.kind]
  const { move, stand: answer } = mine(item.id)
  const got = homework.result?.items.find(one => one.itemId === item.id)
  const mayChange = homework.activity.settings.mayChange !== false
  const fixed = !mayChange && isGiven(answer)
  const phase = got && (got.key || !keyed) ? 'revealed' : stand === 'open' && !fixed ? 'open' : 'locked'
  const given = answer.is === 'none' || answer.is === 'draft' ? null : move
  const verdict = got?.key && keyed && got.ruling === 'by-key' ? verdictOf(item.asked, got.key, given) : undefined
  const asks = phase === 'revealed' ? 'revealed' : stand === 'open' ? 'open' : stand === 'done' ? 'handed-in' : 'locked'
  const byButton = phase === 'open' && sentByButton(homework, item.asked)
  return (
    <li class="homework-card">
      <p class="muted figures">{t('live.questionOf', { number, total: homework.items.length })}</p>
      <h2 class="prompt homework-prompt">{item.asked.body.prompt}</h2>
      <LearnerCard
        asked={item.asked}
        phase={phase}
        move={move}
        pending={answer.is === 'sending' || answer.is === 'kept'}
        answerKey={keyed ? (got?.key ?? undefined) : undefined}
        most={mostOf(homework)}
        onMove={next => onGive(item, next)}
        confirm={
          byButton
            ? {
                label: t('questions.saveAnswer'),
                disabled: answer.is !== 'draft' || move === null,
                onSend: () => onSend(item.id),
              }
            : undefined
        }
      />
      <div class="homework-line">
        <AnswerLine line={homeWords(asks, answer, verdict)} />
        {got?.ruling && got.ruling !== 'by-key' && (
          <span>{got.ruling === 'discarded' ? t('grades.discarded') : t('grades.everybody')}</span>
        )}
        {got?.score && keyed && got.ruling !== 'discarded' && (
          <span class="muted figures">
            {t('activities.itemScore', { score: score(got.score), points: score(got.points) })}
          </span>
        )}
      </div>
    </li>
  )
}
