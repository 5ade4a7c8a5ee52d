// When things happened: days counted back from now, hours as the clocks in the school's town show them. Pure.

export const schoolZone = 'Europe/Berlin'

const hourOf = new Intl.DateTimeFormat('en-GB', { timeZone: schoolZone, hour: '2-digit', hourCycle: 'h23' })
const dayOf = new Intl.DateTimeFormat('en-CA', { timeZone: schoolZone, dateStyle: 'short' })
const weekdayOf = new Intl.DateTimeFormat('en-GB', { timeZone: schoolZone, weekday: 'short' })

const dayMs = 86_400_000

/** The moment `hours` (10.5 is half past ten) on the day `daysAgo` days before `now`, by the clocks of the school. */
export function daysBefore(now: Date, daysAgo: number, hours: number): Date {
  const midday = new Date(`${dayOf.format(new Date(now.getTime() - daysAgo * dayMs))}T12:00:00Z`)
  // The offset at midday holds for the hours in which anybody is awake.
  const offset = Number(hourOf.format(midday)) - 12
  return new Date(midday.getTime() + (hours - 12 - offset) * 3_600_000)
}

/** How many days ago the last `many` meetings on these weekdays ('Tue') were that are over by now, the oldest first. */
export function lastMeetings(now: Date, weekdays: readonly string[], endsAt: number, many: number): number[] {
  const found: number[] = []
  for (let daysAgo = 0; found.length < many; daysAgo++) {
    const end = daysBefore(now, daysAgo, endsAt)
    if (weekdays.includes(weekdayOf.format(end)) && end < now) found.unshift(daysAgo)
  }
  return found
}

/** Whether that day is a Saturday or a Sunday. */
export const isWeekend = (now: Date, daysAgo: number): boolean =>
  ['Sat', 'Sun'].includes(weekdayOf.format(daysBefore(now, daysAgo, 12)))

export const later = (at: Date, seconds: number): Date => new Date(at.getTime() + seconds * 1_000)

/** The same moment, or the evening before it where everybody sleeps. */
export const awake = (at: Date): Date => (Number(hourOf.format(at)) < 7 ? later(at, -7.5 * 3_600) : at)
