// What became of the writing, in one line that keeps its height: connecting, saving, saved at, offline, only to read.
import { Check, CloudOff, Eye } from 'lucide-preact'
import { clockTime } from '#client/platform/dates.ts'
import type { DocumentState } from '#client/platform/document-state.ts'
import { t } from '#client/platform/texts.ts'
import { Icon } from '#client/ui/Icon.tsx'
import { Spinner } from '#client/ui/Spinner.tsx'

export interface StateLineProps {
  readonly state: DocumentState
  readonly mayWrite: boolean
}

export function StateLine({ state, mayWrite }: StateLineProps) {
  const quiet = state.is === 'saving' || state.is === 'saved' || state.is === 'synced'
  return (
    <p class="note-state figures" data-state={state.is}>
      {state.is === 'offline' && (
        <>
          <Icon as={CloudOff} /> <span role="status">{mayWrite ? t('notes.offline') : t('notes.offlineReading')}</span>
        </>
      )}
      {state.is === 'connecting' && (
        <>
          <Spinner /> {t('notes.connecting')}
        </>
      )}
      {quiet && !mayWrite && (
        <>
          <Icon as={Eye} /> {t('notes.reading')}
        </>
      )}
      {mayWrite && state.is === 'saving' && (
        <>
          <Spinner /> {t('notes.saving')}
        </>
      )}
      {mayWrite && (state.is === 'saved' || state.is === 'synced') && (
        <>
          <Icon as={Check} />{' '}
          {state.is === 'saved' ? t('notes.savedAt', { time: clockTime(state.at) }) : t('notes.upToDate')}
        </>
      )}
    </p>
  )
}
