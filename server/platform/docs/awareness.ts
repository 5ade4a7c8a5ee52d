// Cursors of one document on one node: the latest state of each client, sent to everybody in one frame now and then.
// Nothing here is ever stored. A client speaks for the ids it brought first, never for others': stock clients repeat
// what they hear, and would otherwise answer each other without end.
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { documentLimits } from '#protocol/base/documents.ts'
import { MalformedMessage } from './messages.ts'

/** Who brings states: a connection of this node (with the name people shall see), or another node. */
export interface Source {
  readonly id: string
  readonly accountId: string
  /** Put over the name a state claims for its user; null leaves it, for what another node has seen to. */
  readonly name: string | null
}

interface State {
  clock: number
  /** JSON; null once the cursor has gone. */
  text: string | null
  source: Source
  /** When it last said something new, by performance.now(). */
  movedAt: number
  heardAt: number
}

/** The stock client forgets a cursor it has not heard of for so long. */
const outdatedMs = 30_000
/** Ids of one connection: a client takes a new one when somebody else uses its own. */
const mostIds = 10
/** How long an id that has gone stays its account's: repetitions of it are still on their way. */
const rememberMs = 60_000

export class Awareness {
  readonly #states = new Map<number, State>()
  readonly #spoken = new Set<string>()
  readonly #shown = new Set<number>()
  #changed = new Set<number>()
  /** Changes brought by connections of this node, for the other nodes. */
  #own = new Set<number>()

  /** Takes an awareness update. Ids that are somebody else's are ignored. Throws MalformedMessage. */
  take(source: Source, update: Uint8Array): void {
    const entries = readStates(update)
    // What a client says first is its own id alone, as the stock one does.
    const said = !this.#spoken.has(source.id) && entries.length === 1 ? 'first' : 'later'
    if (entries.length > 0) this.#spoken.add(source.id)
    for (const entry of entries) this.#takeOne(source, entry, said)
  }

  #takeOne(source: Source, { client, clock, text }: Entry, said: Said): void {
    const before = this.#states.get(client)
    if (before && before.source.id !== source.id && !mayClaim(before, source, clock, said)) return
    // An id that nobody has brought yet cannot go.
    if (!before && text === null) return
    if (!before && source.name !== null && this.#idsOf(source.id) >= mostIds) return
    if (before && before.source.id === source.id && clock < before.clock) return
    if (text !== null && text.length > documentLimits.cursor) return
    const shown = text === null || source.name === null ? text : named(text, source.name)
    const now = performance.now()
    const same = before !== undefined && before.text === shown && before.source.id === source.id
    this.#states.set(client, {
      clock,
      text: shown,
      source,
      movedAt: same ? before.movedAt : now,
      heardAt: now,
    })
    // A client that only says "still here" is told of with the next renewal.
    if (same) return
    this.#changed.add(client)
    if (source.name !== null) this.#own.add(client)
  }

  #idsOf(sourceId: string): number {
    let ids = 0
    for (const { source } of this.#states.values()) if (source.id === sourceId) ids++
    return ids
  }

  /** Everything a source brought goes with it. */
  leave(sourceId: string): void {
    this.#spoken.delete(sourceId)
    for (const [client, state] of this.#states) if (state.source.id === sourceId) this.#drop(client, state)
  }

  #drop(client: number, state: State): void {
    if (state.text === null) return
    state.text = null
    state.heardAt = performance.now()
    this.#changed.add(client)
    if (state.source.name !== null) this.#own.add(client)
  }

  /** What changed since the last call, for everybody here and (`own`) for the other nodes; undefined when nothing did. */
  changes(): { readonly all: Uint8Array | undefined; readonly own: Uint8Array | undefined } {
    if (this.#changed.size === 0) return { all: undefined, own: undefined }
    const changed = this.#changed
    const own = this.#own
    this.#changed = new Set()
    this.#own = new Set()
    const before = new Set(this.#shown)
    this.#choose()
    for (const client of before) if (!this.#shown.has(client)) changed.add(client)
    const visible = [...changed].filter(client => this.#shown.has(client) || before.has(client))
    return {
      all: visible.length > 0 ? this.#encode(visible) : undefined,
      own: own.size > 0 ? this.#encode([...own], 'as it is') : undefined,
    }
  }

  /**
   * Everything to be seen, with the latest clocks: for a newcomer, and now and then for all, since a cursor the stock
   * client has not heard of for 30 s is gone. Forgets who has fallen silent.
   */
  everything(): Uint8Array {
    const now = performance.now()
    for (const [client, state] of this.#states) {
      if (state.text !== null && now - state.heardAt > outdatedMs) this.#drop(client, state)
      if (state.text === null && now - state.heardAt > rememberMs) this.#states.delete(client)
    }
    this.#choose()
    return this.#encode([...this.#shown])
  }

  /** The states of this node's own connections, for the other nodes. */
  ownStates(): Uint8Array {
    const own = [...this.#states].filter(([, state]) => state.source.name !== null && state.text !== null)
    return this.#encode(
      own.map(([client]) => client),
      'as it is',
    )
  }

  // A crowd's cursors hide the text: those that moved last are shown.
  #choose(): void {
    const here = [...this.#states].filter(([, state]) => state.text !== null)
    if (here.length > documentLimits.cursors) {
      here.sort(([, a], [, b]) => b.movedAt - a.movedAt)
      here.length = documentLimits.cursors
    }
    this.#shown.clear()
    for (const [client] of here) this.#shown.add(client)
  }

  #encode(clients: readonly number[], which: 'shown' | 'as it is' = 'shown'): Uint8Array {
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, clients.length)
    for (const client of clients) {
      const state = this.#states.get(client)
      const hidden = which === 'shown' && !this.#shown.has(client)
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, state?.clock ?? 0)
      encoding.writeVarString(encoder, hidden ? 'null' : (state?.text ?? 'null'))
    }
    return encoding.toUint8Array(encoder)
  }
}

interface Entry {
  readonly client: number
  readonly clock: number
  readonly text: string | null
}

const mostEntries = 5_000

function readStates(update: Uint8Array): Entry[] {
  try {
    const decoder = decoding.createDecoder(update)
    const many = decoding.readVarUint(decoder)
    if (many > mostEntries) throw new MalformedMessage('too many cursors')
    const entries: Entry[] = []
    for (let index = 0; index < many; index++) {
      const client = decoding.readVarUint(decoder)
      const clock = decoding.readVarUint(decoder)
      const text = decoding.readVarString(decoder)
      const state: unknown = JSON.parse(text)
      if (typeof state !== 'object' || Array.isArray(state)) throw new MalformedMessage('a cursor is an object or null')
      entries.push({ client, clock, text: state === null ? null : text })
    }
    return entries
  } catch (error) {
    throw error instanceof MalformedMessage ? error : new MalformedMessage('not an awareness update', { cause: error })
  }
}

/** Whether a connection says something for the first time. */
type Said = 'first' | 'later'

// Somebody who comes back on a new connection brings their id again with the first thing they say; later on, what looks
// like it is a repetition of what they heard.
function mayClaim(before: State, source: Source, clock: number, said: Said): boolean {
  const first = said === 'first'
  // What another node says has been seen to there; what came from another node may have moved here with its connection.
  if (source.name === null) return before.text === null || clock > before.clock
  if (before.source.name === null) return first && clock >= before.clock
  if (before.text !== null) return first && before.source.accountId === source.accountId && clock >= before.clock
  if (before.source.accountId === source.accountId && first) return true
  return performance.now() - before.heardAt > rememberMs
}

/** A state with the name of the account it came from: nobody moves a cursor under another's name. */
function named(text: string, name: string): string {
  const state = JSON.parse(text) as { user?: unknown }
  if (typeof state.user !== 'object' || state.user === null || Array.isArray(state.user)) return text
  return JSON.stringify({ ...state, user: { ...state.user, name } })
}
