// What stands where something could not be loaded: what happened, and trying again.

import { CircleAlert, RotateCw } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import './EmptyState.css'

export type ErrorStateProps = {
  readonly title: string
  readonly detail?: string | undefined
  /** Stands for the whole page: the title becomes its h1. */
  readonly page?: boolean | undefined
  /** Shown small, for a report to support. */
  readonly requestId?: string | undefined
  readonly onRetry?: (() => void) | undefined
  /** Instead of, or beside, trying again. */
  readonly action?: ComponentChildren
}

/** A Problem in place of the content. */
export function ErrorState({ title, detail, page = false, requestId, onRetry, action }: ErrorStateProps) {
  return (
    <div class="empty" role="alert">
      <Icon as={CircleAlert} size={20} class="empty-icon" />
      {page ? (
        <h1 class="empty-title" tabIndex={-1}>
          {title}
        </h1>
      ) : (
        <p class="empty-title">{title}</p>
      )}
      {detail && <p class="empty-words">{detail}</p>}
      {requestId && (
        <p class="empty-words">
          <code>{requestId}</code>
        </p>
      )}
      {(onRetry || action) && (
        <div class="empty-action cluster">
          {onRetry && (
            <Button icon={RotateCw} onClick={onRetry}>
              {t('ui.retry')}
            </Button>
          )}
          {action}
        </div>
      )}
    </div>
  )
}
