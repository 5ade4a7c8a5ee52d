// Gives an activity as homework: until when, in the time of the course, into which column of grades, and to whom.
import { useState } from 'preact/hooks'
import { AttemptsFields } from '#client/features/activities/AttemptsFields.tsx'
import { momentIn } from '#client/features/activities/due.ts'
import { score } from '#client/features/grades/numbers.ts'
import { pointsOf, RulesLine, rulesToSend, rulesWords, usualRules } from '#client/features/grades/RulesFields.tsx'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { serverNow } from '#client/platform/realtime.ts'
import { region, t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { RadioGroup } from '#client/ui/Choice.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, type FormError } from '#client/ui/Form.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { type AttemptsRule, usualAttempts } from '#protocol/activities/attempts.ts'
import type { Audience, Shows } from '#protocol/activities.ts'
import type { InputBefore } from '#protocol/base/call.ts'
import { dayIn, instantIn } from '#protocol/base/days.ts'
import { courseRoutes } from '#protocol/courses.ts'
import { gradeRoutes } from '#protocol/grades.ts'
import { quizRoutes } from '#protocol/quizzes.ts'
import { ShowsField } from './ShowsField.tsx'

export type AssignDialogProps = {
  readonly activityId: string
  readonly courseId: string
  readonly onClose: () => void
  readonly onAssigned: () => void
}

const week = 7 * 86_400_000

/** Open while it is mounted. */
export function AssignDialog({ activityId, courseId, onClose, onAssigned }: AssignDialogProps) {
  type CourseInput = InputBefore<typeof courseRoutes.get>
  type TableInput = InputBefore<typeof gradeRoutes.table>
  const course = useLoad(courseId, () => request(courseRoutes.get, { courseId } as CourseInput))
  const columns = useLoad(courseId, () => request(gradeRoutes.table, { courseId, limit: 1 } as TableInput))
  const zone = course.value?.course.timeZone ?? 'UTC'
  const [date, setDate] = useState('')
  const [time, setTime] = useState('23:59')
  const [column, setColumn] = useState('')
  // Until somebody chooses: whoever missed a class gets it, and without a class everybody.
  const [chosen, setChosen] = useState<Audience | undefined>(undefined)
  const audience = chosen ?? (column ? 'unanswered' : 'everybody')
  const into = { activityId, ...(column ? { gradeItemId: column } : {}) }
  const left = useLoad(`${activityId}/${column}`, () =>
    request(quizRoutes.unanswered, into as InputBefore<typeof quizRoutes.unanswered>),
  ).value?.people
  const [shows, setShows] = useState<Shows>('after-due')
  const grading = useLoad(courseId, () =>
    request(gradeRoutes.grading, { courseId } as InputBefore<typeof gradeRoutes.grading>),
  )
  // As the course says until somebody says otherwise.
  const [own, setOwn] = useState<AttemptsRule>()
  const attempts = own ?? grading.value?.attempts ?? (grading.problem ? usualAttempts : undefined)
  const [rules, setRules] = useState(usualRules)
  const chosenColumn = columns.value?.gradeItems.find(one => one.id === column)
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [problem, setProblem] = useState<string | undefined>(undefined)
  const [busy, setBusy] = useState(false)
  const day = date || dayIn(zone, serverNow() + week)
  const due = instantIn(zone, day, time)

  const assign = async () => {
    const found: FormError[] = []
    if (!due) found.push({ name: 'date', message: t('activities.chooseDate') })
    else if (Date.parse(due) <= serverNow()) found.push({ name: 'date', message: t('activities.duePast') })
    if (audience === 'unanswered' && left === 0)
      found.push({ name: 'audience', message: t('activities.audienceNobody') })
    const points = pointsOf(rules)
    if (!column && points === undefined) found.push({ name: 'points', message: t('grades.pointsWrong') })
    setErrors(found)
    setProblem(undefined)
    if (!due || found.length > 0) return
    setBusy(true)
    try {
      const grade = column || points === undefined ? {} : { grade: rulesToSend(rules, points) }
      const input = { ...into, dueAt: due, audience, shows, ...grade, ...(attempts ? { attempts } : {}) }
      const { people } = await request(quizRoutes.assign, input as InputBefore<typeof quizRoutes.assign>)
      const when = momentIn(zone, due, region)
      showToast({
        text:
          people === null ? t('activities.assigned', { when }) : t('activities.assignedTo', { count: people, when }),
      })
      onAssigned()
      onClose()
    } catch (error) {
      setProblem(problemWords(error))
      setBusy(false)
    }
  }
  const errorOf = (name: string) => errors.find(one => one.name === name)?.message

  return (
    <Dialog
      open
      onClose={onClose}
      title={t('activities.assignTitle')}
      actions={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button kind="primary" busy={busy} onClick={() => void assign()}>
            {t('activities.assignAct')}
          </Button>
        </>
      }
    >
      <Form onSubmit={() => void assign()} errors={errors} problem={problem}>
        <div class="due-fields">
          <Field
            type="date"
            name="date"
            label={t('activities.dueDate')}
            value={day}
            min={dayIn(zone, serverNow())}
            onValue={setDate}
            error={errorOf('date')}
          />
          <Field type="time" name="time" label={t('activities.dueTime')} value={time} onValue={setTime} />
        </div>
        {due && <p class="muted">{t('activities.dueZone', { when: momentIn(zone, due, region), zone })}</p>}
        <Field
          type="select"
          name="column"
          label={t('activities.column')}
          hint={t('activities.columnHint')}
          value={column}
          options={[
            { value: '', label: t('activities.columnNew') },
            // The newest first, as in the gradebook: it is the class that was just held.
            ...[...(columns.value?.gradeItems ?? [])].reverse().map(one => ({ value: one.id, label: one.title })),
          ]}
          onValue={setColumn}
        />
        {chosenColumn ? (
          <p class="muted">{rulesWords({ ...chosenColumn, points: score(chosenColumn.points) })}</p>
        ) : (
          <RulesLine rules={rules} onRules={setRules} pointsError={errorOf('points')} both={false} />
        )}
        <RadioGroup
          label={t('activities.audience')}
          name="audience"
          value={audience}
          onValue={setChosen}
          error={errorOf('audience')}
          options={[
            { value: 'everybody', label: t('activities.audienceEverybody') },
            {
              value: 'unanswered',
              label:
                left === undefined
                  ? t('activities.audienceUnanswered')
                  : t('activities.audienceUnansweredCount', { count: left }),
            },
          ]}
        />
        {attempts && <AttemptsFields rule={attempts} onRule={setOwn} />}
        <ShowsField value={shows} onValue={setShows} />
        <button type="submit" hidden />
      </Form>
    </Dialog>
  )
}
