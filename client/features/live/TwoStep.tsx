// A button for what can't be undone and needs no typed word: the first press asks, the second does it. It asks until one
// turns to something else, then it is the quiet button again.
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Button } from '#client/ui/Button.tsx'
import type { LucideIcon } from '#client/ui/Icon.tsx'

export type TwoStepProps = {
  readonly label: string
  readonly sure: string
  readonly not: string
  readonly icon?: LucideIcon | undefined
  readonly busy: boolean
  /** As the one thing to do, over the whole width. */
  readonly primary?: boolean | undefined
  readonly onSure: () => void
}

/** The safe answer takes the focus, so that a double press does nothing. */
export function TwoStep({ label, sure, not, icon, busy, primary = false, onSure }: TwoStepProps) {
  const [asking, setAsking] = useState(false)
  const row = useRef<HTMLFieldSetElement>(null)
  const first = useRef<HTMLSpanElement>(null)
  const asked = useRef(false)
  useLayoutEffect(() => {
    if (!asking) {
      // The focus goes back to where the asking began, and never away from what somebody turned to meanwhile.
      if (asked.current && document.activeElement === document.body) first.current?.querySelector('button')?.focus()
      asked.current = false
      return
    }
    asked.current = true
    row.current?.querySelector<HTMLElement>('button')?.focus()
    const elsewhere = (event: Event) => {
      if (event.target instanceof Node && row.current && !row.current.contains(event.target)) setAsking(false)
    }
    document.addEventListener('pointerdown', elsewhere)
    document.addEventListener('focusin', elsewhere)
    return () => {
      document.removeEventListener('pointerdown', elsewhere)
      document.removeEventListener('focusin', elsewhere)
    }
  }, [asking])
  if (!asking && !busy) {
    return (
      <span ref={first} class={primary ? 'two-step-wide' : undefined}>
        <Button
          icon={icon}
          {...(primary ? { kind: 'primary', size: 'large', wide: true } : {})}
          onClick={() => setAsking(true)}
        >
          {label}
        </Button>
      </span>
    )
  }
  return (
    <fieldset class={primary ? 'cluster two-step-wide' : 'cluster'} ref={row} aria-label={label}>
      <Button kind="quiet" onClick={() => setAsking(false)}>
        {not}
      </Button>
      <Button kind="danger" busy={busy} onClick={onSure}>
        {sure}
      </Button>
    </fieldset>
  )
}
