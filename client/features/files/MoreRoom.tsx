// Below an upload that found no room: hears when the course gets more, says so and sends again at a tap.
import { useEffect, useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { Button } from '#client/ui/Button.tsx'
import { fileRoomScope } from '#protocol/files.ts'
import { sizeWords } from './store.ts'

interface MoreRoomProps {
  readonly courseId: string
  readonly onRetry: () => void
}

/** Mounted while an upload waits for room. */
export function MoreRoom({ courseId, onRetry }: MoreRoomProps) {
  const limit = useScope(fileRoomScope, courseId).state.value?.limit
  const [refusedAt, setRefusedAt] = useState<number | undefined>(undefined)
  useEffect(() => setRefusedAt(before => before ?? limit), [limit])
  const roomier = limit !== undefined && refusedAt !== undefined && limit > refusedAt
  return (
    <div role="status">
      {roomier && (
        <p class="cluster">
          <span>{t('files.moreRoom', { limit: sizeWords(limit) })}</span>
          <Button onClick={onRetry}>{t('files.sendNow')}</Button>
        </p>
      )}
    </div>
  )
}
