// One folder or file of the list, with what can be done about it.
import { Download, FolderInput, ListPlus, Pencil, Trash2, Undo2 } from 'lucide-preact'
import { pathTo } from '#client/app/paths.ts'
import { t } from '#client/platform/texts.ts'
import { Icon } from '#client/ui/Icon.tsx'
import { Row } from '#client/ui/List.tsx'
import { Menu, type MenuItem } from '#client/ui/Menu.tsx'
import { Time } from '#client/ui/Time.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { FileEntry } from '#protocol/files.ts'
import { entryIcon } from './icons.ts'
import { attempt, contentUrl, formWord, placeFile, placeFolder, removeEntry, restoreEntry, sizeWords } from './store.ts'

export interface EntryRowProps {
  readonly entry: FileEntry
  readonly courseId: string
  readonly onChanged: () => void
  readonly onRename: () => void
  readonly onMove: () => void
  readonly onDestroy: () => void
}

/** Has the browser save a file under its name. */
export function download(fileId: string, number?: number): void {
  const link = document.createElement('a')
  link.href = contentUrl(fileId, 'attachment', number)
  link.download = ''
  link.click()
}

/** Puts a file or folder above all modules, as a draft, and says where it went. */
export async function place({ kind, id, name }: FileEntry): Promise<void> {
  const put = () => (kind === 'file' ? placeFile({ fileId: id }) : placeFolder({ folderId: id }))
  if (await attempt(put)) showToast({ text: t('files.placed', { name }) })
}

function itemsOf({ entry, onChanged, onRename, onMove, onDestroy }: EntryRowProps): readonly MenuItem[] {
  if (entry.removedAt !== null) {
    const restore: MenuItem = {
      label: t('files.restore'),
      icon: Undo2,
      onSelect: () => void restoreEntry(entry).then(onChanged),
    }
    return [restore, 'line', { label: t('files.destroyAct'), icon: Trash2, kind: 'danger', onSelect: onDestroy }]
  }
  const save: MenuItem = { label: t('files.download'), icon: Download, onSelect: () => download(entry.id) }
  return [
    ...(entry.kind === 'file' ? [save] : []),
    { label: t('files.place'), icon: ListPlus, onSelect: () => void place(entry) },
    'line',
    { label: t('files.renameAct'), icon: Pencil, onSelect: onRename },
    { label: t('files.move'), icon: FolderInput, onSelect: onMove },
    'line',
    { label: t('files.remove'), icon: Trash2, onSelect: () => void removeEntry(entry, onChanged) },
  ]
}

export function EntryRow(props: EntryRowProps) {
  const { entry, courseId } = props
  const gone = entry.removedAt
  const href =
    gone !== null
      ? undefined
      : entry.kind === 'folder'
        ? pathTo('files', { courseId }, { folder: entry.id })
        : pathTo('file', { courseId, fileId: entry.id })
  return (
    <Row
      href={href}
      start={<Icon as={entryIcon(entry)} size={20} />}
      title={<span class="files-name">{entry.name}</span>}
      detail={
        <>
          {entry.kind === 'file' ? `${formWord(entry.form)} · ${sizeWords(entry.size)} · ` : `${t('files.folder')} · `}
          <Time at={gone ?? entry.changedAt} />
        </>
      }
      end={<Menu label={t('files.menu', { name: entry.name })} items={itemsOf(props)} />}
    />
  )
}
