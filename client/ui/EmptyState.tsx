// What stands where a list will be: one sentence about what comes here, and the one thing to do.
import type { ComponentChildren } from 'preact'
import { Icon, type LucideIcon } from '#client/ui/Icon.tsx'
import './EmptyState.css'

export type EmptyStateProps = {
  readonly icon?: LucideIcon | undefined
  readonly title: string
  readonly children?: ComponentChildren
  readonly action?: ComponentChildren
}

/** Nothing here yet, or nothing that fits the filter. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div class="empty">
      {icon && <Icon as={icon} size={20} class="empty-icon" />}
      <p class="empty-title">{title}</p>
      {children && <p class="empty-words">{children}</p>}
      {action && <div class="empty-action">{action}</div>}
    </div>
  )
}
