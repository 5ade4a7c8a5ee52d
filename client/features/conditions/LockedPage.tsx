// In the place of a page that is locked: says so, leads to the course, and gives way by itself as soon as it opens.
import { useEffect } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { t } from '#client/platform/texts.ts'
import { ButtonLink } from '#client/ui/Button.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { useLocks } from './store.ts'

export type LockedPageProps = {
  readonly courseId: string
  /** Asks for what was locked once more. */
  readonly onRetry: () => void
}

export function LockedPage({ courseId, onRetry }: LockedPageProps) {
  const { turn } = useLocks(courseId, 'learner', 0)
  // The first two answers are none and the one that tells why it is locked.
  useEffect(() => {
    if (turn > 2) onRetry()
  }, [turn])
  return (
    <div class="stack">
      <PageHeader title={t('conditions.lockedTitle')} lead={t('conditions.lockedDetail')} />
      <div>
        <ButtonLink href={pathTo('course', { courseId })}>{t('conditions.toCourse')}</ButtonLink>
      </div>
    </div>
  )
}
