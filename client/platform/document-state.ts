// How a document stands on this device, pure: which edits the server has not decided yet, and what a person is told. It
// must never say "saved" before the server's word.

/** Why a document closed for good; the reader has to do something else. */
export type CloseReason = 'gone' | 'signed-out' | 'too-large' | 'fault'

export type DocumentState =
  /** No way to the server. What is written is kept on this device. */
  | { readonly is: 'offline' }
  | { readonly is: 'connecting' }
  /** Everything the server has is here, and nothing was written on this connection. */
  | { readonly is: 'synced' }
  | { readonly is: 'saving' }
  | { readonly is: 'saved'; readonly at: string }
  | { readonly is: 'closed'; readonly why: CloseReason }

/** What the connection knows; `documentState` makes one word of it. */
export interface DocumentFacts {
  readonly link: 'away' | 'connecting' | 'open'
  /** Everything the server had was received on this connection. */
  readonly synced: boolean
  /** Edits the server has not decided. */
  readonly waiting: number
  /** When the server's word came that nothing waits; ISO. */
  readonly savedAt: string | undefined
  /** Connections in a row that never got to be synced. */
  readonly failures: number
  readonly closed: CloseReason | undefined
}

export const unopened: DocumentFacts = {
  link: 'connecting',
  synced: false,
  waiting: 0,
  savedAt: undefined,
  failures: 0,
  closed: undefined,
}

/** After so many connections that failed one after the other, a person is told. */
export const failuresTold = 2
/** After so many, the saved text is read another way. */
export const failuresBlocked = 4

/** What a person is told of a document, of what is known of its connection and its edits. Pure. */
export function documentState(facts: DocumentFacts): DocumentState {
  if (facts.closed) return { is: 'closed', why: facts.closed }
  if (facts.link === 'away' || (!facts.synced && facts.failures >= failuresTold)) return { is: 'offline' }
  if (facts.link === 'connecting' || !facts.synced) return { is: 'connecting' }
  if (facts.waiting > 0) return { is: 'saving' }
  return facts.savedAt === undefined ? { is: 'synced' } : { is: 'saved', at: facts.savedAt }
}

interface Edit {
  readonly update: Uint8Array
  /** The number of the message on this connection that carries it; undefined while none does. */
  message: number | undefined
}

/** What a word of the server about our messages means. */
export type Decision =
  | { readonly is: 'more' }
  /** Nothing waits any more. `some`: something did until now. */
  | { readonly is: 'all-saved'; readonly some: boolean }
  /** These were refused; what was written after them builds on them and is among them. */
  | { readonly is: 'refused'; readonly updates: readonly Uint8Array[] }

/** The edits of this person on this device that the server has not decided, in the order they were made. */
export class UnsavedEdits {
  #edits: Edit[] = []
  #sent = 0
  #refused = 0

  get waiting(): number {
    return this.#edits.length
  }

  get updates(): readonly Uint8Array[] {
    return this.#edits.map(edit => edit.update)
  }

  /** An edit was made, or found on this device. */
  add(update: Uint8Array): void {
    this.#edits.push({ update, message: undefined })
  }

  /** A new connection counts its messages from 1 and has carried nothing yet. */
  connected(): void {
    this.#sent = 0
    this.#refused = 0
    for (const edit of this.#edits) edit.message = undefined
  }

  /** A message with an update left: the whole difference (sync step 2), the edit just made, or no edit of ours. */
  sent(carries: 'everything' | 'latest' | 'nothing'): void {
    this.#sent += 1
    if (carries === 'everything') {
      for (const edit of this.#edits) edit.message ??= this.#sent
    } else if (carries === 'latest') {
      const latest = this.#edits.at(-1)
      if (latest) latest.message ??= this.#sent
    }
  }

  /** The first `upTo` messages are decided, `refused` of them against us. */
  decided(upTo: number, refused: number): Decision {
    const before = this.#edits.length
    const left = this.#edits.filter(edit => edit.message === undefined || edit.message > upTo)
    const against = refused > this.#refused
    this.#refused = refused
    // A reader's empty first message may be refused as well; it carried nothing.
    if (against && left.length < before) {
      const { updates } = this
      this.#edits = []
      return { is: 'refused', updates }
    }
    this.#edits = left
    return left.length > 0 ? { is: 'more' } : { is: 'all-saved', some: before > 0 }
  }
}
