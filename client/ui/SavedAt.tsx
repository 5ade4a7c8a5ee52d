// Says whether what the reader wrote is kept: "Saving", "Saved 10:32", "Not saved yet". Its place keeps its height.
import { Check, CloudOff } from 'lucide-preact'
import { clockTime } from '#client/platform/dates.ts'
import { t } from '#client/platform/texts.ts'
import { Icon } from '#client/ui/Icon.tsx'
import { Spinner } from '#client/ui/Spinner.tsx'
import './SavedAt.css'

export type SaveState =
  | { readonly state: 'clean' }
  | { readonly state: 'dirty' }
  | { readonly state: 'saving' }
  | { readonly state: 'saved'; readonly at: string }
  | { readonly state: 'failed'; readonly detail?: string | undefined }

/** The line beside a form that saves as you go. */
export function SavedAt({ save }: { readonly save: SaveState }) {
  return (
    <span class="saved-at figures" role="status" data-state={save.state}>
      {save.state === 'dirty' && t('ui.notSaved')}
      {save.state === 'saving' && (
        <>
          <Spinner /> {t('ui.saving')}
        </>
      )}
      {save.state === 'saved' && (
        <>
          <Icon as={Check} /> {t('ui.savedAt', { time: clockTime(save.at) })}
        </>
      )}
      {save.state === 'failed' && (
        <>
          <Icon as={CloudOff} /> {save.detail ?? t('ui.saveFailed')}
        </>
      )}
    </span>
  )
}
