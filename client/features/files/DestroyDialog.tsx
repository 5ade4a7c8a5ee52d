// Deletes for good what lies in the bin: one file or folder, or all of it. Says first what is lost, because nothing brings it
// back.
import { useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Progress } from '#client/ui/Progress.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { BinContents, FileEntry } from '#protocol/files.ts'
import { destroyEntry, emptyBin, getBin, sizeWords } from './store.ts'

interface DestroyDialogProps {
  readonly courseId: string
  /** One of it; the whole bin where it is left out. */
  readonly entry?: FileEntry | undefined
  readonly onClose: () => void
  readonly onChanged: () => void
}

export function DestroyDialog({ courseId, entry, onClose, onChanged }: DestroyDialogProps) {
  const bin = useLoad(`${courseId} ${entry?.id}`, () => getBin(courseId, entry))
  const [done, setDone] = useState<number>()
  const [problem, setProblem] = useState<string>()
  const held = bin.value?.bin
  const all = held ? held.files + held.folders : 0

  const destroy = async () => {
    if (!held) return
    setProblem(undefined)
    setDone(0)
    try {
      const go = () => (entry ? destroyEntry(entry) : emptyBin(courseId, held.until ?? new Date(0).toISOString()))
      for (let left = await go(); left > 0; left = await go()) setDone(Math.max(0, all - left))
      showToast({ text: entry ? t('files.destroyed', { name: entry.name }) : t('files.binEmptied') })
      onChanged()
      onClose()
    } catch (error) {
      setDone(undefined)
      setProblem(problemWords(error))
      bin.reload()
      onChanged()
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={entry ? t('files.destroyTitle', { name: entry.name }) : t('files.emptyTitleBin')}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="danger" busy={done !== undefined} disabled={all === 0} onClick={() => void destroy()}>
            {entry ? t('files.destroy') : t('files.emptyBin')}
          </Button>
        </>
      }
    >
      <div class="stack">
        {problem !== undefined && <Banner tone="bad">{problem}</Banner>}
        {held ? (
          <Lost held={held} />
        ) : bin.problem ? (
          <ErrorState title={t('files.loadFailed')} detail={problemWords(bin.problem)} onRetry={bin.reload} />
        ) : (
          <Skeleton form="text" />
        )}
        {done !== undefined && all > 1 && (
          <Progress
            label={t('files.destroying')}
            value={done}
            max={all}
            words={t('files.destroyingOf', { done, count: all })}
          />
        )}
      </div>
    </Dialog>
  )
}

/** What is lost, in words. */
function Lost({ held }: { readonly held: BinContents }) {
  if (held.files + held.folders === 0) return <p class="muted">{t('files.binNothing')}</p>
  return (
    <Banner tone="warn" title={t('files.destroyForGood')}>
      <ul class="destroy-lost">
        {held.folders > 0 && <li>{t('files.lostFolders', { count: held.folders })}</li>}
        {held.files > 0 && <li>{t('files.lostFiles', { count: held.files, size: sizeWords(held.bytes) })}</li>}
        {held.shownIn > 0 && <li>{t('files.lostShown', { count: held.shownIn })}</li>}
      </ul>
    </Banner>
  )
}
