// The calendar as a month: weeks below one another, one day in reach of the Tab key, the arrows from day to day.
import { useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Icon } from '#client/ui/Icon.tsx'
import { VisuallyHidden } from '#client/ui/VisuallyHidden.tsx'
import type { CalendarEntry, CalendarPage } from '#protocol/calendar.ts'
import { plusDays, plusMonths } from './days.ts'
import { hueOf, nameOf, pathOf } from './EntryRow.tsx'
import { clockOf, dayNumber, kindIcons, monthName, weekdayLong, weekdayShort, wholeDay } from './words.ts'

/** Entries of a day that are told in its cell. */
const mostShown = 3

interface MonthGridProps {
  readonly page: CalendarPage
  readonly weeks: readonly (readonly string[])[]
  readonly found: ReadonlyMap<string, readonly CalendarEntry[]>
  readonly today: string
  /** The day that the keys start from. */
  readonly day: string
  readonly onDay: (day: string) => void
  readonly onOpen: (day: string) => void
}

export function MonthGrid({ page, weeks, found, today, day, onDay, onOpen }: MonthGridProps) {
  const table = useRef<HTMLTableElement>(null)
  // Keys come faster than pages are drawn: each goes on from where the one before led.
  const at = useRef(day)
  at.current = day
  // The focus follows the keys, also into another month, and is not taken from anything else.
  const moved = useRef(false)
  useLayoutEffect(() => {
    if (!moved.current) return
    moved.current = false
    table.current?.querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus()
  }, [day, weeks])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof Element && event.target.closest('a')) return
    const rtl = table.current !== null && getComputedStyle(table.current).direction === 'rtl'
    const from = at.current
    const week = weeks.find(one => one.includes(from))
    const next: Record<string, string | undefined> = {
      ArrowRight: plusDays(from, rtl ? -1 : 1),
      ArrowLeft: plusDays(from, rtl ? 1 : -1),
      ArrowDown: plusDays(from, 7),
      ArrowUp: plusDays(from, -7),
      Home: week?.[0],
      End: week?.at(-1),
      PageDown: plusMonths(from, 1),
      PageUp: plusMonths(from, -1),
    }
    const to = next[event.key]
    if (event.key === 'Enter' || event.key === ' ') onOpen(from)
    else if (to !== undefined) {
      moved.current = true
      at.current = to
      onDay(to)
    } else return
    event.preventDefault()
  }

  return (
    // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: A table whose cells the keys reach is a grid.
    <table class="calendar-grid" role="grid" ref={table} onKeyDown={onKeyDown} aria-describedby="calendar-keys">
      <caption>
        <VisuallyHidden>{monthName(day)}</VisuallyHidden>
      </caption>
      <thead>
        <tr>
          {weeks[0]?.map(one => (
            <th scope="col" key={one}>
              <span aria-hidden="true">{weekdayShort(one)}</span>
              <VisuallyHidden>{weekdayLong(one)}</VisuallyHidden>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map(week => (
          <tr key={week[0]}>
            {week.map(one => (
              <DayCell
                key={one}
                day={one}
                page={page}
                entries={found.get(one) ?? []}
                look={one.slice(0, 7) === day.slice(0, 7) ? 'inside' : 'outside'}
                reach={one === day ? 'tab' : 'arrows'}
                today={today}
                onPress={() => {
                  onDay(one)
                  onOpen(one)
                }}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface DayCellProps {
  readonly day: string
  readonly page: CalendarPage
  readonly entries: readonly CalendarEntry[]
  readonly look: 'inside' | 'outside'
  readonly reach: 'tab' | 'arrows'
  readonly today: string
  readonly onPress: () => void
}

function DayCell({ day, page, entries, look, reach, today, onPress }: DayCellProps) {
  const shown = entries.slice(0, entries.length > mostShown ? mostShown - 1 : mostShown)
  const left = entries.length - shown.length
  const name = day === today ? t('calendar.dayToday', { day: wholeDay(day) }) : wholeDay(day)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: The keys are heard by the grid.
    <td
      data-day={day}
      data-look={look}
      tabIndex={reach === 'tab' ? 0 : -1}
      aria-current={day === today ? 'date' : undefined}
      onClick={event => {
        if (!(event.target instanceof Element && event.target.closest('a'))) onPress()
      }}
    >
      <span class="calendar-date" aria-hidden="true">
        {dayNumber(day)}
      </span>
      <VisuallyHidden>{t('calendar.dayWith', { day: name, count: entries.length })}</VisuallyHidden>
      {shown.map(entry => (
        <Chip key={entry.id} entry={entry} page={page} />
      ))}
      {left > 0 && <span class="calendar-more">{t('calendar.more', { count: left })}</span>}
    </td>
  )
}

function Chip({ entry, page }: { readonly entry: CalendarEntry; readonly page: CalendarPage }) {
  const path = pathOf(entry)
  const words = (
    <>
      <span class="calendar-chip-title">
        <Icon as={kindIcons[entry.kind]} />
        <VisuallyHidden>{t(`calendar.${entry.kind}`)} </VisuallyHidden>
        <span>
          {!entry.days && <span class="figures">{clockOf(entry)} </span>}
          <bdi>{entry.title}</bdi>
        </span>
      </span>
      <span class="calendar-chip-course">{nameOf(page.courses, entry.courseId)}</span>
    </>
  )
  const hue = hueOf(page.courses, entry.courseId)
  return path === undefined ? (
    <span class="calendar-chip" data-hue={hue}>
      {words}
    </span>
  ) : (
    <a class="calendar-chip" data-hue={hue} href={path} tabIndex={-1}>
      {words}
    </a>
  )
}
