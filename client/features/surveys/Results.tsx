// What was answered, for staff: bars with the same as a table, texts in no order that says anything, and how many there are.
// It changes as answers come; of answers without names it shows what the server tells and nothing that it works out itself.
import { Inbox } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { locale, t } from '#client/platform/texts.ts'
import { useKept, useLoad } from '#client/platform/use-load.ts'
import { usePages } from '#client/platform/use-pages.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { type Bar, Bars } from '#client/ui/Bars.tsx'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { ShowMore } from '#client/ui/ShowMore.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { type Survey, type SurveyQuestion, type SurveyTally, scaleSteps, surveyScope } from '#protocol/surveys.ts'
import { ClearDialog } from './ClearDialog.tsx'
import { getResults, listTexts, resultsFile } from './store.ts'

export function Results({ survey, mayChange }: { readonly survey: Survey; readonly mayChange: boolean }) {
  const of = { courseId: survey.courseId, surveyId: survey.id }
  const [clearing, setClearing] = useState(false)
  const loaded = useLoad(`${survey.id} ${survey.version}`, () => getResults(of))
  const results = useKept(loaded)?.results
  const told = useScope(surveyScope, survey.id).head.value
  useEffect(() => {
    // A class that answers at once is read once.
    const timer = setTimeout(loaded.reload, 300)
    return () => clearTimeout(timer)
  }, [told])

  if (!results)
    return (
      <Section title={t('surveys.results')}>
        {loaded.problem ? (
          <ErrorState
            title={t('surveys.resultsFailed')}
            detail={problemWords(loaded.problem)}
            requestId={loaded.problem.requestId}
            onRetry={loaded.reload}
          />
        ) : (
          <Skeleton form="rows" />
        )}
      </Section>
    )
  const { answered, of: all, shown, tallies } = results
  return (
    <Section
      title={t('surveys.results')}
      actions={
        <>
          {shown > 0 && (
            <ButtonLink size="small" kind="quiet" href={resultsFile(of)} download="">
              {t('surveys.download')}
            </ButtonLink>
          )}
          {mayChange && answered > 0 && (
            <Button size="small" kind="quiet" onClick={() => setClearing(true)}>
              {t('surveys.clear')}
            </Button>
          )}
        </>
      }
    >
      <div class="stack-loose">
        <p class="figures" role="status">
          {t('surveys.answeredOf', { answered, all })}
          {shown > 0 && shown < answered && (
            <span class="muted">
              {' · '}
              {t('surveys.heldBack', { count: answered - shown, least: survey.minShown })}
            </span>
          )}
        </p>
        {answered === 0 ? (
          <EmptyState icon={Inbox} title={t('surveys.nobody')}>
            {t('surveys.nobodyLead')}
          </EmptyState>
        ) : shown === 0 ? (
          <EmptyState icon={Inbox} title={t('surveys.waiting')}>
            {t('surveys.waitingLead', { count: survey.minShown })}
          </EmptyState>
        ) : (
          survey.questions.map(question => (
            <Answered
              key={question.id}
              survey={survey}
              question={question}
              tally={tallies.find(one => one.questionId === question.id)}
              turn={`${told} ${shown}`}
            />
          ))
        )}
      </div>
      {clearing && <ClearDialog survey={survey} count={answered} onClose={() => setClearing(false)} />}
    </Section>
  )
}

/** What stands out, in a sentence. */
function findingOf(question: SurveyQuestion, bars: readonly Bar[], answered: number): string {
  if (answered === 0) return t('surveys.findingNone')
  if (question.kind === 'scale') {
    const sum = bars.reduce((whole, bar) => whole + Number(bar.key) * bar.count, 0)
    const mean = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(sum / answered)
    return t('surveys.findingMean', { mean })
  }
  const most = Math.max(...bars.map(bar => bar.count))
  const first = bars.filter(bar => bar.count === most)
  return first.length === 1 && first[0] ? t('surveys.findingMost', { option: first[0].label }) : t('surveys.findingTie')
}

/** What a bar stands for. */
function labelOf(question: SurveyQuestion, key: string): string {
  if ('options' in question) return question.options.find(one => one.id === key)?.text ?? ''
  const words =
    question.kind !== 'scale' ? '' : key === '1' ? question.low : key === String(scaleSteps) ? question.high : ''
  return words ? t('surveys.stepLow', { step: key, words }) : key
}

interface AnsweredProps {
  readonly survey: Survey
  readonly question: SurveyQuestion
  readonly tally: SurveyTally | undefined
  /** Another one where there may be more to read. */
  readonly turn: string
}

function Answered({ survey, question, tally, turn }: AnsweredProps) {
  const answered = tally?.answered ?? 0
  const bars: Bar[] = (tally?.counts ?? []).map(({ key, count }) => ({ key, count, label: labelOf(question, key) }))
  return (
    <section class="stack-tight survey-answered">
      <h3 dir="auto">{question.wording}</h3>
      {question.kind === 'text' ? (
        <Texts survey={survey} question={question} answered={answered} turn={turn} />
      ) : (
        <Bars
          title={findingOf(question, bars, answered)}
          summary={t('surveys.saidBy', { count: answered })}
          bars={bars}
          total={answered}
        />
      )}
    </section>
  )
}

function Texts({ survey, question, answered, turn }: Omit<AnsweredProps, 'tally'> & { readonly answered: number }) {
  const of = { courseId: survey.courseId, surveyId: survey.id }
  const pages = usePages(`${question.id} ${turn}`, after => listTexts(of, question.id, after))
  if (pages.rows === undefined)
    return pages.problem ? (
      <ErrorState title={t('surveys.textsFailed')} detail={problemWords(pages.problem)} onRetry={pages.reload} />
    ) : (
      <Skeleton form="rows" count={2} />
    )
  if (pages.rows.length === 0) return <p class="muted">{t('surveys.findingNone')}</p>
  return (
    <>
      <p class="muted figures">{t('surveys.saidBy', { count: answered })}</p>
      <div class="card" data-flush>
        <List label={t('surveys.texts', { question: question.wording })}>
          {pages.rows.map((one, at) => (
            <Row
              key={`${at} ${one.text}`}
              title={<span class="survey-text">{one.text}</span>}
              detail={survey.anonymous ? undefined : (one.name ?? t('surveys.erased'))}
            />
          ))}
        </List>
      </div>
      <ShowMore onMore={pages.more} busy={pages.busy} problem={pages.problem && problemWords(pages.problem)} />
    </>
  )
}
