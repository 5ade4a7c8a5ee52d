// Puts a folder of the course's files into a module: one that is there, or a new one.
import { FolderPlus } from 'lucide-preact'
import { useState } from 'preact/hooks'
import type { ItemAdderProps } from '#client/features/courses/registry.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox } from '#client/ui/Choice.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { FolderWalk, useLevel } from './FolderWalk.tsx'
import { NameDialog } from './NameDialog.tsx'
import { attempt, createFolder, placeFolder } from './store.ts'

/** Mounted while it is open. */
export function NewFolderDialog({ courseId, moduleId, onClose }: ItemAdderProps) {
  const [at, setAt] = useState<string | null>(null)
  const [published, setPublished] = useState(false)
  const [naming, setNaming] = useState(false)
  const [busy, setBusy] = useState(false)
  const level = useLevel(courseId, at)
  const here = level.value?.path.at(-1)
  const add = async (folderId: string) => {
    setBusy(true)
    const done = await attempt(() => placeFolder({ folderId, moduleId, published } as never))
    setBusy(false)
    if (done) onClose()
  }
  if (naming)
    return (
      <NameDialog
        heading={t('files.newFolder')}
        verb={t('files.createFolder')}
        label={t('files.folderName')}
        name=""
        onClose={() => setNaming(false)}
        onName={async name => {
          const { folder } = await createFolder({ courseId, folderId: at as never, name })
          setAt(folder.id)
        }}
      />
    )
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('files.addFolder')}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" busy={busy} disabled={!here} onClick={() => here && void add(here.id)}>
            {here ? t('files.addFolderOf', { name: here.name }) : t('files.addFolder')}
          </Button>
        </>
      }
    >
      <div class="stack">
        <p class="muted">{t('files.addFolderLead')}</p>
        <FolderWalk level={level} onAt={setAt} />
        <div>
          <Button kind="quiet" icon={FolderPlus} onClick={() => setNaming(true)}>
            {t('files.newFolder')}
          </Button>
        </div>
        <Checkbox label={t('files.publishFolder')} checked={published} onChecked={setPublished} name="published" />
      </div>
    </Dialog>
  )
}
