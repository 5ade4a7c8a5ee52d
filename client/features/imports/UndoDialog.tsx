// Asked before an import is taken back: how much goes, and what stays.
import { useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { FormActions } from '#client/ui/Form.tsx'
import type { SiteImport } from '#protocol/imports.ts'

interface UndoDialogProps {
  readonly one: SiteImport
  readonly onClose: () => void
  /** Begins it; does not reject. */
  readonly onUndo: () => Promise<void>
}

export function UndoDialog({ one, onClose, onUndo }: UndoDialogProps) {
  const changed = one.people.changed + one.enrolments.changed
  const [busy, setBusy] = useState(false)
  const undo = async () => {
    if (busy) return
    setBusy(true)
    await onUndo()
    onClose()
  }
  return (
    <Dialog open onClose={onClose} title={t('imports.undoSure')}>
      <div class="stack">
        <ul class="import-goes">
          {one.enrolments.made > 0 && <li>{t('imports.undoEnds', { count: one.enrolments.made })}</li>}
          {one.people.made > 0 && <li>{t('imports.undoTakes', { count: one.people.made })}</li>}
          {changed > 0 && <li>{t('imports.undoChanges', { count: changed })}</li>}
          <li>{t('imports.undoStays')}</li>
        </ul>
        <p>{t('imports.undoAgain')}</p>
        <FormActions>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="danger" busy={busy} onClick={() => void undo()}>
            {t('imports.undo')}
          </Button>
        </FormActions>
      </div>
    </Dialog>
  )
}
