// Sends a file piece by piece to a route that takes it so, and goes on by itself after a break: what has come stays on the
// server, and the same file picked again goes on where it was.

import { newOperationId } from '#client/platform/operation-id.ts'
import { ClientProblem, problemIn } from '#client/platform/problem.ts'
import { bytesType } from '#protocol/base/call.ts'
import { largestPiece } from '#protocol/files.ts'
import { afterBreak, afterSuccess, firstPiece, pauseAfter } from './pieces.ts'

/** How it is going: bytes a second over the last piece, 0 before the first; broken: tried again by itself. */
export type SendingState = { readonly is: 'sending'; readonly speed: number } | { readonly is: 'broken' }

export interface Sending {
  readonly file: File
  readonly stop: AbortSignal
  /** Begins it, or finds the one that was begun: its id, and how much is there. */
  readonly begin: () => Promise<{ readonly id: string; readonly received: number }>
  /** How much is there by now. */
  readonly receivedOf: (id: string) => Promise<number>
  /** Where the pieces go. */
  readonly url: (id: string) => string
  readonly onChange: (sent: number, state?: SendingState) => void
}

interface Answer {
  readonly received: number
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

/**
 * Sends all of it and hands on what the server says to the last piece. Given up, it answers `stopped` with the id of what
 * was begun. Throws the Problem that no further try would mend.
 */
export async function sendInPieces<A extends Answer>(
  sending: Sending,
): Promise<{ readonly is: 'sent'; readonly answer: A } | { readonly is: 'stopped'; readonly id: string | undefined }> {
  const { file, stop, begin, receivedOf, url, onChange } = sending
  let id: string | undefined
  let offset = 0
  let size = firstPiece
  let failures = 0
  while (!stop.aborted) {
    try {
      if (id === undefined) {
        const begun = await begin()
        id = begun.id
        offset = begun.received
      }
      const began = performance.now()
      const from = offset
      onChange(from, { is: 'sending', speed: 0 })
      const piece = file.slice(from, from + size)
      const answer = await sendPiece<A>(`${url(id)}?offset=${from}`, piece, stop, sent => onChange(from + sent))
      offset = answer.received
      failures = 0
      const ms = performance.now() - began
      onChange(offset, { is: 'sending', speed: ((offset - from) * 1000) / Math.max(1, ms) })
      size = afterSuccess(size, ms, largestPiece)
      if (offset === file.size) return { is: 'sent', answer }
    } catch (error) {
      if (stop.aborted) break
      const problem = error instanceof ClientProblem ? error : new ClientProblem('internal')
      if (problem.code === 'wrong-offset' && typeof problem.params.received === 'number') {
        offset = problem.params.received
      } else if (problem.code === 'upload-gone' && failures < 3) {
        id = undefined
        failures += 1
      } else if (problem.passing) {
        size = afterBreak(size)
        onChange(offset, { is: 'broken' })
        await wait(problem.retryAfter * 1000 || pauseAfter(failures), stop)
        failures += 1
        // The piece may have come through although its answer did not.
        const before = offset
        if (id !== undefined) offset = await receivedOf(id).catch(() => before)
      } else throw problem
    }
  }
  return { is: 'stopped', id }
}

/** By XMLHttpRequest: `fetch` does not say how much of a body has left. */
function sendPiece<A extends Answer>(
  url: string,
  piece: Blob,
  stop: AbortSignal,
  onSent: (bytes: number) => void,
): Promise<A> {
  return new Promise((resolve, reject) => {
    const send = new XMLHttpRequest()
    const abort = () => send.abort()
    send.open('PATCH', url)
    send.setRequestHeader('content-type', bytesType)
    send.setRequestHeader('idempotency-key', newOperationId())
    send.responseType = 'json'
    send.timeout = 120_000
    send.upload.onprogress = event => onSent(event.loaded)
    send.onload = () => {
      const { status, response } = send
      if (status === 200 && response) resolve(response as A)
      else reject(status >= 500 && !response?.code ? new ClientProblem('busy') : problemIn(response))
    }
    send.onerror = send.ontimeout = send.onabort = () => reject(new ClientProblem('offline'))
    send.onloadend = () => stop.removeEventListener('abort', abort)
    stop.addEventListener('abort', abort)
    send.send(piece)
  })
}
