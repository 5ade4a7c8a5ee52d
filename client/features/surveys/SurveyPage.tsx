// A survey: to its learners the questions, or that they have answered; to staff what was said, as it comes.
import { CircleCheck, Pencil } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { LockedPage } from '#client/features/conditions/LockedPage.tsx'
import { useMyCourses } from '#client/features/courses/mine.ts'
import { showItem, useCourse } from '#client/features/courses/store.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { locale, t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { AnswerForm } from './AnswerForm.tsx'
import { Results } from './Results.tsx'
import { SurveyEditor } from './SurveyEditor.tsx'
import { getSurvey, type Shown } from './store.ts'
import './surveys.css'

/** /courses/:courseId/surveys/:surveyId; `?edit=1` opens it for writing. */
export function SurveyPage({ params: { courseId, surveyId }, query }: PageProps<'survey'>) {
  const view = useCourse(courseId)
  const [editing, setEditing] = useState(query.edit === '1')
  const { value, problem, reload } = useLoad(surveyId, () => getSurvey({ courseId, surveyId }))
  // The item carries the survey's version; that other things opened is told in one's own scope.
  const item = view.items.value.find(one => one.kind === 'survey' && one.refId === surveyId)
  const newest = `${item?.detail.version} ${item?.published} ${useMyCourses()}`
  useEffect(() => {
    if (item && !editing) reload()
  }, [newest, editing])
  // Whether somebody has answered meanwhile decides what can be changed.
  const edit = () => {
    reload()
    setEditing(true)
  }
  usePageTitle(value?.survey.title ?? t('surveys.survey'))

  const home = {
    label: view.course.value?.course.title ?? t('courses.courseTitle'),
    href: pathTo('course', { courseId }),
  }
  if (problem?.code === 'not-found' || view.status.value === 'closed')
    return (
      <div class="stack">
        <PageHeader title={t('surveys.goneTitle')} lead={t('surveys.goneDetail')} />
        <div>
          <ButtonLink href={home.href}>{home.label}</ButtonLink>
        </div>
      </div>
    )
  if (problem?.code === 'locked') return <LockedPage courseId={courseId} onRetry={reload} />
  if (problem && !value)
    return (
      <ErrorState
        page
        title={t('surveys.loadFailed')}
        detail={problemWords(problem)}
        requestId={problem.requestId}
        onRetry={reload}
      />
    )
  if (!value) return <Skeleton form="page" />
  const { survey, mayChange, maySeeResults } = value
  if (editing && mayChange)
    return (
      <div class="stack-loose">
        <PageHeader title={survey.title} parent={home} />
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
    <article class="stack-loose">
      <PageHeader
        title={survey.title}
        parent={home}
        actions={
          mayChange && (
            <Button icon={Pencil} onClick={edit}>
              {t('surveys.edit')}
            </Button>
          )
        }
      />
      {mayChange && item && !item.published && (
        <Banner
          action={
            <Button size="small" onClick={() => void showItem(courseId, item, 'published')}>
              {t('content.publish')}
            </Button>
          }
        >
          {t('surveys.draft')}
        </Banner>
      )}
      {survey.intro && (
        <p class="reading survey-text" dir="auto">
          {survey.intro}
        </p>
      )}
      <Own key={`${surveyId} ${value.own === null}`} shown={value} onChanged={reload} />
      {maySeeResults && <Results key={surveyId} survey={survey} mayChange={mayChange} />}
    </article>
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
