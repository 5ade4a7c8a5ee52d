// The end of a list: a button for the next page where it goes on, and why what was asked for did not come.
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'

export type ShowMoreProps = {
  /** Undefined where the list ends. */
  readonly onMore: (() => void) | undefined
  readonly busy: boolean
  /** Why the latest reading failed, in words. */
  readonly problem?: string | undefined
}

/** Stands below the rows; draws nothing at the end of a list that could be read. */
export function ShowMore({ onMore, busy, problem }: ShowMoreProps) {
  if (!onMore && problem === undefined) return null
  return (
    <div class="cluster">
      {onMore && (
        <Button busy={busy} onClick={onMore}>
          {t('ui.showMore')}
        </Button>
      )}
      {problem !== undefined && <span role="status">{problem}</span>}
    </div>
  )
}
