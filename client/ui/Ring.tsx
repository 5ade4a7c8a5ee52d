// The ring of time: an arc that empties and the seconds in figures. The caller gives the seconds; no clock in here.
import { useEffect, useRef } from 'preact/hooks'
import { duration } from '#client/platform/dates.ts'
import { t } from '#client/platform/texts.ts'
import { announce } from '#client/ui/LiveRegion.tsx'
import './Ring.css'

export type RingProps = {
  /** Seconds left, may be broken; shown rounded up. */
  readonly left: number
  /** Seconds the whole ring stands for. */
  readonly total: number
  readonly size?: 'small' | 'medium' | 'stage' | undefined
  /** Reads the time out at 30, 10 and 5 seconds and at the end: for the participant. */
  readonly spoken?: boolean | undefined
  /** Time stands still. */
  readonly paused?: boolean | undefined
}

const spokenAt = [30, 10, 5, 0]
const around = 2 * Math.PI * 20

/** Time left of a question. */
export function Ring({ left, total, size = 'medium', spoken = false, paused = false }: RingProps) {
  const seconds = Math.max(0, Math.ceil(left))
  const share = total > 0 ? Math.min(1, Math.max(0, left / total)) : 0
  const last = useRef(seconds)

  useEffect(() => {
    const before = last.current
    last.current = seconds
    if (!spoken || paused) return
    const crossed = spokenAt.find(mark => before > mark && seconds <= mark)
    if (crossed === undefined) return
    if (seconds === 0) announce(t('ui.timeUp'), 'assertive')
    else announce(t('ui.secondsLeft', { count: seconds }), seconds <= 10 ? 'assertive' : 'polite')
  }, [seconds, spoken, paused])

  return (
    <div
      class="ring"
      role="timer"
      data-size={size}
      data-short={(seconds <= 5 && !paused) || undefined}
      data-paused={paused || undefined}
      aria-label={t('ui.secondsLeft', { count: seconds })}
    >
      <svg viewBox="0 0 44 44" aria-hidden="true" focusable="false">
        <circle class="ring-track" cx="22" cy="22" r="20" />
        <circle
          class="ring-arc"
          cx="22"
          cy="22"
          r="20"
          stroke-dasharray={String(around)}
          stroke-dashoffset={String(around * (1 - share))}
        />
      </svg>
      <span class="ring-figure" aria-hidden="true">
        {seconds < 100 ? seconds : duration(seconds)}
      </span>
    </div>
  )
}
