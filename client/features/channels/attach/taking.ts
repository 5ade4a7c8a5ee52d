// Files that come in by pasting or dropping: taken where the reader may send them, and never lost without a word.
import { t } from '#client/platform/texts.ts'
import { showToast } from '#client/ui/Toast.tsx'
import type { Attach } from './attaching.ts'

/** Takes files, or says that none are taken here. */
export function takeFiles(files: readonly File[], attach: Attach | undefined): void {
  if (attach?.may) attach.attaching.add(files)
  else if (files.length > 0) showToast({ text: t('channels.noFilesHere'), tone: 'bad' })
}

/** Takes pictures and files that are pasted; words go their own way. */
export function takePasted(event: ClipboardEvent, attach: Attach | undefined): void {
  const files = [...(event.clipboardData?.files ?? [])]
  // What an office program copies is words with a picture of them.
  if (files.length === 0 || event.clipboardData?.types.includes('text/plain')) return
  event.preventDefault()
  takeFiles(files, attach)
}
