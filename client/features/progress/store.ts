// What the client knows of progress: the sums of the person's courses, and what they have read. The only place that asks
// for it.
import { effect, signal, untracked } from '@preact/signals'
import { onPageRead } from '#client/features/content/shown.ts'
import { myCoursesTurn } from '#client/features/courses/mine.ts'
import { request } from '#client/platform/call.ts'
import { outbox } from '#client/platform/outbox.ts'
import { type ProgressSum, progressCalls, progressRoutes } from '#protocol/progress.ts'

/** How far the person is, by course; only courses they learn in. */
export const sums = signal<ReadonlyMap<string, ProgressSum>>(new Map())

/** Grows whenever one's own progress may have changed. */
export const progressTurn = signal(0)

let asked: Promise<void> | undefined

/** Reads the sums of the person's courses; several askers at once are answered by one reading. */
export function refreshSums(): Promise<void> {
  asked ??= request(progressRoutes.courses, {})
    .then(({ items }) => {
      sums.value = new Map(items.map(one => [one.courseId, one.sum]))
    })
    // The bars are left out; the pages behind them say what they could not read.
    .catch(() => undefined)
    .finally(() => {
      asked = undefined
    })
  return asked
}

/** Said once a session a page; the server keeps the first. */
const said = new Set<string>()

/** Keeps what was read until the server has it, and notes when progress may have changed. */
export function watchProgress(): void {
  effect(() => {
    void myCoursesTurn.value
    untracked(() => {
      progressTurn.value += 1
    })
  })
  onPageRead(({ courseId, pageId }) => {
    if (said.has(pageId)) return
    said.add(pageId)
    outbox()
      .send(progressCalls.readPage, { courseId, pageId }, `read ${pageId}`)
      .then(() => {
        progressTurn.value += 1
      })
      // A page that was taken away meanwhile is nobody's to have read.
      .catch(() => said.delete(pageId))
  })
}
