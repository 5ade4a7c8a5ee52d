// Uploads on their way in this tab, two at a time: sent piece by piece, going on by themselves after a break, given up at a
// tap. What has come stays on the server; the same file picked again after a reload goes on where it was.
import { computed, signal } from '@preact/signals'
import { request, requestOf } from '#client/platform/call.ts'
import { newOperationId } from '#client/platform/operation-id.ts'
import { ClientProblem, problemIn } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { announce } from '#client/ui/LiveRegion.tsx'
import { bytesType } from '#protocol/base/call.ts'
import { type File as CourseFile, fileRoutes, largestPiece, type UploadId } from '#protocol/files.ts'
import { afterBreak, afterSuccess, cleanName, firstPiece, pauseAfter, printOf } from './pieces.ts'

export type TransferState =
  | { readonly is: 'waiting' }
  /** Bytes a second over the last pieces; 0 before the first. */
  | { readonly is: 'sending'; readonly speed: number }
  /** Nothing came through; tried again by itself. */
  | { readonly is: 'broken' }
  | { readonly is: 'done'; readonly file: CourseFile }
  | { readonly is: 'failed'; readonly detail: string }

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

const wait = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    const done = () => {
      clearTimeout(timer)
      removeEventListener('online', done)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    addEventListener('online', done)
    signal.addEventListener('abort', done)
  })

async function run({ key, file, target, giveUp }: Work): Promise<void> {
  const { signal: stop } = giveUp
  let uploadId: UploadId | undefined
  let offset = 0
  let size = firstPiece
  let failures = 0
  while (!stop.aborted) {
    try {
      if (!uploadId) {
        const { courseId, folderId = null, fileId } = target
        const input = { courseId, folderId, fileId, name: cleanName(file.name), size: file.size, print: printOf(file) }
        const { upload } = await request(fileRoutes.startUpload, input)
        uploadId = upload.id
        offset = upload.received
      }
      const began = performance.now()
      const from = offset
      const speed = () => ((offset - from) * 1000) / Math.max(1, performance.now() - began)
      change(key, { sent: offset, state: { is: 'sending', speed: 0 } })
      const answer = await sendPiece(uploadId, offset, file.slice(offset, offset + size), stop, sent =>
        change(key, { sent: from + sent }),
      )
      offset = answer.received
      failures = 0
      change(key, { sent: offset, state: { is: 'sending', speed: speed() } })
      size = afterSuccess(size, performance.now() - began, largestPiece)
      if (answer.file) {
        change(key, { state: { is: 'done', file: answer.file } })
        announce(t('files.doneOne', { name: answer.file.name }))
        target.onDone?.(answer.file)
        return
      }
    } catch (error) {
      if (stop.aborted) break
      const problem = error instanceof ClientProblem ? error : new ClientProblem('internal')
      if (problem.code === 'wrong-offset' && typeof problem.params.received === 'number') {
        offset = problem.params.received
      } else if (problem.code === 'upload-gone' && failures < 3) {
        uploadId = undefined
        failures += 1
      } else if (problem.passing) {
        size = afterBreak(size)
        change(key, { sent: offset, state: { is: 'broken' } })
        await wait(problem.retryAfter * 1000 || pauseAfter(failures), stop)
        failures += 1
        // The piece may have come through although its answer did not.
        offset = await receivedOf(uploadId, offset)
      } else {
        change(key, { state: { is: 'failed', detail: problemWords(problem) } })
        return
      }
    }
  }
  if (uploadId) await request(fileRoutes.cancelUpload, { uploadId }).catch(() => undefined)
}

async function receivedOf(uploadId: UploadId | undefined, otherwise: number): Promise<number> {
  if (!uploadId) return otherwise
  return request(fileRoutes.getUpload, { uploadId }).then(
    ({ upload }) => upload.received,
    () => otherwise,
  )
}

interface Answer {
  readonly received: number
  readonly file: CourseFile | null
}

/** By XMLHttpRequest: `fetch` does not say how much of a body has left. */
function sendPiece(
  uploadId: UploadId,
  offset: number,
  piece: Blob,
  stop: AbortSignal,
  onSent: (bytes: number) => void,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const send = new XMLHttpRequest()
    const abort = () => send.abort()
    const { url } = requestOf(fileRoutes.append, { uploadId })
    send.open('PATCH', `${url}?offset=${offset}`)
    send.setRequestHeader('content-type', bytesType)
    send.setRequestHeader('idempotency-key', newOperationId())
    send.responseType = 'json'
    send.timeout = 120_000
    send.upload.onprogress = event => onSent(event.loaded)
    send.onload = () => {
      const { status, response } = send
      if (status === 200 && response) resolve(response as Answer)
      else reject(status >= 500 && !response?.code ? new ClientProblem('busy') : problemIn(response))
    }
    send.onerror = send.ontimeout = send.onabort = () => reject(new ClientProblem('offline'))
    send.onloadend = () => stop.removeEventListener('abort', abort)
    stop.addEventListener('abort', abort)
    send.send(piece)
  })
}
