// Says that something moves: to who looks at an endpoint, and to this node's sending. Only ever after a commit, and never
// the truth: screens and senders read what is kept.
import { type EndpointId, webhooksId, webhooksScope } from '#protocol/webhooks.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'

/** Who looks is told at most so often of one endpoint. */
const restMs = 300

const resting = new Map<EndpointId, { again: boolean }>()
const wakes = new Set<() => void>()

/** Has this node's sending woken whenever something is to be sent; answers how to end that. */
export function onWake(wake: () => void): () => void {
  wakes.add(wake)
  return () => wakes.delete(wake)
}

function emitMoved(ctx: WriteCtx, endpointId: EndpointId): void {
  const rest = resting.get(endpointId)
  if (rest) {
    rest.again = true
    return
  }
  const mine = { again: false }
  resting.set(endpointId, mine)
  ctx.emit(webhooksScope, webhooksId, { kind: 'moved', body: { endpointId } })
  setTimeout(() => {
    resting.delete(endpointId)
    if (mine.again) emitMoved(ctx, endpointId)
  }, restMs).unref()
}

/** Messages of this endpoint came, or are a step further. `due`: some may be sent now. */
export function moved(ctx: WriteCtx, endpointId: EndpointId, due: 'due' | 'not due'): void {
  ctx.afterCommit(() => {
    emitMoved(ctx, endpointId)
    if (due === 'due') for (const wake of wakes) wake()
  })
}

/** An endpoint is another one now. */
export function endpointsChanged(ctx: WriteCtx): void {
  ctx.announce(webhooksScope, webhooksId, { kind: 'endpointsChanged', body: {} })
}
