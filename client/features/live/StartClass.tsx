// The button of a course that starts a class; its dialog is brought when it is opened.
import { Radio } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { broughtDialog } from '#client/app/brought.tsx'
import type { CourseActionProps } from '#client/features/courses/registry.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'

export const StartDialog = broughtDialog(async () => (await import('./StartDialog.tsx')).StartDialog)

/** The course's button and its dialog. */
export function StartClass({ courseId, live }: CourseActionProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button kind={live ? 'plain' : 'primary'} icon={Radio} onClick={() => setOpen(true)}>
        {t('live.startClass')}
      </Button>
      {open && <StartDialog courseId={courseId} onClose={() => setOpen(false)} />}
    </>
  )
}
