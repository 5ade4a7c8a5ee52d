// What is in the outbox, by the call it belongs to. The one place where a write that was kept, or its answer, gets a type:
// the first is what `send` was given, the second what the server parsed as it answered (docs/decisions/0028).
import type { CallSpec, InputBefore, Named, Output } from '#protocol/base/call.ts'
import type { OutboxEnd } from './outbox.ts'
import type { OutboxEntry } from './outbox-storage.ts'

/** What an entry says, where it is a write of this call; undefined where it is another's. */
export const inputOf = <S extends Named<CallSpec>>(
  spec: S,
  entry: Pick<OutboxEntry, 'call' | 'input'>,
): InputBefore<S> | undefined => (entry.call === spec.name ? (entry.input as InputBefore<S>) : undefined)

/** What the server answered to a write of this call; undefined where it refused it, or it is another's. */
export const answerTo = <S extends Named<CallSpec>>(spec: S, end: OutboxEnd): Output<S> | undefined =>
  end.outcome === 'done' && end.entry.call === spec.name ? (end.value as Output<S>) : undefined
