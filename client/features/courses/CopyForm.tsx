// What a course is called that is made from another one, where its dates go, and beforehand what comes along and what clashes.
import { Copy } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { pathTo } from '#client/app/paths.ts'
import { TermField } from '#client/features/organisation/PickFields.tsx'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useKept, useLoad } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox } from '#client/ui/Choice.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, type FormError } from '#client/ui/Form.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { copyRoutes } from '#protocol/courses/copy.ts'
import type { Course } from '#protocol/courses.ts'
import type { Term } from '#protocol/organisation.ts'
import { CopyPlan, type Plan } from './CopyPlan.tsx'
import { DateMoves, useShift } from './DateMoves.tsx'
import { refreshMyCourses } from './store.ts'

interface CopyFormProps {
  /** The one to make it from. */
  readonly course: Pick<Course, 'id' | 'title' | 'shortName' | 'timeZone'>
  /** What the button says. */
  readonly act: string
}

export function CopyForm({ course, act }: CopyFormProps) {
  const { route: go } = useLocation()
  const [title, setTitle] = useState(course.title)
  const [shortName, setShortName] = useState(course.shortName)
  const [term, setTerm] = useState<Term>()
  const [later, setLater] = useState(false)
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const moves = useShift(term, course.timeZone)
  const { shift } = moves
  const asked = { courseId: course.id, termId: term?.id ?? null, shift }
  const plan = useLoad(JSON.stringify(asked), () =>
    request(copyRoutes.copy, { ...asked, how: 'try', title: course.title }),
  )
  // The plan before stays in sight while the next one is made.
  const shown: Plan | undefined = useKept(plan)
  moves.useDates(shown?.dates)

  const make = async () => {
    if (title.trim() === '') {
      setErrors([{ name: 'title', message: t('courses.titleMissing') }])
      return
    }
    setErrors([])
    setProblem(undefined)
    setBusy(true)
    try {
      const published = later ? 'later' : 'as-it-is'
      const made = await request(copyRoutes.copy, { ...asked, how: 'make', title, shortName, published })
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
        hint={shortName.trim() !== '' && shortName.trim() === course.shortName ? t('courses.shortNameSame') : undefined}
        maxLength={40}
        optional
      />
      <TermField
        name="termId"
        nothing={t('courses.placeNone')}
        value={term?.id ?? ''}
        onValue={(_, chosen) => setTerm(chosen)}
      />
      {shown && shown.dates.length > 0 && <DateMoves timeZone={course.timeZone} dates={shown.dates} {...moves} />}
      {plan.problem && (
        <ErrorState title={t('courses.copyPlanFailed')} detail={problemWords(plan.problem)} onRetry={plan.reload} />
      )}
      {shown ? (
        <CopyPlan plan={shown} timeZone={course.timeZone} term={term} />
      ) : (
        !plan.problem && <Skeleton form="rows" />
      )}
      <Checkbox label={t('courses.copyLater')} hint={t('courses.copyLaterHint')} checked={later} onChecked={setLater} />
      <div class="form-actions">
        <Button kind="primary" type="submit" icon={Copy} busy={busy} disabled={!shown || moves.half !== undefined}>
          {act}
        </Button>
      </div>
    </Form>
  )
}
