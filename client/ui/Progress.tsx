// How far along: a bar with its figure in words.
import './Progress.css'

export type ProgressProps = {
  readonly label: string
  readonly value: number
  readonly max: number
  /** The figure as it is said, e.g. "12 of 30"; percent when left away. */
  readonly words?: string | undefined
}

/** A bar for work or for how many of how many. */
export function Progress({ label, value, max, words }: ProgressProps) {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0
  const said = words ?? `${Math.round(share * 100)} %`
  return (
    <div class="progress">
      <div class="progress-words">
        <span>{label}</span>
        <span class="figures muted">{said}</span>
      </div>
      <div
        class="progress-track"
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuenow={value}
        aria-valuetext={said}
      >
        <div class="progress-fill" style={{ inlineSize: `${share * 100}%` }} />
      </div>
    </div>
  )
}
