// What an assignment is: its title, what is handed in, its points and times, to make one or to change it. Hours are typed by
// the clocks of the course.
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { PolicyFields, policyFrom, type TypedPolicy, typedPolicy } from '#client/features/grades/PolicyFields.tsx'
import { timeZone } from '#client/platform/dates.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox } from '#client/ui/Choice.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions, type FormError } from '#client/ui/Form.tsx'
import { type Assignment, mostSubmissionFiles, type Takes, usualSubmissionFile } from '#protocol/assignments.ts'
import { clockIn, dayIn, instantIn } from '#protocol/base/days.ts'
import type { FileForm } from '#protocol/files.ts'
import type { LateChoice, LatePolicy } from '#protocol/grades/late.ts'
import { FilesTaken } from './FilesTaken.tsx'
import './assignments.css'

export interface AssignmentWords {
  readonly title: string
  readonly takes: Takes
  readonly points: string
  readonly dueAt: string | null
  readonly cutOffAt: string | null
  readonly late: LateChoice
}

interface AssignmentFormProps {
  /** Without one, one is made. */
  readonly assignment?: Assignment | undefined
  /** The time zone of the course. */
  readonly zone: string
  readonly save: string
  readonly onSave: (words: AssignmentWords) => Promise<unknown>
  readonly onClose: () => void
  /** Stands under the title. */
  readonly children?: ComponentChildren
}

interface Moment {
  readonly set: boolean
  readonly day: string
  readonly hour: string
}

export interface Typed {
  readonly title: string
  readonly text: boolean
  readonly files: boolean
  readonly most: string
  readonly largest: string
  readonly kinds: 'any' | 'some'
  readonly forms: readonly FileForm[]
  readonly points: string
  readonly due: Moment
  readonly cutOff: Moment
  readonly lateUse: LateChoice['use']
  readonly policy: TypedPolicy
}

/** What a policy of its own begins with. */
const usualOwn: LatePolicy = { late: { percent: '10', per: 'day', floor: '0', graceMinutes: 0 }, missing: null }

const dayMs = 86_400_000

const momentOf = (at: string | null | undefined, zone: string, otherwise: number, set: boolean): Moment => {
  const ms = at ? Date.parse(at) : otherwise
  return { set, day: dayIn(zone, ms), hour: at ? clockIn(zone, ms) : '23:59' }
}

function typedOf(assignment: Assignment | undefined, zone: string): Typed {
  const { takes, late = { use: 'course' } as const } = assignment ?? {}
  return {
    title: assignment?.title ?? '',
    text: takes?.text ?? true,
    files: (takes?.most ?? 0) > 0,
    most: String(takes?.most || 3),
    largest: String(takes?.largest ?? usualSubmissionFile),
    kinds: takes && takes.forms.length > 0 ? 'some' : 'any',
    forms: takes && takes.forms.length > 0 ? takes.forms : ['pdf', 'text', 'image'],
    points: assignment?.points ?? '10',
    due: momentOf(assignment?.dueAt, zone, Date.now() + 7 * dayMs, !assignment || assignment.dueAt !== null),
    cutOff: momentOf(assignment?.cutOffAt, zone, Date.now() + 14 * dayMs, Boolean(assignment?.cutOffAt)),
    lateUse: late.use,
    policy: typedPolicy(late.use === 'own' ? late.policy : usualOwn),
  }
}

/** The instant; null for none, undefined where something is missing. */
const instantOf = ({ set, day, hour }: Moment, zone: string): string | null | undefined =>
  set ? instantIn(zone, day, hour) : null

/** What was typed as it travels, or what is wrong with it. */
function read(typed: Typed, zone: string): AssignmentWords | readonly FormError[] {
  const wrong: FormError[] = []
  const points = typed.points.trim().replace(',', '.')
  const most = Number(typed.most)
  const [dueAt, cutOffAt] = [instantOf(typed.due, zone), instantOf(typed.cutOff, zone)]
  if (typed.title.trim() === '') wrong.push({ name: 'title', message: t('assignments.titleMissing') })
  if (!typed.text && !typed.files) wrong.push({ name: 'text', message: t('assignments.takesNothing') })
  if (typed.files && !(Number.isInteger(most) && most >= 1 && most <= mostSubmissionFiles))
    wrong.push({ name: 'most', message: t('assignments.mostFilesWrong', { most: mostSubmissionFiles }) })
  if (typed.files && typed.kinds === 'some' && typed.forms.length === 0)
    wrong.push({ name: 'kinds', message: t('assignments.kindsMissing') })
  if (!/^\d{1,9}(\.\d{1,2})?$/.test(points) || Number(points) === 0)
    wrong.push({ name: 'points', message: t('assignments.pointsWrong') })
  if (dueAt === undefined) wrong.push({ name: 'dueDay', message: t('assignments.dateMissing') })
  if (cutOffAt === undefined) wrong.push({ name: 'cutOffDay', message: t('assignments.dateMissing') })
  else if (dueAt && cutOffAt && cutOffAt < dueAt)
    wrong.push({ name: 'cutOffDay', message: t('assignments.cutOffEarly') })
  const policy = policyFrom(typed.policy)
  if (typed.lateUse === 'own' && !('late' in policy)) wrong.push(...policy)
  if (wrong.length > 0 || dueAt === undefined || cutOffAt === undefined) return wrong
  const forms = typed.kinds === 'some' ? [...typed.forms] : []
  const takes = { text: typed.text, most: typed.files ? most : 0, forms, largest: Number(typed.largest) }
  const late: LateChoice =
    typed.lateUse !== 'own' ? { use: typed.lateUse } : { use: 'own', policy: 'late' in policy ? policy : usualOwn }
  return { title: typed.title, takes, points, dueAt, cutOffAt, late }
}

export function AssignmentForm({ assignment, zone, save, onSave, onClose, children }: AssignmentFormProps) {
  const [typed, setTyped] = useState(() => typedOf(assignment, zone))
  const [busy, setBusy] = useState(false)
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [problem, setProblem] = useState<string>()
  const set = (part: Partial<Typed>) => setTyped(now => ({ ...now, ...part }))
  const errorOf = (name: string) => errors.find(one => one.name === name)?.message

  const send = async () => {
    const words = read(typed, zone)
    setProblem(undefined)
    if (!('title' in words)) return setErrors(words)
    setErrors([])
    setBusy(true)
    try {
      await onSave(words)
      setBusy(false)
    } catch (error) {
      const known = error instanceof ClientProblem ? error : undefined
      if (known?.errors.some(one => one.code === 'below_marks'))
        setErrors([{ name: 'points', message: t('assignments.pointsBelow') }])
      else setProblem(known?.code === 'conflict' ? t('assignments.conflict') : problemWords(error))
      setBusy(false)
    }
  }

  return (
    <Form onSubmit={() => void send()} errors={errors} problem={problem}>
      <Field
        name="title"
        label={t('assignments.title')}
        value={typed.title}
        onValue={title => set({ title })}
        error={errorOf('title')}
        maxLength={200}
        autoFocus={!assignment}
      />
      {children}
      <fieldset class="choice-group">
        <legend class="field-label">{t('assignments.takes')}</legend>
        <Checkbox
          name="text"
          label={t('assignments.takesText')}
          checked={typed.text}
          onChecked={text => set({ text })}
        />
        <Checkbox label={t('assignments.takesFiles')} checked={typed.files} onChecked={files => set({ files })} />
        {errorOf('text') && <p class="field-error">{errorOf('text')}</p>}
      </fieldset>
      {typed.files && <FilesTaken typed={typed} set={set} errorOf={errorOf} />}
      <Field
        name="points"
        label={t('assignments.points')}
        inputMode="decimal"
        value={typed.points}
        onValue={points => set({ points })}
        error={errorOf('points')}
        maxLength={12}
      />
      <Checkbox
        label={t('assignments.timed')}
        hint={t('assignments.lateTaken')}
        checked={typed.due.set}
        onChecked={to => set({ due: { ...typed.due, set: to } })}
      />
      {typed.due.set && (
        <div class="assignment-times">
          <Field
            type="date"
            name="dueDay"
            label={t('assignments.dueDay')}
            value={typed.due.day}
            onValue={day => set({ due: { ...typed.due, day } })}
            error={errorOf('dueDay')}
          />
          <Field
            type="time"
            name="dueHour"
            label={t('assignments.dueHour')}
            value={typed.due.hour}
            onValue={hour => set({ due: { ...typed.due, hour } })}
          />
        </div>
      )}
      <Checkbox
        label={t('assignments.cutOff')}
        checked={typed.cutOff.set}
        onChecked={to => set({ cutOff: { ...typed.cutOff, set: to } })}
      />
      {typed.cutOff.set && (
        <div class="assignment-times">
          <Field
            type="date"
            name="cutOffDay"
            label={t('assignments.cutOffDay')}
            value={typed.cutOff.day}
            onValue={day => set({ cutOff: { ...typed.cutOff, day } })}
            error={errorOf('cutOffDay')}
          />
          <Field
            type="time"
            name="cutOffHour"
            label={t('assignments.cutOffHour')}
            value={typed.cutOff.hour}
            onValue={hour => set({ cutOff: { ...typed.cutOff, hour } })}
          />
        </div>
      )}
      {(typed.due.set || typed.cutOff.set) && zone !== timeZone.value && (
        <p class="muted">{t('assignments.zone', { zone })}</p>
      )}
      {(typed.due.set || typed.cutOff.set) && (
        <Field
          type="select"
          name="late"
          label={t('grading.choice')}
          value={typed.lateUse}
          onValue={use => set({ lateUse: use === 'own' ? 'own' : use === 'none' ? 'none' : 'course' })}
          options={[
            { value: 'course', label: t('grading.choiceCourse') },
            { value: 'own', label: t('grading.choiceOwn') },
            { value: 'none', label: t('grading.choiceNone') },
          ]}
        />
      )}
      {(typed.due.set || typed.cutOff.set) && typed.lateUse === 'own' && (
        <PolicyFields
          typed={typed.policy}
          onTyped={part => set({ policy: { ...typed.policy, ...part } })}
          errors={errors}
        />
      )}
      <FormActions>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button kind="primary" type="submit" busy={busy}>
          {save}
        </Button>
      </FormActions>
    </Form>
  )
}
