// Puts files into a module: brought from this device, each placed as soon as it is there.
import { Mic } from 'lucide-preact'
import { useState } from 'preact/hooks'
import type { ItemAdderProps } from '#client/features/courses/registry.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox } from '#client/ui/Choice.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { DropPlace, PickFiles } from './PickFiles.tsx'
import { RecordDialog } from './RecordDialog.tsx'
import { attempt, placeFile } from './store.ts'
import { uploadFiles } from './uploads.ts'

export function NewFileDialog({ courseId, moduleId, onClose }: ItemAdderProps) {
  const [published, setPublished] = useState(false)
  const [recording, setRecording] = useState(false)
  const take = (files: readonly File[]) => {
    uploadFiles(files, {
      courseId,
      onDone: file => void attempt(() => placeFile({ fileId: file.id, moduleId: moduleId as never, published })),
    })
    onClose()
  }
  if (recording) return <RecordDialog onClose={onClose} onFile={file => take([file])} />
  return (
    <Dialog open onClose={onClose} title={t('files.newFiles')}>
      <DropPlace onFiles={take}>
        <div class="stack new-files">
          <p class="muted">{t('files.newFilesLead')}</p>
          <Checkbox label={t('files.publishAtOnce')} checked={published} onChecked={setPublished} name="published" />
          <div class="cluster">
            <PickFiles kind="primary" label={t('files.choose')} onFiles={take} />
            <Button icon={Mic} onClick={() => setRecording(true)}>
              {t('files.record')}
            </Button>
          </div>
        </div>
      </DropPlace>
    </Dialog>
  )
}
