// Days and times of the calendar in words, and how each kind of entry looks.
import { BookOpenCheck, CalendarDays, DoorOpen, Hourglass, NotebookPen, Presentation, Video } from 'lucide-preact'
import { clockTime, deviceZone, timeZone } from '#client/platform/dates.ts'
import { region, t } from '#client/platform/texts.ts'
import type { LucideIcon } from '#client/ui/Icon.tsx'
import type { CalendarEntry, EntryKind } from '#protocol/calendar.ts'

export const kindIcons: Readonly<Record<EntryKind, LucideIcon>> = {
  due: NotebookPen,
  opens: Hourglass,
  class: Presentation,
  meeting: Video,
  session: BookOpenCheck,
  'office-hours': DoorOpen,
  other: CalendarDays,
}

/** A date as its words: the formats take it at midnight UTC, which is where it was made. */
const words = (options: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat(region, { ...options, timeZone: 'UTC' })
  return (day: string): string => format.format(Date.parse(day))
}

/** "Monday, 30 November 2026" */
export const wholeDay = words({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
/** "Monday, 30 November" */
export const dayAndMonth = words({ weekday: 'long', day: 'numeric', month: 'long' })
/** "November 2026" */
export const monthName = words({ month: 'long', year: 'numeric' })
/** "Mon" */
export const weekdayShort = words({ weekday: 'short' })
/** "Monday" */
export const weekdayLong = words({ weekday: 'long' })
/** "30" */
export const dayNumber = words({ day: 'numeric' })

const hourIn = (zone: string, iso: string, form: 'plain' | 'named'): string =>
  new Intl.DateTimeFormat(region, {
    timeZone: zone,
    ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    ...(form === 'named' ? { timeZoneName: 'short' } : {}),
  }).format(Date.parse(iso))

/** When it is on its day, by the reader's clocks: "10:15 to 11:45", "23:59", "All day". */
export function hoursOf({ startsAt, endsAt, days }: CalendarEntry): string {
  if (days) return t('calendar.allDay')
  const from = clockTime(startsAt)
  const to = endsAt === null ? from : clockTime(endsAt)
  return from === to ? from : t('calendar.fromTo', { from, to })
}

/** The hour in the zone it is meant in, such as "09:00 GMT", where the reader's clocks or their device's show another one. */
export function hourThere({ startsAt, days }: CalendarEntry, zone: string | undefined): string | undefined {
  if (zone === undefined || days) return undefined
  const there = hourIn(zone, startsAt, 'plain')
  const here = [timeZone.value, deviceZone.value].every(one => hourIn(one, startsAt, 'plain') === there)
  return here ? undefined : hourIn(zone, startsAt, 'named')
}

/** The hour it begins, by the reader's clocks. */
export const clockOf = ({ startsAt }: CalendarEntry): string => clockTime(startsAt)
