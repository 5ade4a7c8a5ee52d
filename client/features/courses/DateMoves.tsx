// Where the dates of a course go that is made of another one or of an archive: all as far as the first, and around days
// that are free.
import { X } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { weekdayAndDate } from '#client/platform/dates.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { Checkbox } from '#client/ui/Choice.tsx'
import { Field } from '#client/ui/Field.tsx'
import { dayIn, daysBetween } from '#protocol/base/days.ts'
import { type DateShift, type MovedDate, mostFreeDays } from '#protocol/courses/copy.ts'
import type { Term } from '#protocol/organisation.ts'
import './Copy.css'

/** As they stand: on the days they have, around weekends. */
export const asTheyAre: DateShift = { days: 0, weekends: 'free', free: [] }

const within = (days: number): number => Math.max(-7_320, Math.min(7_320, days))

/** How many days lie between a first date and its weekday on, or right after, the day on which a term begins. */
export const daysToTerm = (first: string, startsOn: string): number => Math.ceil(daysBetween(first, startsOn) / 7) * 7

/**
 * Where dates go: into a term as soon as one is chosen, until the person says another day. `useDates` is
 * told the dates as soon as they are known: when they are now does not depend on where they go.
 */
export function useShift(term: Term | undefined, timeZone: string) {
  const [given, setGiven] = useState(asTheyAre)
  const [byHand, setByHand] = useState(false)
  const [first, setFirst] = useState<string>()
  const proposed = !byHand && term && first !== undefined ? within(daysToTerm(first, term.startsOn)) : undefined
  const days = proposed ?? given.days
  const onShift = (next: DateShift) => {
    const moved = next.days !== days
    if (moved) setByHand(true)
    setGiven(moved ? next : { ...next, days: given.days })
  }
  const useDates = (dates: readonly MovedDate[] | undefined) => {
    const [earliest] = dates ?? []
    const day = earliest && dayIn(timeZone, new Date(earliest.from))
    useEffect(() => setFirst(day), [day])
  }
  return { shift: { ...given, days }, onShift, useDates, proposedFor: proposed === undefined ? undefined : term?.name }
}

/** A day as people say it. */
const dayWords = (day: string): string => weekdayAndDate(new Date(`${day}T12:00:00`))

interface DateMovesProps {
  readonly timeZone: string
  /** The earliest first. */
  readonly dates: readonly MovedDate[]
  readonly shift: DateShift
  readonly onShift: (shift: DateShift) => void
  /** The term for whose sake the first date was proposed. */
  readonly proposedFor: string | undefined
}

export function DateMoves({ timeZone, dates, shift, onShift, proposedFor }: DateMovesProps) {
  const first = dayIn(timeZone, new Date(dates[0]?.from ?? Date.now()))
  const now = new Date(Date.parse(first) + shift.days * 86_400_000).toISOString().slice(0, 10)
  const hint = t('courses.copyFirstDateHint', { day: dayWords(first) })
  const proposal = proposedFor === undefined ? '' : ` ${t('courses.copyProposed', { term: proposedFor })}`
  return (
    <Section title={t('courses.copyDates')}>
      <div class="stack">
        <Field
          type="date"
          name="firstDate"
          label={t('courses.copyFirstDate')}
          hint={hint + proposal}
          value={now}
          onValue={chosen => {
            if (!/^\d{4}-\d{2}-\d{2}$/.test(chosen)) return
            onShift({ ...shift, days: within(daysBetween(first, chosen)) })
          }}
        />
        <Checkbox
          label={t('courses.copyNoWeekends')}
          hint={t('courses.copyNoWeekendsHint')}
          checked={shift.weekends === 'free'}
          onChecked={checked => onShift({ ...shift, weekends: checked ? 'free' : 'taken' })}
        />
        <FreeDays free={shift.free} onFree={free => onShift({ ...shift, free })} />
      </div>
    </Section>
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
