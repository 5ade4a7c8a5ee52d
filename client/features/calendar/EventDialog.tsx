// Makes an event, of a course or one's own, or changes one with all its times. Hours are typed by the clocks it is meant in.
import { useState } from 'preact/hooks'
import { timeZone } from '#client/platform/dates.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox } from '#client/ui/Choice.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions, type FormError } from '#client/ui/Form.tsx'
import { clockIn, dayIn, daysBetween, instantIn } from '#protocol/base/days.ts'
import {
  type CalendarCourse,
  type CalendarEvent,
  eventKind,
  eventKinds,
  mostTimes,
  timesOf,
} from '#protocol/calendar.ts'
import { plusDays } from './days.ts'
import { changeEvent, createEvent } from './store.ts'

interface EventDialogProps {
  readonly courses: readonly CalendarCourse[]
  /** Without one, one is made. */
  readonly event?: CalendarEvent | undefined
  /** The day and course a new one begins with. */
  readonly day: string
  readonly courseId: string | null
  readonly onClose: () => void
  readonly onDone: () => void
}

interface Typed {
  readonly allDay: boolean
  readonly date: string
  readonly lastDate: string
  readonly from: string
  readonly to: string
}

/** What was typed as instants; undefined where something is missing. Of whole days the last one is included. */
function timesTyped({ allDay, date, lastDate, from, to }: Typed, zone: string) {
  const startsAt = instantIn(zone, date, allDay ? '00:00' : from)
  const endsAt = instantIn(zone, allDay && lastDate ? plusDays(lastDate, 1) : lastDate, allDay ? '00:00' : to)
  return startsAt === undefined || endsAt === undefined ? undefined : { startsAt, endsAt }
}

const typedOf = (event: CalendarEvent | undefined, day: string): Typed => {
  if (!event) return { allDay: false, date: day, lastDate: day, from: '10:00', to: '11:00' }
  const { timeZone: zone, startsAt, endsAt, allDay } = event
  return {
    allDay,
    date: dayIn(zone, Date.parse(startsAt)),
    lastDate: dayIn(zone, Date.parse(endsAt) - (allDay ? 1 : 0)),
    from: allDay ? '10:00' : clockIn(zone, Date.parse(startsAt)),
    to: allDay ? '11:00' : clockIn(zone, Date.parse(endsAt)),
  }
}

/** Open while it is mounted. */
export function EventDialog({ courses, event, day, courseId, onClose, onDone }: EventDialogProps) {
  const offered = courses.filter(one => one.mayChange)
  const first = offered.find(one => one.id === courseId) ?? offered[0]
  const [owner, setOwner] = useState<string>(event ? (event.courseId ?? '') : (first?.id ?? ''))
  const [kind, setKind] = useState<string>(event?.kind ?? 'session')
  const [title, setTitle] = useState(event?.title ?? '')
  const [place, setPlace] = useState(event?.place ?? '')
  const [note, setNote] = useState(event?.note ?? '')
  const [typed, setTyped] = useState(() => typedOf(event, day))
  const [until, setUntil] = useState<string | null>(event?.weeklyUntil ?? null)
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [problem, setProblem] = useState<string | undefined>(undefined)
  const [busy, setBusy] = useState(false)
  const errorAt = (name: string) => errors.find(one => one.name === name)?.message
  const set = (change: Partial<Typed>) => setTyped(before => ({ ...before, ...change }))

  /** However many days it lasts, it lasts as many from another day on. */
  const moveTo = (date: string) => {
    const known = [date, typed.date, typed.lastDate].every(one => one !== '')
    set({ date, lastDate: known ? plusDays(date, daysBetween(typed.date, typed.lastDate)) : date })
  }

  const course = courses.find(one => one.id === owner)
  const zone = event?.timeZone ?? course?.timeZone ?? timeZone.value
  const times = timesTyped(typed, zone)
  const count = times && until ? timesOf({ ...times, timeZone: zone, weeklyUntil: until }) : 1

  const send = async () => {
    const wrong: FormError[] = []
    if (title.trim() === '') wrong.push({ name: 'title', message: t('calendar.nameMissing') })
    if (!times) wrong.push({ name: 'date', message: t('calendar.dateMissing') })
    else if (times.endsAt <= times.startsAt)
      wrong.push({ name: typed.allDay ? 'lastDate' : 'to', message: t('calendar.toWrong') })
    if (until !== null && (until < typed.date || count > mostTimes))
      wrong.push({ name: 'weeklyUntil', message: t('calendar.untilWrong') })
    setErrors(wrong)
    setProblem(undefined)
    if (!times || wrong.length > 0) return
    setBusy(true)
    try {
      const words = { title, place, note, allDay: typed.allDay, ...times, weeklyUntil: until }
      const sent = { ...words, kind: owner === '' ? ('other' as const) : eventKind.parse(kind) }
      if (event) await changeEvent(event, sent, onDone)
      else await createEvent({ ...sent, courseId: course?.id ?? null, timeZone: zone }, onDone)
      onClose()
    } catch (error) {
      const tooLong = error instanceof ClientProblem && error.errors.some(one => one.path === 'endsAt')
      if (tooLong) setErrors([{ name: 'lastDate', message: t('calendar.tooLong') }])
      else setProblem(problemWords(error))
      setBusy(false)
    }
  }

  return (
    <Dialog open onClose={onClose} title={event ? t('calendar.changeEvent') : t('calendar.newEvent')}>
      <Form onSubmit={() => void send()} errors={errors} problem={problem}>
        {!event && offered.length > 0 && (
          <Field
            type="select"
            name="owner"
            label={t('calendar.for')}
            value={owner}
            onValue={setOwner}
            options={[
              ...offered.map(one => ({ value: one.id as string, label: one.title })),
              { value: '', label: t('calendar.forOwn') },
            ]}
          />
        )}
        {owner !== '' && (
          <Field
            type="select"
            name="kind"
            label={t('calendar.what')}
            value={kind}
            onValue={setKind}
            options={eventKinds.map(one => ({ value: one, label: t(`calendar.${one}`) }))}
          />
        )}
        <Field
          name="title"
          label={t('calendar.name')}
          value={title}
          onValue={setTitle}
          error={errorAt('title')}
          maxLength={200}
          autoFocus
        />
        <Checkbox
          label={t('calendar.allDay')}
          checked={typed.allDay}
          onChecked={allDay => set({ allDay, lastDate: typed.date })}
        />
        <div class="calendar-times">
          <Field
            type="date"
            name="date"
            label={t('calendar.date')}
            value={typed.date}
            onValue={moveTo}
            error={errorAt('date')}
          />
          {(typed.allDay || typed.lastDate !== typed.date) && (
            <Field
              type="date"
              name="lastDate"
              label={t('calendar.lastDate')}
              value={typed.lastDate}
              min={typed.date}
              onValue={lastDate => set({ lastDate })}
              error={errorAt('lastDate')}
            />
          )}
          {!typed.allDay && (
            <>
              <Field
                type="time"
                name="from"
                label={t('calendar.from')}
                value={typed.from}
                onValue={from => set({ from })}
              />
              <Field
                type="time"
                name="to"
                label={t('calendar.to')}
                value={typed.to}
                onValue={to => set({ to })}
                error={errorAt('to')}
              />
            </>
          )}
        </div>
        {zone !== timeZone.value && <p class="muted">{t('calendar.zone', { zone })}</p>}
        <Checkbox
          label={t('calendar.weekly')}
          checked={until !== null}
          onChecked={on => setUntil(on ? plusDays(typed.date || day, 7 * 9) : null)}
        />
        {until !== null && (
          <Field
            type="date"
            name="weeklyUntil"
            label={t('calendar.weeklyUntil')}
            value={until}
            min={typed.date}
            onValue={setUntil}
            hint={t('calendar.times', { count })}
            error={errorAt('weeklyUntil')}
          />
        )}
        <Field name="place" label={t('calendar.place')} value={place} onValue={setPlace} maxLength={500} optional />
        <Field
          type="textarea"
          name="note"
          label={t('calendar.note')}
          value={note}
          onValue={setNote}
          maxLength={2000}
          optional
        />
        <FormActions>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {event ? t('calendar.save') : t('calendar.create')}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
