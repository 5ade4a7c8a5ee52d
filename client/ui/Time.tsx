// A moment in words that stay true: "5 minutes ago" goes on counting; the whole date is on hover.
import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import {
  absoluteTime,
  clockTimeHere,
  dayAndTime,
  dayAndTimeIn,
  dayWord,
  relativeTime,
  shortMoment,
} from '#client/platform/dates.ts'

const minute = signal(new Date())
let watchers = 0
let ticking: ReturnType<typeof setInterval> | undefined

/** Keeps the shared minute going while anything shows a near time. */
function useMinute(): Date {
  useEffect(() => {
    watchers += 1
    minute.value = new Date()
    ticking ??= setInterval(() => {
      minute.value = new Date()
    }, 30_000)
    return () => {
      watchers -= 1
      if (watchers > 0) return
      clearInterval(ticking)
      ticking = undefined
    }
  }, [])
  return minute.value
}

export type TimeProps = {
  /** ISO, as on the wire. */
  readonly at: string
  /** near: "5 minutes ago", "tomorrow at 18:00". day: "Friday". dayAndTime: "Friday at 18:00". clock: "10:32". short: "10:32" today, "24 Nov". */
  readonly form?: 'near' | 'short' | 'day' | 'dayAndTime' | 'clock' | undefined
  /** For dayAndTime: the zone whose clocks count, named where it differs from the reader's. */
  readonly zone?: string | undefined
}

/** A moment in the reader's time zone, or in `zone`. */
export function Time({ at, form = 'near', zone }: TimeProps) {
  const now = useMinute()
  const words = {
    near: () => relativeTime(at, now),
    short: () => shortMoment(at, now),
    day: () => dayWord(at, now),
    dayAndTime: () => (zone === undefined ? dayAndTime(at, now) : dayAndTimeIn(zone, at, now)),
    clock: () => clockTimeHere(at),
  }[form]()
  return (
    <time dateTime={at} title={absoluteTime(at)}>
      {words}
    </time>
  )
}
