// Creates a course, and the form of a course's words that its settings share. One title is enough to begin.
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { pathTo } from '#client/app/paths.ts'
import { timeZone as readersZone } from '#client/platform/dates.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { locale, t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox } from '#client/ui/Choice.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, type FormError } from '#client/ui/Form.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Tabs } from '#client/ui/Tabs.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { type Course, type CourseLanguage, courseLanguages } from '#protocol/courses.ts'
import { changeCourse, createCourse } from './store.ts'
import { TemplateList } from './TemplateList.tsx'
import { listTemplates } from './templates.ts'

export interface CourseDialogProps {
  readonly open: boolean
  readonly onClose: () => void
}

/** Mounted by its page; its fields begin anew each time it opens. */
export function CourseDialog({ open, onClose }: CourseDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title={t('courses.createTitle')}>
      <Beginning onClose={onClose} />
    </Dialog>
  )
}

/** An empty course; for whoever may use templates, one of those instead. */
function Beginning({ onClose }: { readonly onClose: () => void }) {
  const [from, setFrom] = useState<'empty' | 'template'>('empty')
  const some = useLoad('templates', () => listTemplates({ limit: 1 }))
  // The form stands still once it is there: what is typed into it would go.
  if (!some.value && !some.problem) return <Skeleton form="rows" count={3} />
  const empty = <CourseForm onClose={onClose} />
  if (!some.value || some.value.items.length === 0) return empty
  return (
    <Tabs
      label={t('courses.createFrom')}
      tabs={[
        { id: 'empty', label: t('courses.createEmpty') },
        { id: 'template', label: t('courses.createTemplate') },
      ]}
      selected={from}
      onSelect={setFrom}
    >
      {from === 'empty' ? empty : <TemplateList />}
    </Tabs>
  )
}

const words = (course: Course | undefined) => ({
  title: course?.title ?? '',
  shortName: course?.shortName ?? '',
  summary: course?.summary ?? '',
  timeZone: course?.timeZone ?? readersZone.value,
  language: course?.language ?? readersLanguage(),
})

const readersLanguage = (): CourseLanguage => courseLanguages.find(one => one === locale.split('-')[0]) ?? 'en'

const languageOptions = () => {
  const names = new Intl.DisplayNames(locale, { type: 'language' })
  return courseLanguages.map(value => ({
    value,
    label: value === 'simple' ? t('courses.otherLanguage') : (names.of(value) ?? value),
  }))
}

/** The words of a course, to make one or to change it. Without `onClose` it stands on a page of its own. */
export function CourseForm({
  onClose,
  course,
}: {
  readonly onClose?: (() => void) | undefined
  readonly course?: Course | undefined
}) {
  const { route: go } = useLocation()
  const [fields, setFields] = useState(() => words(course))
  // The version the writer read: a change meanwhile is a conflict, not a silent loss.
  const [version, setVersion] = useState(course?.version ?? 0)
  const [draft, setDraft] = useState(false)
  const [busy, setBusy] = useState(false)
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [problem, setProblem] = useState<string>()
  const set = (key: keyof typeof fields) => (value: string) => setFields({ ...fields, [key]: value })
  const errorAt = (name: string) => errors.find(one => one.name === name)?.message

  const send = async () => {
    setProblem(undefined)
    if (fields.title.trim() === '') {
      setErrors([{ name: 'title', message: t('courses.titleMissing') }])
      return
    }
    setErrors([])
    setBusy(true)
    try {
      if (course) {
        await changeCourse({ courseId: course.id, version, ...fields })
        showToast({ text: t('courses.saved') })
        onClose?.()
      } else {
        const made = await createCourse({ ...fields, state: draft ? 'draft' : 'published' })
        onClose?.()
        go(pathTo('course', { courseId: made.id }))
      }
    } catch (error) {
      if (error instanceof ClientProblem && error.code === 'conflict') {
        setVersion((error.params.current as Course).version)
        setProblem(t('courses.conflict'))
      } else if (error instanceof ClientProblem && error.code === 'time-zone-unknown') {
        setErrors([{ name: 'timeZone', message: problemWords(error) }])
      } else setProblem(problemWords(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Form onSubmit={send} errors={errors} problem={problem}>
      <Field
        name="title"
        label={t('courses.courseTitle')}
        hint={t('courses.courseTitleHint')}
        value={fields.title}
        onValue={set('title')}
        error={errorAt('title')}
        maxLength={200}
        required
        autoFocus={onClose !== undefined}
      />
      <Field
        name="shortName"
        label={t('courses.shortName')}
        hint={t('courses.shortNameHint')}
        value={fields.shortName}
        onValue={set('shortName')}
        maxLength={40}
        optional
      />
      <Field
        type="textarea"
        name="summary"
        label={t('courses.summary')}
        hint={t('courses.summaryHint')}
        value={fields.summary}
        onValue={set('summary')}
        maxLength={2000}
        optional
      />
      {course && (
        <Field
          name="timeZone"
          label={t('courses.timeZone')}
          hint={t('courses.timeZoneHint')}
          value={fields.timeZone}
          onValue={set('timeZone')}
          error={errorAt('timeZone')}
          maxLength={64}
        />
      )}
      {course && (
        <Field
          type="select"
          name="language"
          label={t('courses.language')}
          hint={t('courses.languageHint')}
          value={fields.language}
          onValue={set('language')}
          options={languageOptions()}
        />
      )}
      {!course && (
        <Checkbox
          label={t('courses.beginDraft')}
          hint={t('courses.beginDraftHint')}
          checked={draft}
          onChecked={setDraft}
        />
      )}
      <div class="form-actions">
        {onClose && <Button onClick={onClose}>{t('ui.cancel')}</Button>}
        <Button kind="primary" type="submit" busy={busy}>
          {course ? t('courses.save') : t('courses.create')}
        </Button>
      </div>
    </Form>
  )
}
