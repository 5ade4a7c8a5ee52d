// What a host who never did it is told: that the class has a screen for the projector, and how to open it.
import { signal } from '@preact/signals'
import { MonitorUp, X } from 'lucide-preact'
import { pathTo } from '#client/app/paths.ts'
import { t } from '#client/platform/texts.ts'
import { Icon } from '#client/ui/Icon.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import './StageHint.css'

const key = 'lectern-stage-opened'

function opened(): boolean {
  try {
    return localStorage.getItem(key) !== null
  } catch {
    return true
  }
}

const known = signal(opened())

// The stage in another window of this device says it here too.
addEventListener('storage', event => {
  if (event.key === key) known.value = opened()
})

/** Remembers on this device that there is a stage: it was opened here, or the hint was sent away. */
export function noteStageOpened(): void {
  known.value = true
  try {
    localStorage.setItem(key, '1')
  } catch {
    // A browser that keeps nothing shows no hint either.
  }
}

/** Gone for good on this device once a stage was opened on it, or the hint was sent away. */
export function StageHint({ runId }: { readonly runId: string }) {
  if (known.value) return null
  return (
    <div class="stage-hint">
      <p>{t('live.stageHint')}</p>
      <div class="stage-hint-acts">
        <a
          class="button"
          data-kind="plain"
          data-size="medium"
          href={pathTo('stage', { runId })}
          target="lectern-stage"
          onClick={noteStageOpened}
        >
          <span class="button-content">
            <Icon as={MonitorUp} />
            {t('live.openStage')}
          </span>
        </a>
        <IconButton icon={X} label={t('live.stageHintAway')} onClick={noteStageOpened} />
      </div>
    </div>
  )
}
