// Says that something moves: to who looks, and to this node's sending. Only ever after a commit, and never
// the truth: screens and senders read what is kept.
import { webhooksId, webhooksScope } from '#protocol/webhooks.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'

/** Who looks is told by a node at most so often. */
const restMs = 300

let rest: { again: boolean } | undefined
const wakes = new Set<() => void>()

/** Has this node's sending woken whenever something is to be sent; answers how to end that. */
export function onWake(wake: () => void): () => void {
  wakes.add(wake)
  return () => wakes.delete(wake)
}

function emitMoved(ctx: WriteCtx): void {
  if (rest) {
    rest.again = true
    return
  }
  const mine = { again: false }
  rest = mine
  ctx.emit(webhooksScope, webhooksId, { kind: 'moved', body: {} })
  setTimeout(() => {
    rest = undefined
    if (mine.again) emitMoved(ctx)
  }, restMs).unref()
}

/** Messages came, or are a step further. `due`: some may be sent now. */
export function moved(ctx: WriteCtx, due: 'due' | 'not due'): void {
  ctx.afterCommit(() => {
    emitMoved(ctx)
    if (due === 'due') for (const wake of wakes) wake()
  })
}

/** An endpoint is another one now. */
export function endpointsChanged(ctx: WriteCtx): void {
  ctx.announce(webhooksScope, webhooksId, { kind: 'endpointsChanged', body: {} })
}
