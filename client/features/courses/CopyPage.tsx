// Makes a course from this one: what it is called, where its dates go, and beforehand what comes along and what clashes.
import { Copy, X } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { listTerms, mostChoices } from '#client/features/organisation/store.ts'
import { request } from '#client/platform/call.ts'
import { weekdayAndDate } from '#client/platform/dates.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useKept, useLoad } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { Checkbox } from '#client/ui/Choice.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, type FormError } from '#client/ui/Form.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { dayIn, daysBetween } from '#protocol/base/days.ts'
import { copyRoutes, mostFreeDays } from '#protocol/courses/copy.ts'
import type { Course } from '#protocol/courses.ts'
import type { TermId } from '#protocol/organisation.ts'
import { CopyPlan, type Plan } from './CopyPlan.tsx'
import { refreshMyCourses, useCourse } from './store.ts'
import './Copy.css'

export function CopyPage({ params: { courseId } }: PageProps<'courseCopy'>) {
  const view = useCourse(courseId)
  const course = view.course.value?.course
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
  if (!course) return <Skeleton form="page" />
  return (
    <div class="stack-loose">
      <PageHeader
        title={t('courses.copyTitle')}
        parent={{ label: course.title, href: pathTo('course', { courseId }) }}
        lead={t('courses.copyLead')}
      />
      <CopyForm course={course} />
    </div>
  )
}

/** A day as people say it. */
const dayWords = (day: string): string => weekdayAndDate(new Date(`${day}T12:00:00`))

function CopyForm({ course }: { readonly course: Course }) {
  const { route: go } = useLocation()
  const [title, setTitle] = useState(course.title)
  const [shortName, setShortName] = useState(course.shortName)
  const [termId, setTermId] = useState<TermId | null>(null)
  const [days, setDays] = useState(0)
  const [weekends, setWeekends] = useState(true)
  const [free, setFree] = useState<readonly string[]>([])
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const terms = useLoad('terms', () => listTerms({ limit: mostChoices }))

  const asked = {
    courseId: course.id,
    termId,
    shift: { days, weekends: weekends ? ('free' as const) : ('taken' as const), free: [...free] },
  }
  const plan = useLoad(JSON.stringify(asked), () =>
    request(copyRoutes.copy, { ...asked, how: 'try', title: course.title }),
  )
  // The plan before stays in sight while the next one is made.
  const shown: Plan | undefined = useKept(plan)

  const make = async () => {
    if (title.trim() === '') {
      setErrors([{ name: 'title', message: t('courses.titleMissing') }])
      return
    }
    setErrors([])
    setProblem(undefined)
    setBusy(true)
    try {
      const made = await request(copyRoutes.copy, { ...asked, how: 'make', title, shortName })
      await refreshMyCourses()
      showToast({ text: t('courses.copied', { title }) })
      if (made.course) go(pathTo('course', { courseId: made.course.id }))
    } catch (error) {
      setProblem(problemWords(error))
      setBusy(false)
    }
  }

  return (
    <Form onSubmit={make} errors={errors} problem={problem}>
      <Field
        name="title"
        label={t('courses.courseTitle')}
        value={title}
        onValue={setTitle}
        error={errors[0]?.message}
        maxLength={200}
        required
      />
      <Field
        name="shortName"
        label={t('courses.shortName')}
        value={shortName}
        onValue={setShortName}
        maxLength={40}
        optional
      />
      <Field
        type="select"
        name="termId"
        label={t('organisation.term')}
        value={termId ?? ''}
        onValue={chosen => setTermId(chosen === '' ? null : (chosen as TermId))}
        options={[
          { value: '', label: t('courses.placeNone') },
          ...(terms.value?.items ?? []).map(one => ({ value: one.id, label: one.name })),
        ]}
      />
      {shown && shown.dates.length > 0 && (
        <Section title={t('courses.copyDates')}>
          <div class="stack">
            <FirstDate course={course} plan={shown} days={days} onDays={setDays} />
            <Checkbox
              label={t('courses.copyNoWeekends')}
              hint={t('courses.copyNoWeekendsHint')}
              checked={weekends}
              onChecked={setWeekends}
            />
            <FreeDays free={free} onFree={setFree} />
          </div>
        </Section>
      )}
      {plan.problem && (
        <ErrorState title={t('courses.copyPlanFailed')} detail={problemWords(plan.problem)} onRetry={plan.reload} />
      )}
      {shown ? <CopyPlan plan={shown} timeZone={course.timeZone} /> : !plan.problem && <Skeleton form="rows" />}
      <div class="form-actions">
        <Button kind="primary" type="submit" icon={Copy} busy={busy} disabled={!shown}>
          {t('courses.copyMake')}
        </Button>
      </div>
    </Form>
  )
}

interface FirstDateProps {
  readonly course: Course
  readonly plan: Plan
  readonly days: number
  readonly onDays: (days: number) => void
}

/** Every date moves as the first one does. */
function FirstDate({ course, plan, days, onDays }: FirstDateProps) {
  const first = dayIn(course.timeZone, new Date(plan.dates[0]?.from ?? Date.now()))
  const now = new Date(Date.parse(first) + days * 86_400_000).toISOString().slice(0, 10)
  return (
    <Field
      type="date"
      name="firstDate"
      label={t('courses.copyFirstDate')}
      hint={t('courses.copyFirstDateHint', { day: dayWords(first) })}
      value={now}
      onValue={chosen => {
        if (/^\d{4}-\d{2}-\d{2}$/.test(chosen)) onDays(Math.max(-7_320, Math.min(7_320, daysBetween(first, chosen))))
      }}
    />
  )
}

function FreeDays({ free, onFree }: { readonly free: readonly string[]; readonly onFree: (days: string[]) => void }) {
  const [day, setDay] = useState('')
  const add = () => {
    if (day !== '' && free.length < mostFreeDays) onFree([...new Set([...free, day])].sort())
    setDay('')
  }
  return (
    <div class="stack-tight">
      <div class="copy-free">
        <Field type="date" name="freeDay" label={t('courses.copyFreeDay')} value={day} onValue={setDay} optional />
        <Button onClick={add} disabled={day === ''}>
          {t('courses.copyFreeAdd')}
        </Button>
      </div>
      <p class="field-hint">{t('courses.copyFreeDayHint')}</p>
      {free.length > 0 && (
        <ul class="cluster" aria-label={t('courses.copyFreeDays')}>
          {free.map(one => (
            <li key={one}>
              <Button size="small" icon={X} onClick={() => onFree(free.filter(other => other !== one))}>
                {t('courses.copyFreeRemove', { day: dayWords(one) })}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
