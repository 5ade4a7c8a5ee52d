// Days and hours as the clocks of a place show them, as instants and back. Pure; knows daylight saving by the platform's
// data.

const dayMs = 86_400_000

/** How far the zone is ahead of UTC at an instant, in milliseconds. */
function offsetAt(zone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at)
  const part = (type: string) => Number(parts.find(one => one.type === type)?.value)
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return local - Math.floor(at / 1_000) * 1_000
}

/** The instant at which the clocks show `local`. An hour that daylight saving skips is the one after it. */
function instantOf(zone: string, local: number): number {
  const guess = local - offsetAt(zone, local)
  return local - offsetAt(zone, guess)
}

/** The instant of `date` (YYYY-MM-DD) and `time` (HH:MM) in an IANA zone, as ISO; undefined when it is no date. */
export function instantIn(zone: string, date: string, time: string): string | undefined {
  const local = Date.parse(`${date}T${time}:00.000Z`)
  return Number.isNaN(local) ? undefined : new Date(instantOf(zone, local)).toISOString()
}

/** The day in a zone, as YYYY-MM-DD. */
export const dayIn = (zone: string, at: Date | number): string =>
  new Date(Number(at) + offsetAt(zone, Number(at))).toISOString().slice(0, 10)

/** The hour the clocks of a zone show, as HH:MM. */
export const clockIn = (zone: string, at: Date | number): string =>
  new Date(Number(at) + offsetAt(zone, Number(at))).toISOString().slice(11, 16)

/** The same hour so many days later, or earlier, by the clocks of a zone. */
export const inDays = (zone: string, at: Date, days: number): Date =>
  new Date(instantOf(zone, at.getTime() + offsetAt(zone, at.getTime()) + days * dayMs))

/** How many days lie between two days (YYYY-MM-DD); negative when the second comes first. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / dayMs)

/** Each day from one to another, both counted; none when the second comes first. */
export const daysFrom = (from: string, to: string): string[] =>
  Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, number) =>
    new Date(Date.parse(from) + number * dayMs).toISOString().slice(0, 10),
  )

/** Whether a day (YYYY-MM-DD) is a Saturday or a Sunday. */
export const isWeekend = (day: string): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
