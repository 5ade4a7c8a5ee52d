// Chooses the folder that something goes to, by walking through the folders.
import { useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import type { FileEntry } from '#protocol/files.ts'
import { FolderWalk, useLevel } from './FolderWalk.tsx'
import { moveEntry } from './store.ts'

export interface MoveDialogProps {
  readonly entry: FileEntry
  readonly courseId: string
  readonly onClose: () => void
  readonly onChanged: () => void
}

/** Mounted while it is open. */
export function MoveDialog({ entry, courseId, onClose, onChanged }: MoveDialogProps) {
  const [at, setAt] = useState<string | null>(entry.folderId)
  const level = useLevel(courseId, at)
  const name = level.value?.path.at(-1)?.name ?? t('files.title')
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('files.moveOne', { name: entry.name })}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button
            kind="primary"
            disabled={at === entry.folderId || !level.value}
            onClick={() => void moveEntry(entry, { id: at, name }, onChanged).then(done => done && onClose())}
          >
            {t('files.moveHere', { name })}
          </Button>
        </>
      }
    >
      <FolderWalk level={level} onAt={setAt} except={entry.id} />
    </Dialog>
  )
}
