// Where the dates of a course go that is made of another one or of an archive: all as far as the first, and around days
// that are free.
import { Undo2, X } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { freeDaysWords } from '#client/features/organisation/store.ts'
import { weekdayAndDate } from '#client/platform/dates.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { Checkbox, RadioGroup } from '#client/ui/Choice.tsx'
import { Field } from '#client/ui/Field.tsx'
import { dayIn, daysBetween, daysFrom } from '#protocol/base/days.ts'
import { type DateShift, type MovedDate, mostFreeDays } from '#protocol/courses/copy.ts'
import type { FreeDays, Term } from '#protocol/organisation.ts'
import './Copy.css'

/** As they stand: on the days they have, around weekends. */
export const asTheyAre: DateShift = { dates: 'moved', days: 0, weekends: 'free', free: [] }

const within = (days: number): number => Math.max(-7_320, Math.min(7_320, days))

/** How many days lie between a first date and its weekday on, or right after, the day on which a term begins. */
export const daysToTerm = (first: string, startsOn: string): number => Math.ceil(daysBetween(first, startsOn) / 7) * 7

/** Which entry of which term: the same break of another term is another one. */
const keyOf = (termId: string, one: FreeDays): string => `${termId} ${one.startsOn} ${one.endsOn} ${one.name}`

/** Every day that stays free, once: those of the entries, and those that were named one by one. */
export const everyFreeDay = (entries: readonly FreeDays[], single: readonly string[]): string[] =>
  [...new Set([...entries.flatMap(one => daysFrom(one.startsOn, one.endsOn)), ...single])].sort().slice(0, mostFreeDays)

/**
 * Where dates go: into a term as soon as one is chosen, until the person says another day, and around the free days of that
 * term but for those that the person takes out. `useDates` is told the dates as soon as they are known: when they are now
 * does not depend on where they go.
 */
export function useShift(term: Term | undefined, timeZone: string) {
  const [given, setGiven] = useState(asTheyAre)
  const [byHand, setByHand] = useState(false)
  const [first, setFirst] = useState<string>()
  // What stands in the field of the first date while it is none, such as half a year: nobody is to guess it.
  const [half, setHalf] = useState<string>()
  const [out, setOut] = useState<ReadonlySet<string>>(new Set())
  const proposed = !byHand && term && first !== undefined ? within(daysToTerm(first, term.startsOn)) : undefined
  const days = proposed ?? given.days
  const entries = term?.freeDays ?? []
  const kept = entries.filter(one => !out.has(keyOf(term?.id ?? '', one)))
  const onShift = (next: Partial<DateShift>) => {
    if (next.days !== undefined && next.days !== days) setByHand(true)
    setGiven({ ...given, ...next })
  }
  const useDates = (dates: readonly MovedDate[] | undefined) => {
    const [earliest] = dates ?? []
    const day = earliest && dayIn(timeZone, new Date(earliest.from))
    useEffect(() => setFirst(day), [day])
  }
  const free: FreeOfTerm | undefined = term && {
    term: term.name,
    kept,
    all: kept.length === entries.length,
    onOut: one => setOut(new Set([...out, keyOf(term.id, one)])),
    onAll: () => setOut(new Set()),
  }
  return {
    shift: { ...given, days, free: everyFreeDay(kept, given.free) },
    single: given.free,
    free,
    onShift,
    half: given.dates === 'moved' && proposed === undefined ? half : undefined,
    onHalf: setHalf,
    useDates,
    proposedFor: proposed === undefined ? undefined : term?.name,
  }
}

/** The free days of the term that dates go into. */
interface FreeOfTerm {
  readonly term: string
  /** Those that were not taken out. */
  readonly kept: readonly FreeDays[]
  readonly all: boolean
  readonly onOut: (one: FreeDays) => void
  readonly onAll: () => void
}

/** A day as people say it. */
const dayWords = (day: string): string => weekdayAndDate(new Date(`${day}T12:00:00`))

interface DateMovesProps {
  readonly timeZone: string
  /** The earliest first. */
  readonly dates: readonly MovedDate[]
  readonly shift: DateShift
  /** Days that were named one by one. */
  readonly single: readonly string[]
  readonly free: FreeOfTerm | undefined
  readonly onShift: (shift: Partial<DateShift>) => void
  /** What stands in the field while it is no date: nothing is made of it. */
  readonly half: string | undefined
  readonly onHalf: (half: string | undefined) => void
  /** The term for whose sake the first date was proposed. */
  readonly proposedFor: string | undefined
}

export function DateMoves({
  timeZone,
  dates,
  shift,
  single,
  free,
  onShift,
  proposedFor,
  half,
  onHalf,
}: DateMovesProps) {
  const first = dayIn(timeZone, new Date(dates[0]?.from ?? Date.now()))
  const now = new Date(Date.parse(first) + shift.days * 86_400_000).toISOString().slice(0, 10)
  const hint = t('courses.copyFirstDateHint', { day: dayWords(first) })
  const proposal = proposedFor === undefined ? '' : ` ${t('courses.copyProposed', { term: proposedFor })}`
  return (
    <Section title={t('courses.copyDates')}>
      <div class="stack">
        <RadioGroup
          label={t('courses.copyWhatOfDates')}
          name="dates"
          value={shift.dates}
          onValue={chosen => onShift({ dates: chosen })}
          options={[
            { value: 'moved', label: t('courses.copyMoved') },
            { value: 'removed', label: t('courses.copyUndated'), hint: t('courses.copyUndatedHint') },
          ]}
        />
        {shift.dates === 'moved' && (
          <>
            <Field
              type="date"
              name="firstDate"
              label={t('courses.copyFirstDate')}
              hint={hint + proposal}
              value={half ?? now}
              error={half === undefined ? undefined : t('courses.copyFirstDateMissing')}
              onValue={chosen => {
                // A year is typed digit by digit, and is the year 2 at first.
                const whole = /^(?:19|2\d)\d{2}-\d{2}-\d{2}$/.test(chosen)
                onHalf(whole ? undefined : chosen)
                if (whole) onShift({ days: within(daysBetween(first, chosen)) })
              }}
            />
            <Checkbox
              label={t('courses.copyNoWeekends')}
              hint={t('courses.copyNoWeekendsHint')}
              checked={shift.weekends === 'free'}
              onChecked={checked => onShift({ weekends: checked ? 'free' : 'taken' })}
            />
            {free && (free.kept.length > 0 || !free.all) && <TermFree {...free} />}
            <FreeDay
              full={shift.free.length >= mostFreeDays}
              single={single}
              onSingle={days => onShift({ free: days })}
            />
          </>
        )}
      </div>
    </Section>
  )
}

/** The breaks of the term, each to be taken out. */
function TermFree({ term, kept, all, onOut, onAll }: FreeOfTerm) {
  const label = t('courses.copyFreeOfTerm', { term })
  return (
    <div class="stack-tight">
      <p class="field-label">{label}</p>
      <Chips label={label}>
        {kept.map(one => (
          <Chip key={`${one.name} ${one.startsOn} ${one.endsOn}`} words={freeDaysWords(one)} onOut={() => onOut(one)} />
        ))}
      </Chips>
      {!all && (
        <div>
          <Button size="small" icon={Undo2} onClick={onAll}>
            {t('courses.copyFreeAll', { term })}
          </Button>
        </div>
      )}
    </div>
  )
}

function Chips({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    <ul class="cluster" aria-label={label}>
      {children}
    </ul>
  )
}

function Chip({ words, onOut }: { readonly words: string; readonly onOut: () => void }) {
  return (
    <li class="copy-chip">
      <Button size="small" icon={X} onClick={onOut}>
        {t('courses.copyFreeRemove', { day: words })}
      </Button>
    </li>
  )
}

interface FreeDayProps {
  readonly full: boolean
  readonly single: readonly string[]
  readonly onSingle: (days: string[]) => void
}

/** Days that the term does not know of, named one by one. */
function FreeDay({ full, single, onSingle }: FreeDayProps) {
  const [day, setDay] = useState('')
  const add = () => {
    if (day !== '') onSingle([...new Set([...single, day])].sort())
    setDay('')
  }
  return (
    <div class="stack-tight">
      <div class="copy-free">
        <Field type="date" name="freeDay" label={t('courses.copyFreeDay')} value={day} onValue={setDay} optional />
        <Button onClick={add} disabled={day === '' || full}>
          {t('courses.copyFreeAdd')}
        </Button>
      </div>
      <p class="field-hint">
        {full ? t('courses.copyFreeFull', { most: mostFreeDays }) : t('courses.copyFreeDayHint')}
      </p>
      {single.length > 0 && (
        <Chips label={t('courses.copyFreeDays')}>
          {single.map(one => (
            <Chip key={one} words={dayWords(one)} onOut={() => onSingle(single.filter(other => other !== one))} />
          ))}
        </Chips>
      )}
    </div>
  )
}
