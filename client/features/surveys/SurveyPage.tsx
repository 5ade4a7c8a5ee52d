// A survey: to its learners the questions, or that they have answered; to staff what was said, as it comes.
import { CircleCheck, Pencil } from 'lucide-preact'
import { useState } from 'preact/hooks'
import type { PageProps } from '#client/app/paths.ts'
import { ItemAway, ItemPage, useItemPage } from '#client/features/courses/ItemPage.tsx'
import { useMyCourses } from '#client/features/courses/mine.ts'
import { locale, t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { AnswerForm } from './AnswerForm.tsx'
import { Results } from './Results.tsx'
import { SurveyEditor } from './SurveyEditor.tsx'
import { getSurvey, type Shown } from './store.ts'
import './surveys.css'

/** /courses/:courseId/surveys/:surveyId; `?edit=1` opens it for writing. */
export function SurveyPage({ params: { courseId, surveyId }, query }: PageProps<'survey'>) {
  const [editing, setEditing] = useState(query.edit === '1')
  const page = useItemPage({
    ...{ courseId, kind: 'survey', refId: surveyId, word: 'surveys.survey', still: editing },
    load: () => getSurvey({ courseId, surveyId }),
    titleOf: ({ survey }) => survey.title,
    // That other things opened is told in one's own scope.
    turn: useMyCourses(),
  })
  const { reload } = page
  // Whether somebody has answered meanwhile decides what can be changed.
  const edit = () => {
    reload()
    setEditing(true)
  }
  if (!page.value)
    return (
      <ItemAway
        page={page}
        goneTitle="surveys.goneTitle"
        goneDetail="surveys.goneDetail"
        loadFailed="surveys.loadFailed"
      />
    )
  const { value } = page
  const { survey, mayChange, maySeeResults } = value
  if (editing && mayChange)
    return (
      <div class="stack-loose">
        <PageHeader title={survey.title} parent={page.home} />
        <SurveyEditor
          survey={survey}
          begun={value.begun}
          onDone={how => {
            setEditing(false)
            if (how === 'saved') showToast({ text: t('surveys.saved') })
          }}
        />
      </div>
    )
  return (
    <ItemPage
      page={page}
      title={survey.title}
      actions={
        mayChange && (
          <Button icon={Pencil} onClick={edit}>
            {t('surveys.edit')}
          </Button>
        )
      }
      mayChange={mayChange}
      draft="surveys.draft"
    >
      {survey.intro && (
        <p class="reading survey-text" dir="auto">
          {survey.intro}
        </p>
      )}
      <Own key={`${surveyId} ${value.own === null}`} shown={value} onChanged={reload} />
      {maySeeResults && <Results key={surveyId} survey={survey} mayChange={mayChange} />}
    </ItemPage>
  )
}

/** What there is to do for the reader, or that it is done. */
function Own({ shown, onChanged }: { readonly shown: Shown; readonly onChanged: () => void }) {
  const { survey, own, mayAnswer, maySeeResults } = shown
  const [changing, setChanging] = useState(false)
  const sent = () => {
    setChanging(false)
    showToast({ text: t('surveys.sent') })
    onChanged()
  }
  if (survey.questions.length === 0) return <p class="muted">{t('surveys.nothingAsked')}</p>
  const said = own?.answers ?? undefined
  if (own && !changing) {
    const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(own.day))
    return (
      <section class="survey-done" aria-label={t('surveys.answered')}>
        <Icon as={CircleCheck} size={20} />
        <div class="stack-tight">
          <p>{t('surveys.answeredOn', { day })}</p>
          {said === undefined ? (
            <p class="muted">{t('surveys.answeredNoChange')}</p>
          ) : (
            mayAnswer && (
              <div>
                <Button onClick={() => setChanging(true)}>{t('surveys.changeAnswer')}</Button>
              </div>
            )
          )}
        </div>
      </section>
    )
  }
  if (mayAnswer)
    return (
      <div class="survey-form">
        <AnswerForm
          key={survey.version}
          survey={survey}
          before={said}
          onSent={sent}
          onStale={onChanged}
          onLeave={changing ? () => setChanging(false) : undefined}
        />
      </div>
    )
  return <p class="muted">{t(maySeeResults ? 'surveys.staffOnly' : 'surveys.notTaken')}</p>
}
