// The questions of a survey to answer, one below the other. Before anything is sent it says whether a name stands with it.
import { useState } from 'preact/hooks'
import { findDraft, keepDraft } from '#client/platform/drafts.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox, RadioGroup } from '#client/ui/Choice.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions, type FormError } from '#client/ui/Form.tsx'
import {
  longestSurveyText,
  type Survey,
  type SurveyAnswer,
  type SurveyQuestion,
  scaleSteps,
} from '#protocol/surveys.ts'
import { begunIn, type Given, givenOf, saidIn } from './draft.ts'
import { sendAnswers } from './store.ts'

interface AnswerFormProps {
  readonly survey: Survey
  /** What they said before, where they change it. */
  readonly before?: readonly SurveyAnswer[] | undefined
  readonly onSent: () => void
  /** The questions may be others now. */
  readonly onStale: () => void
  readonly onLeave?: (() => void) | undefined
}

export function AnswerForm({ survey, before, onSent, onStale, onLeave }: AnswerFormProps) {
  const place = `survey ${survey.id} ${survey.version}`
  const [given, setGiven] = useState<Given>(() => begunIn(findDraft(place)) ?? givenOf(before ?? []))
  const give = (questionId: string, answer: SurveyAnswer | undefined) => {
    const next = { ...given, [questionId]: answer }
    setGiven(next)
    keepDraft(place, next)
  }
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const { questions, anonymous, minShown } = survey

  const send = async () => {
    const said = saidIn(questions, given)
    const known = new Set(said.map(one => one.questionId))
    const missing = questions.filter(one => one.required && !known.has(one.id))
    setProblem(missing.length === 0 && said.length === 0 ? t('surveys.nothingSaid') : undefined)
    setErrors(missing.map(one => ({ name: one.id, message: t('surveys.needsAnswer') })))
    if (missing.length > 0 || said.length === 0) return
    setBusy(true)
    try {
      await sendAnswers({ courseId: survey.courseId, surveyId: survey.id }, said)
      keepDraft(place, undefined)
      onSent()
    } catch (error) {
      const code = error instanceof ClientProblem ? error.code : undefined
      setProblem(code === 'conflict' ? t('surveys.changedMeanwhile') : problemWords(error))
      setBusy(false)
      if (code === 'conflict' || code === 'survey-answered' || code === 'locked') onStale()
    }
  }
  return (
    <Form onSubmit={() => void send()} errors={errors} problem={problem} label={survey.title}>
      {anonymous ? (
        <Banner title={t('surveys.toldAnonymous')}>{t('surveys.toldAnonymousLead', { count: minShown })}</Banner>
      ) : (
        <Banner title={t('surveys.toldNamed')}>{t('surveys.toldNamedLead')}</Banner>
      )}
      {questions.map(question => (
        <Asked
          key={question.id}
          question={question}
          answer={given[question.id]}
          error={errors.find(one => one.name === question.id)?.message}
          onAnswer={answer => give(question.id, answer)}
        />
      ))}
      <FormActions>
        {onLeave && (
          <Button
            onClick={() => {
              keepDraft(place, undefined)
              onLeave()
            }}
          >
            {t('surveys.keepAnswer')}
          </Button>
        )}
        <Button kind="primary" type="submit" busy={busy}>
          {t(before ? 'surveys.sendChanged' : 'surveys.send')}
        </Button>
      </FormActions>
    </Form>
  )
}

interface AskedProps {
  readonly question: SurveyQuestion
  readonly answer: SurveyAnswer | undefined
  readonly error: string | undefined
  readonly onAnswer: (answer: SurveyAnswer | undefined) => void
}

function Asked({ question, answer, error, onAnswer }: AskedProps) {
  const { id: questionId, wording, required, kind } = question
  const hint = (words: string) => (required ? words : `${words} ${t('surveys.optional')}`.trim())
  if (kind === 'text')
    return (
      <Field
        type="textarea"
        name={questionId}
        label={wording}
        hint={required ? undefined : t('surveys.optional')}
        error={error}
        rows={4}
        maxLength={longestSurveyText}
        value={answer?.kind === 'text' ? answer.text : ''}
        onValue={text => onAnswer({ kind, questionId, text })}
      />
    )
  if (kind === 'choices') {
    const chosen = answer?.kind === 'choices' ? answer.optionIds : []
    const turn = (id: string, on: boolean) => {
      const optionIds = question.options.map(one => one.id).filter(one => (one === id ? on : chosen.includes(one)))
      onAnswer(optionIds.length > 0 ? { kind, questionId, optionIds } : undefined)
    }
    return (
      <fieldset class="choice-group" aria-describedby={`${questionId}-hint`}>
        <legend class="field-label">{wording}</legend>
        <p class="field-hint" id={`${questionId}-hint`}>
          {hint(t('surveys.pickAny'))}
        </p>
        {question.options.map(one => (
          <Checkbox
            key={one.id}
            name={questionId}
            label={one.text}
            checked={chosen.includes(one.id)}
            onChecked={on => turn(one.id, on)}
          />
        ))}
        {error && <p class="field-error">{error}</p>}
      </fieldset>
    )
  }
  const takeBack = answer && !required && (
    <div>
      <Button kind="quiet" size="small" onClick={() => onAnswer(undefined)}>
        {t('surveys.takeBack')}
      </Button>
    </div>
  )
  if (kind === 'choice')
    return (
      <div class="stack-tight">
        <RadioGroup
          label={wording}
          name={questionId}
          hint={hint(t('surveys.pickOne'))}
          error={error}
          value={answer?.kind === 'choice' ? answer.optionId : undefined}
          onValue={optionId => onAnswer({ kind, questionId, optionId })}
          options={question.options.map(one => ({ value: one.id, label: one.text }))}
        />
        {takeBack}
      </div>
    )
  const words = (step: number) => (step === 1 ? question.low : step === scaleSteps ? question.high : '')
  return (
    <div class="stack-tight survey-scale">
      <RadioGroup
        label={wording}
        name={questionId}
        hint={required ? undefined : t('surveys.optional')}
        error={error}
        value={answer?.kind === 'scale' ? String(answer.value) : undefined}
        onValue={value => onAnswer({ kind, questionId, value: Number(value) })}
        options={Array.from({ length: scaleSteps }, (_, at) => ({
          value: String(at + 1),
          label: words(at + 1) ? t('surveys.stepLow', { step: at + 1, words: words(at + 1) }) : String(at + 1),
        }))}
      />
      {takeBack}
    </div>
  )
}
