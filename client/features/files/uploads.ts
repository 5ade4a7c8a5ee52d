// Uploads on their way in this tab, two at a time: sent piece by piece, going on by themselves after a break, given up at a
// tap. What has come stays on the server; the same file picked again after a reload goes on where it was.
import { computed, signal } from '@preact/signals'
import { request, requestOf } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { announce } from '#client/ui/LiveRegion.tsx'
import { type File as CourseFile, fileRoutes, type UploadId } from '#protocol/files.ts'
import { cleanName, printOf } from './pieces.ts'
import { type SendingState, sendInPieces } from './sending.ts'
import { foundNoRoom } from './store.ts'

export type TransferState =
  | { readonly is: 'waiting' }
  | SendingState
  | { readonly is: 'done'; readonly file: CourseFile }
  | { readonly is: 'failed'; readonly detail: string; readonly noRoom?: boolean }

export interface Transfer {
  readonly key: number
  readonly name: string
  readonly size: number
  readonly courseId: string
  readonly sent: number
  readonly state: TransferState
}

export interface Target {
  readonly courseId: string
  readonly folderId?: string | null
  /** A new version of this file. */
  readonly fileId?: string
  readonly onDone?: (file: CourseFile) => void
}

interface Work {
  readonly key: number
  readonly file: File
  readonly target: Target
  readonly giveUp: AbortController
}

const transfers = signal<readonly Transfer[]>([])
const works = new Map<number, Work>()
const atOnce = 2
let lastKey = 0
let running = 0
const queue: Work[] = []

/** Every upload of this tab, the newest last. */
export const allTransfers = computed(() => transfers.value)
const over = (one: Transfer) => one.state.is === 'done' || one.state.is === 'failed'
/** Those that are not over. */
export const openTransfers = computed(() => transfers.value.filter(one => !over(one)))

function change(key: number, part: Partial<Pick<Transfer, 'sent' | 'state'>>): void {
  transfers.value = transfers.peek().map(one => (one.key === key ? { ...one, ...part } : one))
}

const forget = (key: number) => {
  works.delete(key)
  transfers.value = transfers.peek().filter(one => one.key !== key)
}

// A tab that is closed would break them off.
const warn = (event: BeforeUnloadEvent) => event.preventDefault()

function watchTab(): void {
  if (openTransfers.peek().length > 0) addEventListener('beforeunload', warn)
  else removeEventListener('beforeunload', warn)
}

/** Begins to upload files. */
export function uploadFiles(files: readonly File[], target: Target): void {
  for (const file of files) {
    lastKey += 1
    const work: Work = { key: lastKey, file, target, giveUp: new AbortController() }
    works.set(work.key, work)
    const empty = file.size === 0
    const state: TransferState = empty ? { is: 'failed', detail: t('files.empty') } : { is: 'waiting' }
    const { courseId } = target
    transfers.value = [
      ...transfers.peek(),
      { key: work.key, name: cleanName(file.name), size: file.size, courseId, sent: 0, state },
    ]
    if (!empty) queue.push(work)
  }
  next()
}

/** Tries one again that failed. */
export function retryUpload(key: number): void {
  const work = works.get(key)
  if (!work) return
  change(key, { state: { is: 'waiting' } })
  queue.push({ ...work, giveUp: new AbortController() })
  next()
}

/** Gives one up, or takes one that is over off the list. */
export function dropUpload(key: number): void {
  works.get(key)?.giveUp.abort()
  const waiting = queue.findIndex(one => one.key === key)
  if (waiting >= 0) queue.splice(waiting, 1)
  forget(key)
  watchTab()
}

/** Takes everything that is over off the list. */
export function clearUploads(): void {
  for (const one of transfers.peek().filter(over)) forget(one.key)
}

function next(): void {
  watchTab()
  while (running < atOnce && queue.length > 0) {
    const work = queue.shift()
    if (!work) return
    works.set(work.key, work)
    running += 1
    void run(work).finally(() => {
      running -= 1
      next()
    })
  }
}

async function run({ key, file, target, giveUp }: Work): Promise<void> {
  const { courseId, folderId = null, fileId } = target
  const input = { courseId, folderId, fileId, name: cleanName(file.name), size: file.size, print: printOf(file) }
  try {
    const sent = await sendInPieces<{ readonly received: number; readonly file: CourseFile | null }>({
      ...{ file, stop: giveUp.signal },
      begin: async () => (await request(fileRoutes.startUpload, input)).upload,
      receivedOf: async id => (await request(fileRoutes.getUpload, { uploadId: id as UploadId })).upload.received,
      url: id => requestOf(fileRoutes.append, { uploadId: id as UploadId }).url,
      onChange: (sent, state) => change(key, { sent, ...(state ? { state } : {}) }),
    })
    if (sent.is === 'stopped') {
      const { id } = sent
      if (id !== undefined) await request(fileRoutes.cancelUpload, { uploadId: id as UploadId }).catch(() => undefined)
    } else if (sent.answer.file) {
      change(key, { state: { is: 'done', file: sent.answer.file } })
      announce(t('files.doneOne', { name: sent.answer.file.name }))
      target.onDone?.(sent.answer.file)
    }
  } catch (error) {
    change(key, { state: { is: 'failed', detail: problemWords(error), noRoom: foundNoRoom(error) } })
  }
}
