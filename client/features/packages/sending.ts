// A package on its way in this tab, at most one for each package: sent piece by piece as every file is, going on by itself after
// a break, given up at a tap. Why it was not taken stays until it is read.
import { signal } from '@preact/signals'
import { cleanName, printOf } from '#client/features/files/pieces.ts'
import { type SendingState, sendInPieces } from '#client/features/files/sending.ts'
import { sizeWords } from '#client/features/files/store.ts'
import { request, requestOf } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { announce } from '#client/ui/LiveRegion.tsx'
import { fileRoutes, type UploadId, type UploadRefused } from '#protocol/files.ts'
import { largestPackage } from '#protocol/packages/limits.ts'
import { type OfPackage, startUpload } from './store.ts'
import { refusalWords } from './words.ts'

export interface Incoming {
  readonly name: string
  readonly size: number
  readonly sent: number
  readonly state:
    | SendingState
    | { readonly is: 'failed'; readonly detail: string }
    | { readonly is: 'refused'; readonly detail: string }
}

interface Work {
  readonly of: OfPackage
  readonly file: File
  readonly giveUp: AbortController
  readonly onDone: () => void
}

/** Those of this tab, by the package they are for. */
export const incoming = signal<ReadonlyMap<string, Incoming>>(new Map())

const works = new Map<string, Work>()

const set = (packageId: string, to: Incoming | undefined): void => {
  const next = new Map(incoming.peek())
  if (to) next.set(packageId, to)
  else next.delete(packageId)
  incoming.value = next
}

const change = (packageId: string, part: Partial<Incoming>): void => {
  const now = incoming.peek().get(packageId)
  if (now) set(packageId, { ...now, ...part })
}

/** Whether one of them would be broken off by leaving. */
const isOnTheWay = ({ state }: Incoming): boolean => state.is === 'sending' || state.is === 'broken'

const warn = (event: BeforeUnloadEvent): void => {
  if ([...incoming.peek().values()].some(isOnTheWay)) event.preventDefault()
}
if (typeof window !== 'undefined') addEventListener('beforeunload', warn)

/** What is wrong with a file before any of it is sent; undefined for nothing. */
export function unfit(file: File): string | undefined {
  if (file.size === 0) return t('packages.fileEmpty')
  return file.size > largestPackage ? t('packages.fileTooLarge', { size: sizeWords(largestPackage) }) : undefined
}

/** Begins to send a package, in place of one that is on its way. */
export function sendPackage(of: OfPackage, file: File, onDone: () => void): void {
  works.get(of.packageId)?.giveUp.abort()
  const work = { of, file, giveUp: new AbortController(), onDone }
  const wrong = unfit(file)
  const state =
    wrong === undefined ? ({ is: 'sending', speed: 0 } as const) : ({ is: 'refused', detail: wrong } as const)
  set(of.packageId, { name: cleanName(file.name), size: file.size, sent: 0, state })
  if (wrong !== undefined) return
  works.set(of.packageId, work)
  void run(work)
}

/** Tries one again that failed. */
export function sendAgain(packageId: string): void {
  const work = works.get(packageId)
  if (work) sendPackage(work.of, work.file, work.onDone)
}

/** Gives one up, or takes what became of it off the page. */
export function stopSending(packageId: string): void {
  works.get(packageId)?.giveUp.abort()
  works.delete(packageId)
  set(packageId, undefined)
}

interface Answer {
  readonly received: number
  readonly refused?: UploadRefused
  readonly refusedAt?: string
}

async function run({ of, file, giveUp, onDone }: Work): Promise<void> {
  const { packageId } = of
  const begun = { name: cleanName(file.name), size: file.size, print: printOf(file) }
  try {
    const sent = await sendInPieces<Answer>({
      ...{ file, stop: giveUp.signal },
      begin: async () => (await startUpload({ ...of, ...begun })).upload,
      receivedOf: async id => (await request(fileRoutes.getUpload, { uploadId: id as UploadId })).upload.received,
      url: id => requestOf(fileRoutes.append, { uploadId: id as UploadId }).url,
      onChange: (bytes, state) => {
        if (!giveUp.signal.aborted) change(packageId, { sent: bytes, ...(state ? { state } : {}) })
      },
    })
    if (sent.is === 'stopped') {
      if (sent.id !== undefined)
        await request(fileRoutes.cancelUpload, { uploadId: sent.id as UploadId }).catch(() => undefined)
      return
    }
    const { refused, refusedAt } = sent.answer
    if (refused) return change(packageId, { state: { is: 'refused', detail: refusalWords(refused, refusedAt) } })
    works.delete(packageId)
    set(packageId, undefined)
    announce(t('packages.brought', { name: begun.name }))
    onDone()
  } catch (error) {
    if (!giveUp.signal.aborted) change(packageId, { state: { is: 'failed', detail: problemWords(error) } })
  }
}
