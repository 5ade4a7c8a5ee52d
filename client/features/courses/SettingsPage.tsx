// The settings of a course: its words, where it is in its life, and the way into the bin.
import { LayoutTemplate, RotateCcw, Trash2 } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Link } from '#client/ui/Link.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { type Course, type CourseLife, isOver, nextStates } from '#protocol/courses.ts'
import { BinDialog } from './BinDialog.tsx'
import { CourseForm } from './CourseDialog.tsx'
import { changeState, rightFor, stepWords } from './life.ts'
import { PlaceForm } from './PlaceForm.tsx'
import { ResetDialog } from './ResetDialog.tsx'
import { StateBadge } from './StateBanner.tsx'
import { type CourseView, useCourse } from './store.ts'
import { changeTemplate } from './templates.ts'
import './Settings.css'

export function SettingsPage({ params: { courseId } }: PageProps<'courseSettings'>) {
  const view = useCourse(courseId)
  const course = view.course.value?.course
  usePageTitle(course && t('courses.settingsOf', { title: course.title }))
  const problem = view.standing.problem ?? view.problem.value
  if (problem && !course)
    return (
      <ErrorState
        page
        title={t('courses.courseFailed')}
        detail={problemWords(problem)}
        requestId={problem.requestId}
        onRetry={view.standing.reload}
      />
    )
  if (!course || !view.standing.value) return <Skeleton form="page" />
  return <Settings course={course} view={view} />
}

function Settings({ course, view }: { readonly course: Course; readonly view: CourseView }) {
  const { route: go } = useLocation()
  const [resetting, setResetting] = useState(false)
  const [binning, setBinning] = useState(false)
  const may = view.standing.value?.capabilities ?? []
  // A template stays the draft it is.
  const steps = course.template ? [] : nextStates[course.state].filter(to => may.includes(rightFor(course.state, to)))
  const templates = view.standing.value?.mayMakeTemplate === true && course.state === 'draft'
  const nothing =
    steps.length === 0 &&
    !templates &&
    !(['course.change', 'course.remove', 'grade.change'] as const).some(one => may.includes(one))
  return (
    <div class="stack-loose">
      <PageHeader
        title={t('courses.settings')}
        parent={{ label: course.title, href: pathTo('course', { courseId: course.id }) }}
        badges={<StateBadge {...course} />}
      />
      {nothing && <EmptyState title={t('courses.settingsNone')}>{t('courses.settingsNoneLead')}</EmptyState>}
      {may.includes('course.change') && (
        <Section title={t('courses.settingsWords')}>
          {/* A change from elsewhere begins the form anew. */}
          <CourseForm key={course.version} course={course} />
        </Section>
      )}
      {may.includes('course.change') && (
        <Section title={t('courses.settingsPlace')}>
          <PlaceForm course={course} />
        </Section>
      )}
      {may.includes('grade.change') && (
        <Section title={t('grading.title')}>
          <div class="settings-steps card" data-flush>
            <div class="settings-step">
              <p class="settings-step-words">{t('grading.settingsLead')}</p>
              <ButtonLink href={pathTo('grading', { courseId: course.id })}>{t('grading.toGrading')}</ButtonLink>
            </div>
          </div>
        </Section>
      )}
      {steps.length > 0 && (
        <Section title={t('courses.settingsState')}>
          <ul class="settings-steps card" data-flush>
            {steps.map(to => (
              <Step key={to} course={course} to={to} />
            ))}
          </ul>
        </Section>
      )}
      {templates && (
        <Section title={t('courses.templateSettings')}>
          <div class="settings-steps card" data-flush>
            <div class="settings-step">
              <p class="settings-step-words">
                {t(course.template ? 'courses.templateEndLead' : 'courses.templateMakeLead')}
              </p>
              <Button icon={LayoutTemplate} onClick={() => void changeTemplate(course, !course.template)}>
                {t(course.template ? 'courses.templateEnd' : 'courses.templateMake')}
              </Button>
            </div>
          </div>
        </Section>
      )}
      {may.includes('course.remove') && may.includes('course.change') && (
        <Section title={t('courses.reset')}>
          <div class="settings-steps card" data-flush>
            <div class="settings-step">
              <p class="settings-step-words">{t('courses.resetLeadShort')}</p>
              <Button icon={RotateCcw} onClick={() => setResetting(true)}>
                {t('courses.resetButton')}
              </Button>
            </div>
          </div>
        </Section>
      )}
      {resetting && <ResetDialog course={course} onClose={() => setResetting(false)} />}
      {may.includes('course.remove') && (
        <Section title={t('courses.settingsBin')}>
          <div class="settings-steps card" data-flush>
            <div class="settings-step">
              <p class="settings-step-words">
                {t('courses.binLead')} <Link href={pathTo('bin')}>{t('courses.toBin')}</Link>
              </p>
              <Button kind="danger" icon={Trash2} onClick={() => setBinning(true)}>
                {t('courses.toBinAct')}
              </Button>
            </div>
          </div>
        </Section>
      )}
      {binning && <BinDialog course={course} onClose={() => setBinning(false)} onDone={() => go(pathTo('courses'))} />}
      {isOver(course.state) && !nothing && <p class="muted">{t('courses.settingsOver')}</p>}
    </div>
  )
}

function Step({ course, to }: { readonly course: Course; readonly to: CourseLife }) {
  const words = stepWords(course.state, to)
  return (
    <li class="settings-step">
      <p class="settings-step-words">{t(words.lead)}</p>
      <Button kind={to === 'published' ? 'primary' : 'plain'} onClick={() => void changeState(course, to)}>
        {t(words.act)}
      </Button>
    </li>
  )
}
