// Files on their way into a message that is being written: brought piece by piece as soon as they are chosen, two at a
// time, kept by the place they are written in until the message is sent. A file needs a connection; without one it waits here and
// goes on by itself.
import { type ReadonlySignal, signal } from '@preact/signals'
import { useEffect, useRef, useState } from 'preact/hooks'
import { useMyCourses } from '#client/features/courses/mine.ts'
import { cleanName, printOf } from '#client/features/files/pieces.ts'
import { type SendingState, sendInPieces } from '#client/features/files/sending.ts'
import { sizeWords } from '#client/features/files/store.ts'
import { request, requestOf } from '#client/platform/call.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { announce } from '#client/ui/LiveRegion.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { attachmentRoutes } from '#protocol/channels/attachment-routes.ts'
import { type AttachmentId, largestAttachment, mostAttachments } from '#protocol/channels/attachments.ts'
import type { ChannelId } from '#protocol/channels.ts'
import { type FileForm, fileRoutes, type UploadId } from '#protocol/files.ts'

export type AttachedState =
  | { readonly is: 'waiting' }
  | SendingState
  | { readonly is: 'done'; readonly id: AttachmentId }
  /** `again`: another try may mend it. */
  | { readonly is: 'failed'; readonly detail: string; readonly again: boolean }

/** A file that was chosen for a message. */
export interface Attached {
  readonly key: number
  readonly name: string
  /** What it seems to be, until its content says. */
  readonly form: FileForm
  readonly size: number
  readonly sent: number
  /** Where a picture is shown from, on this device. */
  readonly preview: string | undefined
  readonly state: AttachedState
}

export interface Attaching {
  readonly items: ReadonlySignal<readonly Attached[]>
  /** Whether all of them are there, to be sent. */
  readonly ready: () => boolean
  add(files: readonly File[]): void
  retry(key: number): void
  /** Gives one up, wherever it is. */
  drop(key: number): void
  /** Hands over what is there for a message that is sent now, in order. */
  take(): AttachmentId[]
  /** Puts them back: the message was refused. */
  giveBack(ids: readonly AttachmentId[]): void
}

interface Work {
  readonly file: File
  giveUp: AbortController
  id: string | undefined
}

const atOnce = 2
let running = 0
const queue: (() => Promise<void>)[] = []

function next(): void {
  while (running < atOnce) {
    const work = queue.shift()
    if (!work) return
    running += 1
    void work().finally(() => {
      running -= 1
      next()
    })
  }
}

const shown = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'])

function seemsToBe({ type }: File): FileForm {
  if (shown.has(type)) return 'image'
  if (type === 'application/pdf') return 'pdf'
  const [kind] = type.split('/')
  return kind === 'audio' || kind === 'video' || kind === 'text' ? kind : 'other'
}

/** Why a file is not even begun. */
function refusedAtOnce({ size }: File): string | undefined {
  if (size === 0) return t('files.empty')
  if (size <= largestAttachment) return undefined
  const params = { limit: sizeWords(largestAttachment), size: sizeWords(size) }
  return problemWords(new ClientProblem('file-too-large', { params }))
}

const brought = new Map<string, Attached>()
const mostBrought = 50

/** What a message on its way brings, as this page knows it: its name and picture, until the message itself is there. */
export const broughtAs = (id: string): Pick<Attached, 'name' | 'form' | 'preview'> | undefined => brought.get(id)

function remember(id: string, attached: Attached): void {
  brought.set(id, attached)
  for (const [oldest, one] of brought) {
    if (brought.size <= mostBrought) return
    if (one.preview) URL.revokeObjectURL(one.preview)
    brought.delete(oldest)
  }
}

/** Takes back what came and is not to be sent; what cannot be taken back now goes by itself in a week. */
export function takeBack(ids: readonly string[]): void {
  for (const id of ids)
    request(attachmentRoutes.dropAttachment, { attachmentId: id as AttachmentId }).catch(() => undefined)
}

let lastKey = 0

function make(channelId: ChannelId): Attaching {
  const items = signal<readonly Attached[]>([])
  const works = new Map<number, Work>()

  const change = (key: number, part: Partial<Pick<Attached, 'sent' | 'state'>>) => {
    items.value = items.peek().map(one => (one.key === key ? { ...one, ...part } : one))
  }

  async function bring(key: number, work: Work): Promise<void> {
    const { file, giveUp } = work
    const input = { channelId, name: cleanName(file.name), size: file.size, print: `${printOf(file)} ${key}` }
    if (giveUp.signal.aborted) return
    try {
      const sent = await sendInPieces({
        ...{ file, stop: giveUp.signal },
        begin: async () => {
          const { upload } = await request(attachmentRoutes.startAttachment, input)
          work.id = upload.id
          return upload
        },
        receivedOf: async id => (await request(fileRoutes.getUpload, { uploadId: id as UploadId })).upload.received,
        url: id => requestOf(fileRoutes.append, { uploadId: id as UploadId }).url,
        onChange: (sent, state) => change(key, { sent, ...(state ? { state } : {}) }),
      })
      if (sent.is === 'stopped') {
        if (work.id !== undefined) takeBack([work.id])
        return
      }
      change(key, { state: { is: 'done', id: work.id as AttachmentId } })
      announce(t('files.doneOne', { name: input.name }))
    } catch (error) {
      if (work.id !== undefined) takeBack([work.id])
      work.id = undefined
      const forGood =
        error instanceof ClientProblem && (error.code === 'kind-refused' || error.code === 'file-too-large')
      fail(key, problemWords(error), !forGood)
    }
  }

  const fail = (key: number, detail: string, again: boolean) => {
    change(key, { state: { is: 'failed', detail, again } })
    const name = items.peek().find(one => one.key === key)?.name
    if (name !== undefined) announce(t('channels.fileFailed', { name, reason: detail }))
  }

  const begin = (key: number) => {
    const work = works.get(key)
    if (!work) return
    queue.push(() => bring(key, work))
    next()
  }

  const forget = (key: number) => {
    works.delete(key)
    items.value = items.peek().filter(one => one.key !== key)
  }

  return {
    items,
    ready: () => items.value.every(one => one.state.is === 'done'),
    add(files) {
      const room = mostAttachments - items.peek().length
      const taken = files.slice(0, Math.max(0, room))
      for (const file of taken) {
        lastKey += 1
        const key = lastKey
        const form = seemsToBe(file)
        const one = { key, name: cleanName(file.name), form, size: file.size, sent: 0 }
        const preview = form === 'image' ? URL.createObjectURL(file) : undefined
        works.set(key, { file, giveUp: new AbortController(), id: undefined })
        items.value = [...items.peek(), { ...one, preview, state: { is: 'waiting' } }]
        const refused = refusedAtOnce(file)
        if (refused === undefined) begin(key)
        else fail(key, refused, false)
      }
      if (taken.length < files.length)
        showToast({ text: t('channels.mostFiles', { count: mostAttachments }), tone: 'bad' })
    },
    retry(key) {
      const work = works.get(key)
      if (!work) return
      work.giveUp = new AbortController()
      change(key, { sent: 0, state: { is: 'waiting' } })
      begin(key)
    },
    drop(key) {
      const one = items.peek().find(entry => entry.key === key)
      works.get(key)?.giveUp.abort()
      if (one?.state.is === 'done') takeBack([one.state.id])
      if (one?.preview) URL.revokeObjectURL(one.preview)
      forget(key)
    },
    take() {
      const ids: AttachmentId[] = []
      for (const one of items.peek()) {
        if (one.state.is !== 'done') continue
        remember(one.state.id, one)
        ids.push(one.state.id)
        forget(one.key)
      }
      return ids
    },
    giveBack(ids) {
      items.value = [...ids.flatMap(id => brought.get(id) ?? []), ...items.peek()]
    },
  }
}

const places = new Map<string, Attaching>()

// A tab that is closed would break them off.
const warn = (event: BeforeUnloadEvent) => event.preventDefault()

function watchTab(): void {
  const open = [...places.values()].some(({ items }) =>
    items.peek().some(one => one.state.is !== 'done' && one.state.is !== 'failed'),
  )
  if (open) addEventListener('beforeunload', warn)
  else removeEventListener('beforeunload', warn)
}

/** What is being brought into a message of a channel, kept for the place where it is written while the page lives. */
export function attachingIn(channelId: ChannelId, place: string = channelId): Attaching {
  const known = places.get(place)
  if (known) return known
  const made = make(channelId)
  places.set(place, made)
  made.items.subscribe(watchTab)
  return made
}

/** What a line to write in needs to take files. */
export interface Attach {
  readonly attaching: Attaching
  /** Undefined until it is known. */
  readonly may: boolean | undefined
  /** They might, and may no longer. */
  readonly lost: boolean
}

/** Whether the reader may send files in a channel; asked anew when what they may do has changed. */
export function useAttach(channelId: ChannelId | undefined, place?: string): Attach | undefined {
  const turn = useMyCourses()
  const loaded = useLoad(channelId ?? null, () =>
    request(attachmentRoutes.attaching, { channelId: channelId as ChannelId }),
  )
  const first = useRef(turn)
  useEffect(() => {
    if (turn !== first.current) loaded.reload()
  }, [turn])
  const may = loaded.value?.may
  const [might, setMight] = useState(false)
  useEffect(() => {
    if (may) setMight(true)
    else if (might && may === false) announce(t('channels.noFilesAnyMore'))
  }, [may])
  return channelId && { attaching: attachingIn(channelId, place), may, lost: might && may === false }
}
