// Chooses the folder that something goes to, by walking through the folders.
import { ArrowLeft, Folder } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import type { FileEntry } from '#protocol/files.ts'
import { listFiles, moveEntry } from './store.ts'

export interface MoveDialogProps {
  readonly entry: FileEntry
  readonly courseId: string
  readonly onClose: () => void
  readonly onChanged: () => void
}

/** Mounted while it is open. */
export function MoveDialog({ entry, courseId, onClose, onChanged }: MoveDialogProps) {
  const [at, setAt] = useState<string | null>(entry.folderId)
  const { value, problem, reload } = useLoad(at ?? 'top', () =>
    // Folders stand first: one page holds those of any course.
    listFiles({ courseId, limit: 200, ...(at === null ? {} : { folderId: at }) }),
  )
  const folders = value?.items.filter(one => one.kind === 'folder' && one.id !== entry.id) ?? []
  const here = value?.path.at(-1)
  const name = here?.name ?? t('files.title')
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
            disabled={at === entry.folderId || !value}
            onClick={() => void moveEntry(entry, { id: at, name }, onChanged).then(done => done && onClose())}
          >
            {t('files.moveHere', { name })}
          </Button>
        </>
      }
    >
      {!value && problem && (
        <ErrorState title={t('files.loadFailed')} detail={problemWords(problem)} onRetry={reload} />
      )}
      {!value && !problem && <Skeleton form="rows" />}
      {here && (
        <Button kind="quiet" icon={ArrowLeft} onClick={() => setAt(value?.path.at(-2)?.id ?? null)}>
          {value?.path.at(-2)?.name ?? t('files.title')}
        </Button>
      )}
      {value && folders.length === 0 && <p class="muted">{t('files.noFolders')}</p>}
      {folders.length > 0 && (
        <List label={name}>
          {folders.map(one => (
            <Row key={one.id} start={<Icon as={Folder} size={20} />} title={one.name} onPress={() => setAt(one.id)} />
          ))}
        </List>
      )}
    </Dialog>
  )
}
