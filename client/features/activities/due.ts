// A day and an hour in the course's time zone as an instant, and back. Pure; knows daylight saving by the platform's data.

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

/**
 * The instant of `date` (YYYY-MM-DD) and `time` (HH:MM) in an IANA zone, as ISO; undefined when it is no date. An hour
 * that daylight saving skips is the one after it.
 */
export function instantIn(zone: string, date: string, time: string): string | undefined {
  const local = Date.parse(`${date}T${time}:00.000Z`)
  if (Number.isNaN(local)) return undefined
  const guess = local - offsetAt(zone, local)
  return new Date(local - offsetAt(zone, guess)).toISOString()
}

/** The day in a zone, as YYYY-MM-DD. */
export const dayIn = (zone: string, at: number): string => new Date(at + offsetAt(zone, at)).toISOString().slice(0, 10)

/** A moment in a zone in words, with the zone: "Friday, 27 November, 23:59 CET". */
export const momentIn = (zone: string, iso: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  }).format(new Date(iso))
