// The end of a list that goes on: a button for the next page, and why it did not come.
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'

export type ShowMoreProps = {
  /** Undefined where the list ends. */
  readonly onMore: (() => void) | undefined
  readonly busy: boolean
  /** Why the page before was not read, in words. */
  readonly problem?: string | undefined
}

/** Stands below the rows; draws nothing at the end of the list. */
export function ShowMore({ onMore, busy, problem }: ShowMoreProps) {
  if (!onMore) return null
  return (
    <div class="cluster">
      <Button busy={busy} onClick={onMore}>
        {t('ui.showMore')}
      </Button>
      {problem !== undefined && <span role="status">{problem}</span>}
    </div>
  )
}
