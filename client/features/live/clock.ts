// The time of a question by the server's clock. The pure part says what is left; the hook keeps a screen going.
import { useEffect, useState } from 'preact/hooks'
import { serverNow } from '#client/platform/realtime.ts'
import type { ActivityHostView, ActivityView } from '#protocol/activities/registry.ts'

export type TimeLeft = {
  /** Seconds, never below 0; may be broken. */
  readonly left: number
  readonly total: number
  readonly paused: boolean
}

/** What is left of the item on stage at `now` (milliseconds by the server); undefined when it has no limit. */
export function timeLeft(view: ActivityView | ActivityHostView, now: number): TimeLeft | undefined {
  const total = (end: number) => {
    const start = view.openedAt === null ? end : Date.parse(view.openedAt)
    return Math.max(view.limitSeconds ?? 0, (end - start) / 1_000)
  }
  if (view.phase === 'paused') {
    if (view.remainingMs === null) return undefined
    const left = view.remainingMs / 1_000
    return { left, total: Math.max(view.limitSeconds ?? 0, left), paused: true }
  }
  if (view.phase !== 'open' || view.closesAt === null) return undefined
  const end = Date.parse(view.closesAt)
  return { left: Math.max(0, (end - now) / 1_000), total: total(end), paused: false }
}

/** The server's clock, four times a second while it is `going`. */
export function useServerNow(clock: 'going' | 'standing'): number {
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    setNow(serverNow())
    if (clock === 'standing') return
    const timer = setInterval(() => setNow(serverNow()), 250)
    return () => clearInterval(timer)
  }, [clock])
  return clock === 'going' ? now : serverNow()
}
