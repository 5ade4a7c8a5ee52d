// Links side by side in one line that is pushed along where there are more than fit. Its edge fades where something is
// hidden; a mouse gets a button there, the keyboard brings each link into sight as it takes the focus.
import { ChevronLeft, ChevronRight } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import { Icon } from '#client/ui/Icon.tsx'
import { useAside } from '#client/ui/table-aside.ts'
import './ScrollRow.css'

export type ScrollRowProps = {
  readonly label: string
  /** How many there are, so that the edges are looked at anew. */
  readonly count: number
  readonly children: ComponentChildren
}

/** How much of the line one press passes over. */
const step = 0.7

/** A place of navigation in one line. */
export function ScrollRow({ label, count, children }: ScrollRowProps) {
  const line = useRef<HTMLDivElement>(null)
  const { start, end } = useAside(line, count)
  const push = (towards: 1 | -1) => {
    const element = line.current
    if (!element) return
    const along = getComputedStyle(element).direction === 'rtl' ? -1 : 1
    element.scrollBy({ left: along * towards * element.clientWidth * step, behavior: 'smooth' })
  }
  const edge = (at: 'start' | 'end') => (
    // The links themselves are there for the keyboard and for readers.
    <button
      type="button"
      class="scroll-row-go"
      data-at={at}
      tabIndex={-1}
      aria-hidden="true"
      onClick={() => push(at === 'end' ? 1 : -1)}
    >
      <Icon as={at === 'end' ? ChevronRight : ChevronLeft} />
    </button>
  )
  return (
    <nav class="scroll-row" aria-label={label} data-start={start || undefined} data-end={end || undefined}>
      <div class="scroll-row-line" ref={line}>
        <div class="scroll-row-all">{children}</div>
      </div>
      {start && edge('start')}
      {end && edge('end')}
    </nav>
  )
}
