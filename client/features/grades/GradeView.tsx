// Why a grade is what it is: the figure, how it is made, and every answer behind it with a word, a mark and a colour.
import { Check, Circle, CircleSlash2, EyeOff, FileCheck2, X } from 'lucide-preact'
import { typeParts } from '#client/features/questions/types/registry.ts'
import { dayAndTime } from '#client/platform/dates.ts'
import { type PlainTextKey, t } from '#client/platform/texts.ts'
import { Badge, type Tone } from '#client/ui/Badge.tsx'
import { ButtonLink } from '#client/ui/Button.tsx'
import { Card, Section } from '#client/ui/Card.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { Icon, type LucideIcon } from '#client/ui/Icon.tsx'
import { List, Row } from '#client/ui/List.tsx'
import type { Output } from '#protocol/base/call.ts'
import type { EmptyCell, GradeItem, gradeRoutes } from '#protocol/grades.ts'
import { toldKeyOf, type WrittenQuestion } from '#protocol/question-types/registry.ts'
import { Arithmetic } from './Arithmetic.tsx'
import { CourseGrade } from './Grade.tsx'
import { LateLines } from './LateLines.tsx'
import { markedKind } from './marked.ts'
import { score, shareOf } from './numbers.ts'
import './Grades.css'
import './Release.css'

export type Explanation = Output<(typeof gradeRoutes)['explain']>
type Item = Explanation['items'][number]
type Response = Item['responses'][number]

const madeOf = (item: GradeItem): string =>
  item.participation === 100
    ? t('grades.madeOfTaking')
    : item.correctness === 100
      ? t('grades.madeOfRight')
      : t('grades.madeOf', { participation: item.participation, correctness: item.correctness })

const whyWords: { readonly [W in EmptyCell['why']]: PlainTextKey } = {
  absent: 'grades.missedWhy',
  silent: 'grades.silentWhy',
  pending: 'grades.pendingWhy',
  missing: 'grades.missingWhy',
  unmarked: 'grades.unmarkedWhy',
  'not-yet': 'grades.notYetWhy',
  'not-given': 'grades.notGivenWhy',
  'held-back': 'grades.notReleasedWhy',
}

/** The whole explanation. */
export function GradeView({
  explanation,
  own,
  courseId,
}: {
  readonly explanation: Explanation
  readonly own: boolean
  readonly courseId: string
}) {
  const { gradeItem, cell, items, parts, empty, replaced } = explanation
  if (gradeItem.marked) return <MarkedView explanation={explanation} own={own} courseId={courseId} />
  const heldBack = empty?.why === 'held-back'
  return (
    <>
      <Card>
        {cell ? (
          <div class="grade-sum">
            {cell.score !== null && (
              <CourseGrade form="large" courseId={courseId} score={cell.score} points={cell.points} />
            )}
            <div class="grade-sum-words">
              {cell.score === null && <p>{t('grades.heldDetail')}</p>}
              <p>{madeOf(gradeItem)}</p>
              {replaced && <p>{own ? t('grades.replaced') : t('grades.replacedOf')}</p>}
              {cell.score !== null && parts ? (
                <Arithmetic parts={parts} score={cell.score} points={cell.points} />
              ) : (
                <p class="muted figures">{t('grades.tookPartOf', { answered: cell.answered, asked: cell.asked })}</p>
              )}
            </div>
          </div>
        ) : (
          <div class="stack-tight">
            {heldBack && <p class="grade-held-back">{t('grades.notReleased')}</p>}
            <p class="muted">{t(empty ? whyWords[empty.why] : 'grades.noGrade')}</p>
          </div>
        )}
        {!own && gradeItem.held && (
          <p class="grade-small">
            <Icon as={EyeOff} /> {t('grades.heldBackDetail')}
          </p>
        )}
      </Card>
      {explanation.attempts.length > 0 && <AttemptsBehind attempts={explanation.attempts} />}
      {!heldBack && <Answers items={items} several={severalIn(explanation)} />}
    </>
  )
}

/** A grade that somebody gave: the figure, and the way to the work it is for. */
function MarkedView({ explanation, own, courseId }: Parameters<typeof GradeView>[0]) {
  const { gradeItem, cell, empty, accountId } = explanation
  const { kind = '', refId = '' } = gradeItem.marked ?? {}
  const known = markedKind(kind)
  return (
    <Card>
      <div class="stack">
        {cell?.score != null && (
          <CourseGrade form="large" courseId={courseId} score={cell.score} points={cell.points} />
        )}
        {cell?.score != null && cell.late?.is === 'late' && (
          <LateLines late={cell.late} grade={cell.score} points={cell.points} />
        )}
        <p class="muted">
          {cell?.late?.is === 'missing'
            ? t(own ? 'grading.missingOwn' : 'grading.missingOf')
            : cell
              ? t(known?.why ?? 'grades.columnMarked')
              : empty
                ? t(whyWords[empty.why])
                : t('grades.noGrade')}
        </p>
        {known && (
          <div>
            <ButtonLink href={known.path({ courseId, refId, accountId: own ? null : accountId })} icon={FileCheck2}>
              {t(own ? known.open : known.openAll)}
            </ButtonLink>
          </div>
        )}
      </div>
    </Card>
  )
}

/** The deliveries that may be taken more than once: there each answer says in which attempt it was given. */
const severalIn = ({ attempts }: Explanation): ReadonlySet<string> => new Set(attempts.map(one => one.deliveryId))

const ruleWords = { best: 'attempts.best', last: 'attempts.last', first: 'attempts.first' } as const

/** What each attempt at homework came to, and which one the grade is made of. */
function AttemptsBehind({ attempts }: Pick<Explanation, 'attempts'>) {
  const many = new Set(attempts.map(one => one.deliveryId)).size > 1
  return (
    <Section title={t('attempts.title')}>
      <List label={t('attempts.title')}>
        {attempts.map(one => (
          <Row
            key={`${one.deliveryId} ${one.number}`}
            title={[many && one.activityTitle, t('attempts.number', { number: one.number })]
              .filter(Boolean)
              .join(' · ')}
            detail={[
              one.finishedAt ? t('attempts.handedIn', { when: dayAndTime(one.finishedAt) }) : t('attempts.goesOn'),
              one.score !== null &&
                one.points !== null &&
                t('attempts.right', { score: score(one.score), points: score(one.points) }),
            ]
              .filter(Boolean)
              .join(' · ')}
            end={
              one.counts === true && (
                <Badge tone="accent">
                  {t('attempts.counts')} · {t(ruleWords[one.rule])}
                </Badge>
              )
            }
          />
        ))}
      </List>
    </Section>
  )
}

type AnswersProps = { readonly items: readonly Item[]; readonly several: ReadonlySet<string> }

function Answers({ items, several }: AnswersProps) {
  return (
    <Section title={t('grades.responses')}>
      {items.length === 0 ? (
        <EmptyState title={t('grades.noGrade')} />
      ) : (
        <ol class="grade-items">
          {items.map((item, index) => (
            <ExplainedItem key={item.itemId} item={item} number={index + 1} several={several} />
          ))}
        </ol>
      )}
    </Section>
  )
}

type Outcome = { readonly word: string; readonly tone: Tone; readonly icon: LucideIcon }

function outcomeOf(got: string | null, points: string): Outcome {
  if (got === null) return { word: t('grades.notScored'), tone: 'neutral', icon: Circle }
  const share = shareOf(got, points)
  if (share >= 1) return { word: t('grades.right'), tone: 'good', icon: Check }
  if (share > 0) return { word: t('grades.partly'), tone: 'warn', icon: CircleSlash2 }
  return { word: t('grades.wrong'), tone: 'bad', icon: X }
}

type ExplainedProps = Pick<AnswersProps, 'several'> & { readonly item: Item; readonly number: number }

function ExplainedItem({ item, number, several }: ExplainedProps) {
  const answered = item.responses.length > 0
  const outcome = !answered
    ? { word: t('grades.noResponse'), tone: 'neutral' as const, icon: Circle }
    : item.scored
      ? outcomeOf(item.score, item.points)
      : { word: t('grades.tookPart'), tone: 'good' as const, icon: Check }
  return (
    <li class="grade-item">
      <div class="grade-item-head">
        <div class="grade-item-words">
          <p class="muted grade-item-from">
            {t('activities.questionNumber', { number })} · {item.activityTitle}
          </p>
          <p class="prompt grade-item-prompt">{item.prompt}</p>
        </div>
        <div class="grade-item-score">
          {item.scored && item.score !== null && (
            <span class="figures">
              {t('activities.itemScore', { score: score(item.score), points: score(item.points) })}
            </span>
          )}
          <Badge tone={outcome.tone} icon={outcome.icon}>
            {outcome.word}
          </Badge>
        </div>
      </div>
      {item.ruling !== 'by-key' && (
        <p class="grade-small">{item.ruling === 'discarded' ? t('grades.discarded') : t('grades.everybody')}</p>
      )}
      {item.corrected && (
        <p class="grade-small grade-corrected">
          {t('grades.corrected', { when: dayAndTime(item.corrected.at) })}
          {item.corrected.note && <span class="muted"> · {item.corrected.note}</span>}
        </p>
      )}
      {item.question ? (
        <RightAnswer question={item.question} />
      ) : (
        item.scored && <p class="muted grade-small">{t('grades.keyHidden')}</p>
      )}
      {answered && (
        <ul class="grade-responses">
          {item.responses.map(response => (
            <Given
              key={response.responseId}
              response={response}
              item={item}
              attempt={several.has(response.deliveryId) ? response.attempt : undefined}
            />
          ))}
        </ul>
      )}
    </li>
  )
}

function RightAnswer({ question }: { readonly question: WrittenQuestion }) {
  const key = toldKeyOf(question)
  if (!key) return null
  return (
    <p class="grade-small">{t('grades.rightAnswer', { answer: typeParts[question.type].keyWords(question, key) })}</p>
  )
}

type GivenProps = { readonly response: Response; readonly item: Item; readonly attempt: number | undefined }

function Given({ response, item, attempt }: GivenProps) {
  const { Given: Answer } = typeParts[item.asked.type]
  const outcome = outcomeOf(response.score, item.points)
  return (
    <li class="grade-response" data-counts={response.counts || undefined}>
      <div class="grade-response-answer">
        <Answer asked={item.asked} move={response.move} />
      </div>
      <p class="grade-response-line muted figures">
        <span>{response.mode === 'live' ? t('grades.live') : t('grades.homework')}</span>
        {attempt !== undefined && <span>{t('attempts.number', { number: attempt })}</span>}
        <time dateTime={response.at}>{dayAndTime(response.at)}</time>
        {response.score !== null && (
          <span class="grade-response-word" data-tone={outcome.tone}>
            <Icon as={outcome.icon} /> {outcome.word}
          </span>
        )}
        {response.counts ? <Badge tone="accent">{t('grades.counts')}</Badge> : <span>{t('grades.doesNotCount')}</span>}
      </p>
    </li>
  )
}
