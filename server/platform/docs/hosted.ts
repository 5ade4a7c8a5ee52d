// One document open on this node: its state in memory, its connections, the numbers it has. Everything known of it here
// can be lost at any moment; what is in the database is the document.
import * as Y from 'yjs'
import type { Logger } from '../log/log.ts'
import { Awareness } from './awareness.ts'
import type { DocumentConnection } from './connection.ts'
import type { DocumentCounts } from './counts.ts'
import type { DocumentSince } from './loading.ts'
import { awarenessFrame, step1Frame, step2Frame, updateFrame } from './messages.ts'
import { Outbox } from './outbox.ts'
import { Sequence } from './sequence.ts'
import { type ReadUpdate, saysNews } from './update.ts'

/** Updates kept as bytes until somebody asks for the state: most are only passed on. */
const mostPending = 256
/** Encoded answers kept for readers who ask from the same state. */
const mostAnswers = 8

export class HostedDocument {
  readonly connections = new Set<DocumentConnection>()
  readonly awareness = new Awareness()
  readonly outbox: Outbox
  /** Whose client ids are; filled as they are used. */
  readonly clients = new Map<number, string>()
  sequence = new Sequence(-1)
  kind = ''
  /** Updates of people here that are not committed yet. */
  unsaved = 0
  /** What is to be done once the last update that was taken is committed; undefined when all are. */
  afterLast: (() => void)[] | undefined
  /** What a loader would read beside the snapshot, and all of it in bytes. */
  tail = { updates: 0, bytes: 0 }
  bytes = 0
  /** Settles when the document can be spoken of; rejects when it can't be read or is not there. */
  ready: Promise<void> = Promise.resolve()
  loaded = false
  /** Holds what the database refused: see `Hosting.startAnew`. */
  astray = false
  lastUsedAt = performance.now()
  #doc = new Y.Doc()
  #pending: Uint8Array[] = []
  #answers = new Map<string, Buffer>()

  constructor(
    readonly id: string,
    private readonly log: Logger,
    counts: DocumentCounts,
  ) {
    this.outbox = new Outbox(this.connections, counts)
  }

  /** The state with everything that came so far. */
  get doc(): Y.Doc {
    const pending = this.#pending
    if (pending.length > 0) {
      this.#pending = []
      this.#doc.transact(() => {
        for (const update of pending) this.#apply(() => Y.applyUpdate(this.#doc, update))
      })
    }
    return this.#doc
  }

  // What one writer sent must never keep the document from the others.
  #apply(run: () => void): void {
    try {
      run()
    } catch (error) {
      this.log.error({ err: error, documentId: this.id }, 'a document update could not be applied')
    }
  }

  #add(update: Uint8Array): void {
    this.#pending.push(update)
    this.#answers.clear()
    if (this.#pending.length > mostPending) void this.doc
  }

  /** Whether an update holds anything the document does not have. */
  lacks(update: ReadUpdate): boolean {
    return saysNews(this.doc, update)
  }

  /** Takes an update of somebody here: into memory, and on to the others at their next write. */
  take(update: Uint8Array, from: DocumentConnection): void {
    this.#add(update)
    this.bytes += update.length
    this.outbox.push(updateFrame(update), from)
  }

  /** Takes what another node has committed; what is known already is left out. */
  hear(first: number, updates: readonly Uint8Array[]): void {
    updates.forEach((update, index) => {
      if (this.sequence.add(first + index)) this.#takeForeign(update)
    })
  }

  #takeForeign(update: Uint8Array): void {
    this.#add(update)
    this.#lengthen(update)
    this.bytes += update.length
    this.outbox.push(updateFrame(update), undefined)
  }

  #lengthen(update: Uint8Array): void {
    this.tail.updates++
    this.tail.bytes += update.length
  }

  /** Notes the numbers this node's own updates were committed under. */
  committed(first: number, updates: readonly Uint8Array[]): void {
    updates.forEach((update, index) => {
      if (this.sequence.add(first + index)) this.#lengthen(update)
    })
  }

  /** Takes what was read from the database; all of it is here afterwards. */
  fill(read: DocumentSince): void {
    const { snapshot } = read
    if (snapshot && snapshot.seq > this.sequence.head) {
      const { doc } = this
      const before = Y.encodeStateVector(doc)
      this.#apply(() => Y.applyUpdateV2(doc, snapshot.body))
      this.#answers.clear()
      this.sequence.upTo(snapshot.seq)
      this.tail = { updates: 0, bytes: 0 }
      this.bytes = Math.max(this.bytes, snapshot.body.length)
      if (this.connections.size > 0 && this.loaded)
        this.outbox.push(updateFrame(Y.encodeStateAsUpdate(doc, before)), undefined)
    }
    for (const { seq, body } of read.updates) if (this.sequence.add(seq)) this.#takeForeign(body)
    this.sequence.upTo(read.seq)
    this.loaded = true
  }

  /** A step 1's answer; readers who ask from the same state share one. Throws for what is no state vector. */
  answerTo(stateVector: Uint8Array): Buffer {
    const key = Buffer.from(stateVector.buffer, stateVector.byteOffset, stateVector.length).toString('latin1')
    const { doc } = this
    const known = this.#answers.get(key)
    if (known) return known
    const answer = step2Frame(Y.encodeStateAsUpdate(doc, stateVector))
    if (this.#answers.size >= mostAnswers) this.#answers.clear()
    this.#answers.set(key, answer)
    return answer
  }

  /** What a newcomer hears first: the question for what it has, and who is here. */
  greeting(): Buffer {
    return Buffer.concat([step1Frame(Y.encodeStateVector(this.doc)), awarenessFrame(this.awareness.everything())])
  }

  destroy(): void {
    this.outbox.stop()
    this.#doc.destroy()
  }
}
