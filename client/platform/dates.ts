// Dates and times as words, in the reader's time zone. Takes ISO strings from the wire; never parses a typed date.
import { signal } from '@preact/signals'
import { locale, region, t } from '#client/platform/texts.ts'

/** The IANA time zone of this device's clocks. */
export const deviceZone = signal(Intl.DateTimeFormat().resolvedOptions().timeZone)

/** The reader's IANA time zone; the account's setting replaces the device's when it is known. */
export const timeZone = signal(deviceZone.peek())

/** Follows an account's setting; without one, and where this browser does not know the zone, the device's stands. */
export function followTimeZone(setting: string | undefined): void {
  try {
    timeZone.value = setting
      ? new Intl.DateTimeFormat('en', { timeZone: setting }).resolvedOptions().timeZone
      : deviceZone.value
  } catch {
    timeZone.value = deviceZone.value
  }
}

const formats = new Map<string, Intl.DateTimeFormat>()

function format(options: Intl.DateTimeFormatOptions, zone = timeZone.value): Intl.DateTimeFormat {
  const key = `${zone} ${JSON.stringify(options)}`
  let found = formats.get(key)
  if (!found) {
    found = new Intl.DateTimeFormat(region, { ...options, timeZone: zone })
    formats.set(key, found)
  }
  return found
}

/** The hour and minute, as "10:32". */
export function clockTime(iso: string): string {
  return format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(iso))
}

/** The whole date, time and zone, as "Tuesday, 24 November 2026 at 10:32 CET". */
export function absoluteTime(iso: string): string {
  const day = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(iso))
  const time = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' }).format(
    new Date(iso),
  )
  return t('ui.dayAtTime', { day, time })
}

/** The number of the calendar day in a zone, so that days can be subtracted. */
function dayNumber(at: Date, zone: string): number {
  const parts = format({ year: 'numeric', month: 'numeric', day: 'numeric' }, zone).formatToParts(at)
  const part = (type: string) => Number(parts.find(one => one.type === type)?.value)
  return Date.UTC(part('year'), part('month') - 1, part('day')) / 86_400_000
}

/** The day as a word when it is near ("today", "tomorrow", "Friday"), else as "3 March" or "3 March 2025". */
export function dayWord(iso: string, now: Date = new Date(), zone = timeZone.value): string {
  const at = new Date(iso)
  const days = dayNumber(at, zone) - dayNumber(now, zone)
  if (days === 0) return t('ui.today')
  if (days === 1) return t('ui.tomorrow')
  if (days === -1) return t('ui.yesterday')
  if (days > 1 && days < 7) return format({ weekday: 'long' }, zone).format(at)
  const year = format({ year: 'numeric' }, zone)
  const sameYear = year.format(at) === year.format(now)
  return format({ day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) }, zone).format(at)
}

const clock: Intl.DateTimeFormatOptions = { day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }

/** Whether clocks in two zones show the same at that moment. */
const sameClocks = (at: Date, one: string, other: string): boolean =>
  format(clock, one).format(at) === format(clock, other).format(at)

/** The hour with its zone, as "18:00 CET". */
const namedTime = (at: Date, zone: string): string =>
  format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' }, zone).format(at)

/** The hour and minute; with the zone where the account's clocks show something else than this device's. */
export function clockTimeHere(iso: string): string {
  const at = new Date(iso)
  return sameClocks(at, timeZone.value, deviceZone.value) ? clockTime(iso) : namedTime(at, timeZone.value)
}

/** Day and hour together, as "tomorrow at 18:00"; with the zone where the account's is not this device's. */
export function dayAndTime(iso: string, now: Date = new Date()): string {
  return t('ui.dayAtTime', { day: dayWord(iso, now), time: clockTimeHere(iso) })
}

/**
 * Day and hour in another zone, such as a course's: "tomorrow at 18:00 CET". The zone is named only where the reader's
 * clocks, or their device's, show something else at that moment.
 */
export function dayAndTimeIn(zone: string, iso: string, now: Date = new Date()): string {
  const at = new Date(iso)
  if (sameClocks(at, zone, timeZone.value)) return dayAndTime(iso, now)
  return t('ui.dayAtTime', { day: dayWord(iso, now, zone), time: namedTime(at, zone) })
}

/** Near moments in words ("5 minutes ago", "in 2 hours"), others as day and hour. */
export function relativeTime(iso: string, now: Date = new Date()): string {
  const seconds = (Date.parse(iso) - now.getTime()) / 1000
  const size = Math.abs(seconds)
  if (size < 45) return t('ui.justNow')
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'always' })
  if (size < 45 * 60) return words.format(Math.round(seconds / 60), 'minute')
  if (size < 6 * 3600) return words.format(Math.round(seconds / 3600), 'hour')
  return dayAndTime(iso, now)
}

/** As short as lists of mail have it: the hour of today, "yesterday", else "24 Nov" or "24 Nov 2025". */
export function shortMoment(iso: string, now: Date = new Date()): string {
  const at = new Date(iso)
  const zone = timeZone.value
  const days = dayNumber(at, zone) - dayNumber(now, zone)
  if (days === 0) return clockTime(iso)
  if (days === -1) return t('ui.yesterday')
  const year = format({ year: 'numeric' })
  return year.format(at) === year.format(now)
    ? dayAndMonth(at)
    : format({ day: 'numeric', month: 'short', year: 'numeric' }).format(at)
}

/** A length of time as a clock shows it: 75 gives "1:15", 3675 gives "1:01:15". Takes whole seconds. */
export function duration(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const whole = Math.max(0, Math.floor(seconds))
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`
}

/** A day as short as it is still one, as in a title that stands in narrow columns: "24 Nov". */
export const dayAndMonth = (day: Date): string => format({ day: 'numeric', month: 'short' }).format(day)

/** A day by its weekday and date, as in a title: "Tuesday 24 November", in the reader's time zone and language. */
export function weekdayAndDate(day: Date): string {
  return format({ weekday: 'long', day: 'numeric', month: 'long' }).format(day)
}

const dayOfCalendar = (day: string): Date => new Date(`${day}T12:00:00.000Z`)

/** Days of the calendar (YYYY-MM-DD), from one to another, as "12–16 October 2026"; a single one with its weekday. */
export function dayRange(from: string, to: string): string {
  if (from === to)
    return format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }, 'UTC').format(
      dayOfCalendar(from),
    )
  return format({ day: 'numeric', month: 'long', year: 'numeric' }, 'UTC').formatRange(
    dayOfCalendar(from),
    dayOfCalendar(to),
  )
}

/** When a day begins by the reader's clock, or the day after; undefined for what is no day. For fields of the type date. */
export function startOfDay(day: string, later: 0 | 1 = 0): string | undefined {
  const at = new Date(`${day}T00:00`)
  if (day === '' || Number.isNaN(at.getTime())) return undefined
  at.setDate(at.getDate() + later)
  return at.toISOString()
}
