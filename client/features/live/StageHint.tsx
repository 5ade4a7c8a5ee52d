// What a host who never did it is told: that the class has a screen for the projector, and how to open it.
import { MonitorUp } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { t } from '#client/platform/texts.ts'
import { Icon } from '#client/ui/Icon.tsx'
import './StageHint.css'

const key = 'lectern-stage-opened'

function opened(): boolean {
  try {
    return localStorage.getItem(key) !== null
  } catch {
    return true
  }
}

/** Remembers on this device that the stage was opened from here. */
export function noteStageOpened(): void {
  try {
    localStorage.setItem(key, '1')
  } catch {
    // A browser that keeps nothing shows no hint either.
  }
}

/** Gone for good on this device once the stage was opened from it. */
export function StageHint({ runId }: { readonly runId: string }) {
  const [shown, setShown] = useState(() => !opened())
  if (!shown) return null
  return (
    <div class="stage-hint">
      <p>{t('live.stageHint')}</p>
      <a
        class="button"
        data-kind="plain"
        data-size="medium"
        href={pathTo('stage', { runId })}
        target="lectern-stage"
        onClick={() => {
          noteStageOpened()
          setShown(false)
        }}
      >
        <span class="button-content">
          <Icon as={MonitorUp} />
          {t('live.openStage')}
        </span>
      </a>
    </div>
  )
}
