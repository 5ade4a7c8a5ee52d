// Words for screen readers only. Never put a control in here.
import type { ComponentChildren } from 'preact'
import './VisuallyHidden.css'

/** Text that is read out and not shown. */
export function VisuallyHidden({ children, id }: { readonly children: ComponentChildren; readonly id?: string }) {
  return (
    <span class="visually-hidden" {...(id === undefined ? {} : { id })}>
      {children}
    </span>
  )
}
