// A button for what can't be undone and needs no typed word: the first press asks, the second does it. It asks for
// eight seconds, then it is the quiet button again.
import { useEffect, useRef, useState } from 'preact/hooks'
import { Button } from '#client/ui/Button.tsx'
import type { LucideIcon } from '#client/ui/Icon.tsx'

export type TwoStepProps = {
  readonly label: string
  readonly sure: string
  readonly not: string
  readonly icon?: LucideIcon | undefined
  readonly busy: boolean
  readonly onSure: () => void
}

/** The safe answer takes the focus, so that a double press does nothing. */
export function TwoStep({ label, sure, not, icon, busy, onSure }: TwoStepProps) {
  const [asking, setAsking] = useState(false)
  const row = useRef<HTMLFieldSetElement>(null)
  useEffect(() => {
    if (!asking) return
    row.current?.querySelector<HTMLElement>('button')?.focus()
    const timer = setTimeout(() => setAsking(false), 8_000)
    return () => clearTimeout(timer)
  }, [asking])
  if (!asking && !busy) {
    return (
      <Button icon={icon} onClick={() => setAsking(true)}>
        {label}
      </Button>
    )
  }
  return (
    <fieldset class="cluster" ref={row} aria-label={label}>
      <Button kind="quiet" onClick={() => setAsking(false)}>
        {not}
      </Button>
      <Button kind="danger" busy={busy} onClick={onSure}>
        {sure}
      </Button>
    </fieldset>
  )
}
