// Carries what one node committed to the other nodes of the application. A loss costs latency, never data: numbers and
// the log make good what did not arrive, so nothing here may wait, queue or throw for a publisher.
import type { ScopeAddress } from '#protocol/base/scope.ts'
import type { EncodedEvent } from '../events/event.ts'

/** What other nodes said. Messages of a node itself never come back to it. */
export interface BusEars {
  events(scope: ScopeAddress, events: readonly EncodedEvent[]): void
  fleeting(scope: ScopeAddress, frame: string): void
  rights(subjects: readonly string[]): void
}

export interface Bus {
  /** To be called once, before anything else. */
  start(ears: BusEars): void
  /** Begins to hear a scope. Answers when other nodes' messages arrive, or after a moment when they can't. */
  listen(scope: ScopeAddress): Promise<void>
  unlisten(scope: ScopeAddress): void
  sendEvents(scope: ScopeAddress, events: readonly EncodedEvent[]): void
  sendFleeting(scope: ScopeAddress, frame: string): void
  sendRights(subjects: readonly string[]): void
  /** False while messages are likely to be lost: the log is read more often then. */
  healthy(): boolean
  stop(): Promise<void>
}

/** The bus of a node that is alone. */
export const silentBus = (): Bus => ({
  start: () => undefined,
  listen: () => Promise.resolve(),
  unlisten: () => undefined,
  sendEvents: () => undefined,
  sendFleeting: () => undefined,
  sendRights: () => undefined,
  healthy: () => true,
  stop: () => Promise.resolve(),
})

export type BusMessage =
  | { readonly kind: 'events'; readonly from: string; readonly events: readonly EncodedEvent[] }
  | { readonly kind: 'fleeting'; readonly from: string; readonly frame: string }

// First line: kind and sender. Events have a second line, `seq,length,forget;…`, so that a receiver slices the frames
// out of the rest without decoding them.
const separator = '\n'

/** One message for a batch of events of one scope. */
export function packEvents(from: string, events: readonly EncodedEvent[]): string {
  const index = events.map(event => `${event.seq},${event.text.length},${event.forget ? 1 : 0}`).join(';')
  return `e${from}${separator}${index}${separator}${events.map(event => event.text).join('')}`
}

/** A fleeting frame as it travels between nodes. */
export const packFleeting = (from: string, frame: string): string => `f${from}${separator}${frame}`

/** Reads a message back; undefined when another release wrote something we do not know. */
export function unpack(scope: ScopeAddress, message: string): BusMessage | undefined {
  const first = message.indexOf(separator)
  if (first < 2) return undefined
  const from = message.slice(1, first)
  if (message[0] === 'f') return { kind: 'fleeting', from, frame: message.slice(first + 1) }
  if (message[0] !== 'e') return undefined
  const second = message.indexOf(separator, first + 1)
  if (second < 0) return undefined
  const events: EncodedEvent[] = []
  let at = second + 1
  for (const entry of message.slice(first + 1, second).split(';')) {
    const [seq, length, forget] = entry.split(',').map(Number)
    if (!Number.isSafeInteger(seq) || !Number.isSafeInteger(length)) return undefined
    const text = message.slice(at, at + (length ?? 0))
    at += length ?? 0
    events.push(forget === 1 ? { scope, seq: seq ?? 0, text, forget: true } : { scope, seq: seq ?? 0, text })
  }
  return at === message.length ? { kind: 'events', from, events } : undefined
}
