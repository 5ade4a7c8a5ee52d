// A card: something that stands for itself among others. Not for framing every section of a page.
import type { ComponentChildren } from 'preact'
import { inOwnDirection } from '#client/ui/words.tsx'
import './Card.css'

export type CardProps = {
  readonly children: ComponentChildren
  /** Makes the whole card a link. */
  readonly href?: string | undefined
  /** No padding, for a card that holds a list or a table. */
  readonly flush?: boolean | undefined
}

/** A raised surface with a hairline. */
export function Card({ children, href, flush = false }: CardProps) {
  if (href !== undefined) {
    return (
      <a class="card" href={href} data-flush={flush || undefined}>
        {children}
      </a>
    )
  }
  return (
    <div class="card" data-flush={flush || undefined}>
      {children}
    </div>
  )
}

export type SectionProps = {
  readonly title: string
  /** Small buttons at the end of the heading's line. */
  readonly actions?: ComponentChildren
  /** For what leads here: it can take the focus then. */
  readonly id?: string | undefined
  readonly children: ComponentChildren
}

/** A part of a page under a heading of the second level. */
export function Section({ title, actions, id, children }: SectionProps) {
  return (
    <section class="section" id={id} tabIndex={id === undefined ? undefined : -1}>
      <header class="section-head">
        <h2>{inOwnDirection(title)}</h2>
        {actions && <div class="cluster">{actions}</div>}
      </header>
      {children}
    </section>
  )
}
