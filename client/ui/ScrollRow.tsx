// Links side by side: on a desk in as many lines as they take, on a phone in one that is pushed along. Its edge fades where
// something is hidden, and a menu beside it names all of them; the keyboard brings each link into sight as it takes the focus.
import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import { Menu, type MenuItem } from '#client/ui/Menu.tsx'
import { useAside } from '#client/ui/table-aside.ts'
import './ScrollRow.css'

export type ScrollRowProps = {
  readonly label: string
  /** All of them by name, for when some are out of sight. */
  readonly items: readonly MenuItem[]
  /** What the menu of them is called. */
  readonly menuLabel: string
  readonly children: ComponentChildren
}

/** A place of navigation. */
export function ScrollRow({ label, items, menuLabel, children }: ScrollRowProps) {
  const line = useRef<HTMLDivElement>(null)
  const { start, end, any } = useAside(line, items.length)
  return (
    <nav class="scroll-row" aria-label={label} data-start={start || undefined} data-end={end || undefined}>
      <div class="scroll-row-line" ref={line}>
        <div class="scroll-row-all">{children}</div>
      </div>
      {any && <Menu label={menuLabel} items={items} />}
    </nav>
  )
}
