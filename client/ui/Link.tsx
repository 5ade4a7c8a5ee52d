// A link in running text. Inside the client the router takes the click; an outside address opens beside.
import type { ComponentChildren } from 'preact'
import './Link.css'

export type LinkProps = {
  /** Built by `pathTo`, or a whole outside address. */
  readonly href: string
  /** Looks like the text around it until pointed at. */
  readonly quiet?: boolean | undefined
  /** The page the reader is on. */
  readonly current?: boolean | undefined
  readonly onClick?: ((event: MouseEvent) => void) | undefined
  readonly children: ComponentChildren
}

/** A link. */
export function Link({ href, quiet = false, current = false, onClick, children }: LinkProps) {
  const outside = /^https?:/i.test(href) ? { target: '_blank', rel: 'noopener noreferrer' } : {}
  return (
    <a
      {...outside}
      href={href}
      class="link"
      data-quiet={quiet || undefined}
      aria-current={current ? 'page' : undefined}
      onClick={event => onClick?.(event)}
    >
      {children}
    </a>
  )
}
