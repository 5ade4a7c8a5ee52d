// Days of a calendar by their dates (YYYY-MM-DD): the weeks of a month, where a week begins, which day an entry is on. Pure.
import { dayIn } from '#protocol/base/days.ts'
import type { CalendarEntry } from '#protocol/calendar.ts'

const dayMs = 86_400_000

/** So many days later, or earlier. */
export const plusDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10)

/** The same day so many months later; in a shorter month its last day. */
export function plusMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10)
}

/** The day of the week, 1 for Monday to 7 for Sunday. */
const weekdayOf = (day: string): number => new Date(Date.parse(day)).getUTCDay() || 7

/** The day a week begins with where a language is spoken, 1 for Monday to 7 for Sunday; Monday where that is not known. */
export function firstWeekday(language: string): number {
  try {
    const locale = new Intl.Locale(language) as Intl.Locale & {
      getWeekInfo?: () => { firstDay: number }
      weekInfo?: { firstDay: number }
    }
    return (locale.getWeekInfo?.() ?? locale.weekInfo)?.firstDay ?? 1
  } catch {
    return 1
  }
}

/** The first day of the week that a day is in. */
export const weekOf = (day: string, first: number): string => plusDays(day, -((weekdayOf(day) - first + 7) % 7))

/** The whole weeks that show the month of a day. */
export function weeksOf(day: string, first: number): string[][] {
  const month = day.slice(0, 7)
  const weeks: string[][] = []
  for (let from = weekOf(`${month}-01`, first); from.slice(0, 7) <= month; from = plusDays(from, 7))
    weeks.push(Array.from({ length: 7 }, (_, at) => plusDays(from, at)))
  return weeks
}

/** First and last day of an entry by the clocks of a zone; whole days are the same everywhere. */
export function daysOf(entry: CalendarEntry, zone: string): { from: string; to: string } {
  if (entry.days) return entry.days
  const from = dayIn(zone, Date.parse(entry.startsAt))
  return {
    from,
    to: entry.endsAt === null ? from : dayIn(zone, Math.max(Date.parse(entry.startsAt), Date.parse(entry.endsAt) - 1)),
  }
}

/** The entries of each of these days, whole days first. */
export function byDay(
  entries: readonly CalendarEntry[],
  days: readonly string[],
  zone: string,
): ReadonlyMap<string, readonly CalendarEntry[]> {
  const found = new Map<string, CalendarEntry[]>(days.map(day => [day, []]))
  const order = [...entries].sort((a, b) => Number(b.days !== null) - Number(a.days !== null))
  for (const entry of order) {
    const { from, to } = daysOf(entry, zone)
    for (const [day, list] of found) if (day >= from && day <= to) list.push(entry)
  }
  return found
}
