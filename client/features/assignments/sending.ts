// Files on their way into a draft in this tab, one after the other: sent piece by piece as every file is, going on by
// themselves after a break, given up at a tap. The same file picked again after a reload goes on where it was.
import { signal } from '@preact/signals'
import { cleanName, printOf } from '#client/features/files/pieces.ts'
import { type SendingState, sendInPieces } from '#client/features/files/sending.ts'
import { foundNoRoom } from '#client/features/files/store.ts'
import { request, requestOf } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { announce } from '#client/ui/LiveRegion.tsx'
import type { Takes } from '#protocol/assignments.ts'
import { fileRoutes, type UploadId, type UploadRefused } from '#protocol/files.ts'
import { type OfAssignment, startUpload } from './store.ts'
import { sizeWords } from './words.ts'

export interface Outgoing {
  readonly key: number
  readonly assignmentId: string
  readonly courseId: string
  readonly name: string
  readonly size: number
  readonly sent: number
  readonly state:
    | { readonly is: 'waiting' }
    | SendingState
    | { readonly is: 'failed'; readonly detail: string; readonly final?: boolean; readonly noRoom?: boolean }
}

interface Work {
  readonly key: number
  readonly of: OfAssignment
  readonly file: File
  readonly giveUp: AbortController
  readonly onDone: () => void
}

/** All of this tab that are not there yet. */
export const outgoing = signal<readonly Outgoing[]>([])

const queue: Work[] = []
const works = new Map<number, Work>()
let lastKey = 0
let running = false

const change = (key: number, part: Partial<Pick<Outgoing, 'sent' | 'state'>>): void => {
  outgoing.value = outgoing.peek().map(one => (one.key === key ? { ...one, ...part } : one))
}

const forget = (key: number): void => {
  works.delete(key)
  outgoing.value = outgoing.peek().filter(one => one.key !== key)
}

/** Those of one assignment that are still to come. */
export const isSending = ({ state }: Outgoing): boolean => state.is !== 'failed'

const refusals = {
  kind: () => t('assignments.refusedKind'),
  many: () => t('assignments.refusedMany'),
  over: () => t('assignments.refusedOver'),
} as const satisfies Partial<Record<UploadRefused, () => string>>

/** Why it was not taken; what is no reason of an assignment is told as another kind. */
const refusalWords = (why: UploadRefused): string =>
  (why === 'many' || why === 'over' ? refusals[why] : refusals.kind)()

/** Begins to send files; `left` says for how many there is room. */
export function sendFiles(
  of: OfAssignment,
  files: readonly File[],
  { takes, left, onDone }: { readonly takes: Takes; readonly left: number; readonly onDone: () => void },
): void {
  for (const [at, file] of files.entries()) {
    lastKey += 1
    const detail =
      file.size === 0
        ? t('assignments.fileEmpty')
        : file.size > takes.largest
          ? t('assignments.fileTooLarge', { size: sizeWords(takes.largest) })
          : at >= left
            ? t('assignments.fileMany', { count: takes.most })
            : undefined
    const state = detail === undefined ? ({ is: 'waiting' } as const) : ({ is: 'failed', detail, final: true } as const)
    const { assignmentId, courseId } = of
    const name = cleanName(file.name)
    const one: Outgoing = { key: lastKey, assignmentId, courseId, name, size: file.size, sent: 0, state }
    outgoing.value = [...outgoing.peek(), one]
    const work = { key: lastKey, of, file, giveUp: new AbortController(), onDone }
    works.set(lastKey, work)
    if (detail === undefined) queue.push(work)
  }
  void next()
}

/** Tries one again that failed. */
export function sendAgain(key: number): void {
  const work = works.get(key)
  if (!work) return
  change(key, { state: { is: 'waiting' }, sent: 0 })
  queue.push({ ...work, giveUp: new AbortController() })
  void next()
}

/** Gives one up, or takes one that failed off the list. */
export function stopSending(key: number): void {
  works.get(key)?.giveUp.abort()
  const waiting = queue.findIndex(one => one.key === key)
  if (waiting >= 0) queue.splice(waiting, 1)
  forget(key)
}

async function next(): Promise<void> {
  if (running) return
  running = true
  // A tab that is closed would break them off.
  const warn = (event: BeforeUnloadEvent) => event.preventDefault()
  addEventListener('beforeunload', warn)
  for (let work = queue.shift(); work; work = queue.shift()) {
    works.set(work.key, work)
    await run(work)
  }
  removeEventListener('beforeunload', warn)
  running = false
}

async function run({ key, of, file, giveUp, onDone }: Work): Promise<void> {
  const begun = { name: cleanName(file.name), size: file.size, print: printOf(file) }
  try {
    const sent = await sendInPieces<{ readonly received: number; readonly refused?: UploadRefused }>({
      ...{ file, stop: giveUp.signal },
      begin: async () => (await startUpload({ ...of, ...begun })).upload,
      receivedOf: async id => (await request(fileRoutes.getUpload, { uploadId: id as UploadId })).upload.received,
      url: id => requestOf(fileRoutes.append, { uploadId: id as UploadId }).url,
      onChange: (bytes, state) => change(key, { sent: bytes, ...(state ? { state } : {}) }),
    })
    if (sent.is === 'stopped') {
      if (sent.id !== undefined)
        await request(fileRoutes.cancelUpload, { uploadId: sent.id as UploadId }).catch(() => undefined)
      return
    }
    if (sent.answer.refused) {
      change(key, { state: { is: 'failed', detail: refusalWords(sent.answer.refused), final: true } })
      return
    }
    forget(key)
    announce(t('assignments.fileDone', { name: begun.name }))
    onDone()
  } catch (error) {
    change(key, { state: { is: 'failed', detail: problemWords(error), noRoom: foundNoRoom(error) } })
  }
}
