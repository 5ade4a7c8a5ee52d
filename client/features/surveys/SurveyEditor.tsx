// A survey as it is written: title, introduction, whether with names, and its questions. Saved as a whole, when asked.
import { ListPlus, Plus } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions, type FormError } from '#client/ui/Form.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import {
  fewestShown,
  mostShown,
  mostSurveyQuestions,
  type Survey,
  type SurveyQuestion,
  usualShown,
} from '#protocol/surveys.ts'
import { missingIn, questionOf } from './draft.ts'
import { NamesField } from './NamesField.tsx'
import { QuestionFields } from './QuestionFields.tsx'
import { changeSurvey } from './store.ts'

interface SurveyEditorProps {
  readonly survey: Survey
  readonly begun: boolean
  readonly onDone: (how: 'saved' | 'left') => void
}

export function SurveyEditor({ survey, begun, onDone }: SurveyEditorProps) {
  const [title, setTitle] = useState(survey.title)
  const [intro, setIntro] = useState(survey.intro)
  const [anonymous, setAnonymous] = useState(survey.anonymous)
  const [least, setLeast] = useState(String(survey.anonymous ? survey.minShown : usualShown))
  const [questions, setQuestions] = useState<readonly SurveyQuestion[]>(survey.questions)
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  // What was mended since says so at once.
  const missing = new Set(missingIn(questions).map(one => one.name))
  const errorOf = (name: string) =>
    errors.find(one => one.name === name && (missing.has(name) || !name.includes(' ')))?.message

  const put = (at: number, question: SurveyQuestion) =>
    setQuestions(now => now.map((one, place) => (place === at ? question : one)))
  const move = (at: number, by: -1 | 1) =>
    setQuestions(now => {
      const next = [...now]
      const [one] = next.splice(at, 1)
      if (one) next.splice(at + by, 0, one)
      return next
    })
  const remove = (at: number, question: SurveyQuestion) => {
    setQuestions(now => now.filter(one => one.id !== question.id))
    showToast({
      text: t('surveys.questionOut', { number: at + 1 }),
      onUndo: () => setQuestions(now => [...now.slice(0, at), question, ...now.slice(at)]),
    })
  }
  const send = async () => {
    const minShown = anonymous ? Number(least) : 1
    const wrong: FormError[] = []
    if (title.trim() === '') wrong.push({ name: 'title', message: t('surveys.titleMissing') })
    if (anonymous && !(Number.isInteger(minShown) && minShown >= fewestShown && minShown <= mostShown))
      wrong.push({ name: 'minShown', message: t('surveys.minShownWrong', { least: fewestShown, most: mostShown }) })
    wrong.push(...missingIn(questions))
    setErrors(wrong)
    setProblem(undefined)
    if (wrong.length > 0) return
    setBusy(true)
    try {
      const of = { courseId: survey.courseId, surveyId: survey.id, version: survey.version }
      await changeSurvey({ ...of, title, intro, anonymous, minShown, questions })
      onDone('saved')
    } catch (error) {
      const conflict = error instanceof ClientProblem && error.code === 'conflict'
      setProblem(conflict ? t('surveys.conflict') : problemWords(error))
      setBusy(false)
    }
  }
  return (
    <Form onSubmit={() => void send()} errors={errors} problem={problem}>
      {begun && <Banner title={t('surveys.begun')}>{t('surveys.begunLead')}</Banner>}
      <Field
        name="title"
        label={t('surveys.title')}
        value={title}
        onValue={setTitle}
        error={errorOf('title')}
        maxLength={200}
      />
      <Field
        type="textarea"
        name="intro"
        label={t('surveys.intro')}
        hint={t('surveys.introHint')}
        optional
        rows={3}
        value={intro}
        onValue={setIntro}
        maxLength={5_000}
      />
      <NamesField anonymous={anonymous} onAnonymous={setAnonymous} fixed={begun} />
      {anonymous && (
        <Field
          type="number"
          name="minShown"
          label={t('surveys.minShown')}
          hint={t('surveys.minShownHint')}
          value={least}
          onValue={setLeast}
          error={errorOf('minShown')}
          min={fewestShown}
          max={mostShown}
          disabled={begun}
        />
      )}
      <Section title={t('surveys.questions')}>
        <div class="stack">
          {questions.length === 0 && (
            <EmptyState icon={ListPlus} title={t('surveys.noQuestions')}>
              {t('surveys.noQuestionsLead')}
            </EmptyState>
          )}
          {questions.map((question, at) => (
            <QuestionFields
              key={question.id}
              question={question}
              number={at + 1}
              last={at === questions.length - 1}
              begun={begun}
              errorOf={errorOf}
              onQuestion={next => put(at, next)}
              onMove={by => move(at, by)}
              onRemove={() => remove(at, question)}
            />
          ))}
          {!begun && questions.length < mostSurveyQuestions && (
            <div>
              <Button icon={Plus} onClick={() => setQuestions(now => [...now, questionOf('choice')])}>
                {t('surveys.addQuestion')}
              </Button>
            </div>
          )}
        </div>
      </Section>
      <FormActions>
        <Button onClick={() => onDone('left')}>{t('ui.cancel')}</Button>
        <Button kind="primary" type="submit" busy={busy}>
          {t('surveys.save')}
        </Button>
      </FormActions>
    </Form>
  )
}
