// One course of the catalogue: what it is about, what is asked of whoever comes in, and the way in.
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad, useReload } from '#client/platform/use-load.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, type FormError } from '#client/ui/Form.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { inOwnDirection } from '#client/ui/words.tsx'
import { mostOfOpening, type OpenCourse } from '#protocol/openings.ts'
import { dayThere, OpenBadges } from './state.tsx'
import { comings, enter, findOpen, leaveCourse } from './store.ts'
import './openings.css'

/** /catalogue/:courseId */
export function OpenCoursePage({ params: { courseId } }: PageProps<'openCourse'>) {
  const loaded = useLoad(courseId, () => findOpen(courseId))
  useReload(loaded, comings.value)
  const course = loaded.value
  usePageTitle(course?.title)
  if (loaded.problem && (!course || loaded.problem.code === 'not-found')) {
    const gone = loaded.problem.code === 'not-found'
    return (
      <div class="stack">
        <ErrorState
          page
          title={t(gone ? 'openings.gone' : 'openings.failed')}
          detail={gone ? t('openings.goneLead') : problemWords(loaded.problem)}
          requestId={gone ? undefined : loaded.problem.requestId}
          onRetry={loaded.reload}
        />
        <div>
          <ButtonLink href={pathTo('catalogue')}>{t('openings.title')}</ButtonLink>
        </div>
      </div>
    )
  }
  if (!course) return <Skeleton form="page" />
  return (
    <div class="stack-loose">
      <PageHeader
        title={course.title}
        parent={{ label: t('openings.title'), href: pathTo('catalogue') }}
        badges={<OpenBadges course={course} />}
        lead={course.shortName || undefined}
      />
      {course.summary !== '' && <p class="opening-summary">{inOwnDirection(course.summary)}</p>}
      <Facts course={course} />
      {course.isIn ? <IsIn course={course} /> : <WayIn course={course} onRefused={loaded.reload} />}
    </div>
  )
}

function Facts({ course }: { readonly course: OpenCourse }) {
  const { opensAt, closesAt, days, most, free, department, term } = course
  const facts: readonly [string, string | null][] = [
    [t('openings.department'), department],
    [t('openings.term'), term],
    [t('openings.opens'), opensAt && dayThere(course, opensAt, 'first')],
    [t('openings.closes'), closesAt && dayThere(course, closesAt, 'last')],
    [t('openings.stay'), days === null ? null : t('openings.stayDays', { count: days })],
    [t('openings.places'), most === null ? null : t('openings.placesOf', { free: free ?? 0, most })],
  ]
  const shown = facts.filter(([, value]) => value !== null)
  if (shown.length === 0) return null
  return (
    <dl class="opening-facts">
      {shown.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{inOwnDirection(value)}</dd>
        </div>
      ))}
    </dl>
  )
}

function IsIn({ course: { courseId, title, mayLeave } }: { readonly course: OpenCourse }) {
  return (
    <div class="cluster">
      <ButtonLink kind="primary" href={pathTo('course', { courseId })}>
        {t('openings.toCourse')}
      </ButtonLink>
      {mayLeave && <Button onClick={() => void leaveCourse(courseId, title)}>{t('openings.leave')}</Button>}
    </div>
  )
}

interface WayInProps {
  readonly course: OpenCourse
  /** It may be another than it was. */
  readonly onRefused: () => void
}

function WayIn({ course, onRefused }: WayInProps) {
  const { route: go } = useLocation()
  const [key, setKey] = useState('')
  const [busy, setBusy] = useState(false)
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [problem, setProblem] = useState<string>()
  if (course.state !== 'open') {
    const date = course.opensAt === null ? '' : dayThere(course, course.opensAt, 'first')
    const words = {
      full: t('openings.fullLead'),
      closed: t('openings.closedLead'),
      'not-yet': t('openings.notYetLead', { date }),
    }
    return <Banner tone="warn">{problem ?? words[course.state]}</Banner>
  }
  const send = async () => {
    setProblem(undefined)
    if (course.key && key.trim() === '') return setErrors([{ name: 'key', message: t('openings.keyMissing') }])
    setErrors([])
    setBusy(true)
    try {
      const { title } = await enter(course.courseId, key)
      showToast({ text: t('openings.entered', { title }) })
      go(pathTo('course', { courseId: course.courseId }))
    } catch (error) {
      const wrong = error instanceof ClientProblem && error.code === 'key-wrong'
      if (wrong && course.key) setErrors([{ name: 'key', message: problemWords(error) }])
      else setProblem(problemWords(error))
      if (!wrong || !course.key) onRefused()
    } finally {
      setBusy(false)
    }
  }
  return (
    <div class="join-course">
      <Form onSubmit={() => void send()} errors={errors} problem={problem}>
        {course.key && (
          <Field
            name="key"
            label={t('openings.key')}
            hint={t('openings.keyHint')}
            value={key}
            onValue={setKey}
            error={errors[0]?.message}
            autocomplete="off"
            maxLength={mostOfOpening.key}
          />
        )}
        <Button kind="primary" type="submit" size="large" wide busy={busy}>
          {t('openings.enrol')}
        </Button>
      </Form>
    </div>
  )
}
