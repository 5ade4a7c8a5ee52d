// What is changed on a long page and not saved yet: how much, and the two ways out, in sight wherever the reader stands.
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { SavedAt, type SaveState } from '#client/ui/SavedAt.tsx'
import './SaveBar.css'

export type SaveBarProps = {
  /** How many changes wait; with none the bar only says how the last saving went, and nothing before the first. */
  readonly count: number
  readonly save: SaveState
  readonly onSave: () => void
  readonly onDiscard: () => void
}

/** Stands last in what it saves, and sticks to the end of the screen. */
export function SaveBar({ count, save, onSave, onDiscard }: SaveBarProps) {
  const saving = save.state === 'saving'
  if (count === 0 && save.state === 'clean') return null
  return (
    <div class="save-bar" data-waiting={count > 0 ? '' : undefined}>
      <span class="save-bar-words figures">
        {count > 0 && !saving && <span role="status">{t('ui.unsaved', { count })}</span>}
        {(count === 0 || save.state !== 'saved') && <SavedAt save={save} />}
      </span>
      {count > 0 && (
        <span class="save-bar-acts">
          <Button disabled={saving} onClick={onDiscard}>
            {t('ui.discard')}
          </Button>
          <Button kind="primary" busy={saving} onClick={onSave}>
            {t('ui.save')}
          </Button>
        </span>
      )}
    </div>
  )
}
