// The versions of a file, the newest first: saved, or made to hold again. None of them is lost by that.
import { Download, RotateCcw } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Dialog } from '#client/ui/Dialog.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { File } from '#protocol/files.ts'
import { download } from './EntryRow.tsx'
import { attempt, listVersions, restoreVersion, sizeWords } from './store.ts'

export interface VersionsDialogProps {
  readonly file: File
  readonly onClose: () => void
  readonly onChanged: () => void
  readonly upload: ComponentChildren
}

/** Mounted while it is open. */
export function VersionsDialog({ file, onClose, onChanged, upload }: VersionsDialogProps) {
  const { value, problem, reload } = useLoad(`${file.id} ${file.number}`, () => listVersions(file.id))
  const restore = async (number: number) => {
    if (!(await attempt(() => restoreVersion(file.id, number)))) return
    onChanged()
    onClose()
    showToast({
      text: t('files.versionRestored', { number }),
      onUndo: () => void attempt(() => restoreVersion(file.id, file.number)).then(onChanged),
    })
  }
  return (
    <Dialog open onClose={onClose} title={t('files.versions')} actions={upload}>
      {!value && problem && (
        <ErrorState title={t('files.loadFailed')} detail={problemWords(problem)} onRetry={reload} />
      )}
      {!value && !problem && <Skeleton form="rows" />}
      {value && (
        <List label={t('files.versions')}>
          {value.items.map(one => (
            <Row
              key={one.number}
              title={
                one.number === file.number
                  ? t('files.versionHolds', { number: one.number })
                  : t('files.version', { number: one.number })
              }
              detail={
                <>
                  {one.by && `${one.by} · `}
                  {sizeWords(one.size)} · <Time at={one.at} />
                </>
              }
              end={
                <>
                  <IconButton
                    icon={Download}
                    label={t('files.downloadVersion', { number: one.number })}
                    onClick={() => download(file.id, one.number)}
                  />
                  {one.number !== file.number && (
                    <IconButton
                      icon={RotateCcw}
                      label={t('files.restoreVersion', { number: one.number })}
                      onClick={() => void restore(one.number)}
                    />
                  )}
                </>
              }
            />
          ))}
        </List>
      )}
    </Dialog>
  )
}
