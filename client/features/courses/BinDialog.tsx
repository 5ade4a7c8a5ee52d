// Asks before a course goes into the bin: everybody who has it open loses it at once.
import { useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import type { Course } from '#protocol/courses.ts'
import { removeCourse } from './life.ts'

interface BinDialogProps {
  readonly course: Course
  readonly onClose: () => void
  readonly onDone: () => void
}

export function BinDialog({ course, onClose, onDone }: BinDialogProps) {
  const [busy, setBusy] = useState(false)
  const remove = async () => {
    if (busy) return
    setBusy(true)
    if (await removeCourse(course)) onDone()
    else setBusy(false)
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('courses.binSure', { title: course.title })}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="danger" busy={busy} onClick={() => void remove()}>
            {t('courses.toBinAct')}
          </Button>
        </>
      }
    >
      <div class="stack">
        <p>{t('courses.binSureLead')}</p>
        <p>{t('courses.binSureKept')}</p>
      </div>
    </Dialog>
  )
}
