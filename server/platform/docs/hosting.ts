// The documents open on this node: opened once for all who wait, kept up with what other nodes commit, gathered into
// snapshots, and let go when nobody has been there for a while and nothing is unsaved.
import type { PoolClient } from 'pg'
import { Problem } from '#protocol/base/problems.ts'
import type { Sql } from '../ctx.ts'
import type { Logger } from '../log/log.ts'
import type { DocumentBus } from './between.ts'
import { compact, tailLimits } from './compaction.ts'
import type { DocumentCounts } from './counts.ts'
import { HostedDocument } from './hosted.ts'
import { readHeads, readSince } from './loading.ts'

export interface HostingParts {
  readonly sql: Sql
  readonly transaction: <T>(run: (client: PoolClient) => Promise<T>) => Promise<T>
  readonly bus: DocumentBus
  readonly counts: DocumentCounts
  readonly log: Logger
  /** Milliseconds a document stays in memory after its last connection. */
  readonly keepMs: number
}

/** How long numbers that are missing may be on their way from another node, in milliseconds. */
const gapPatienceMs = 30

export class Hosting {
  readonly #documents = new Map<string, HostedDocument>()
  readonly #compacting = new Set<HostedDocument>()
  readonly #gapped = new Set<HostedDocument>()
  /** Were behind their number at the last look, while updates of this node were on their way. */
  #suspects = new Set<HostedDocument>()
  #gapTimer: NodeJS.Timeout | undefined

  constructor(private readonly parts: HostingParts) {}

  get size(): number {
    return this.#documents.size
  }

  all(): IterableIterator<HostedDocument> {
    return this.#documents.values()
  }

  find(id: string): HostedDocument | undefined {
    return this.#documents.get(id)
  }

  /** The document, opened now or already; wait for `ready`. Whoever attaches to it in the same turn keeps it open. */
  open(id: string): HostedDocument {
    const known = this.#documents.get(id)
    if (known) return known
    const document = new HostedDocument(id, this.parts.log, this.parts.counts)
    this.#documents.set(id, document)
    document.ready = this.#load(document)
    // Whoever waits for it hears why; without anybody it is no fault of the process.
    document.ready.catch(() => undefined)
    return document
  }

  // Listening comes before reading: what is committed in between arrives one way or the other, and numbers tell twice.
  async #load(document: HostedDocument): Promise<void> {
    const { bus, sql, counts } = this.parts
    try {
      await bus.listen(document.id)
      counts.loads++
      const [read] = await readSince(sql, [{ id: document.id, since: -1 }])
      if (!read) throw new Problem('not-found')
      document.kind = read.kind
      document.fill(read)
      this.#look(document)
    } catch (error) {
      this.#release(document)
      for (const connection of document.connections) connection.close(error instanceof Problem ? 'gone' : 'move')
      throw error
    }
  }

  // Only the very document: another may have been opened under its id.
  #release(document: HostedDocument): void {
    if (this.#documents.get(document.id) !== document) return
    this.#documents.delete(document.id)
    this.#gapped.delete(document)
    this.#suspects.delete(document)
    this.parts.bus.unlisten(document.id)
    document.destroy()
  }

  /** What another node committed. */
  hear(id: string, first: number, updates: readonly Uint8Array[]): void {
    const document = this.#documents.get(id)
    if (!document) return
    document.hear(first, updates)
    this.#look(document)
  }

  /** What this node committed; passes it on to the others. */
  committed(id: string, first: number, updates: readonly Uint8Array[]): void {
    this.parts.bus.sendUpdates(id, first, updates)
    const document = this.#documents.get(id)
    if (!document) return
    document.committed(first, updates)
    this.#look(document)
  }

  #look(document: HostedDocument): void {
    if (!document.loaded) return
    if (document.sequence.gapped) {
      this.#gapped.add(document)
      this.#gapTimer ??= setTimeout(() => {
        this.#gapTimer = undefined
        const still = [...this.#gapped].filter(one => one.sequence.gapped)
        this.#gapped.clear()
        void this.#fill(still)
      }, gapPatienceMs)
    }
    if (document.tail.updates > tailLimits.updates || document.tail.bytes > tailLimits.bytes)
      void this.makeRoom(document)
  }

  // Whatever is missing, for all documents in one query. A failure is made good by the next look at the heads.
  async #fill(documents: readonly HostedDocument[]): Promise<void> {
    if (documents.length === 0) return
    try {
      const read = await readSince(
        this.parts.sql,
        documents.map(document => ({ id: document.id, since: document.sequence.head })),
      )
      for (const one of read) this.#documents.get(one.id)?.fill(one)
      this.parts.counts.fills += read.length
      for (const document of documents) this.#look(document)
    } catch (error) {
      this.parts.log.warn({ err: error }, 'gaps in documents could not be filled')
    }
  }

  /** Compares every document with its number in the database: finds what no message told of. */
  async checkHeads(): Promise<void> {
    const loaded = [...this.#documents.values()].filter(document => document.loaded)
    if (loaded.length === 0) return
    const heads = await readHeads(
      this.parts.sql,
      loaded.map(document => document.id),
    )
    const behind: HostedDocument[] = []
    const suspects = new Set<HostedDocument>()
    for (const document of loaded) {
      const head = heads.get(document.id)
      if (head === undefined) this.gone(document)
      else if (head > document.sequence.head || document.sequence.gapped) {
        // The number of updates of our own may be here before the word that they are committed.
        if (document.unsaved > 0 && !this.#suspects.has(document)) suspects.add(document)
        else behind.push(document)
      }
    }
    this.#suspects = suspects
    await this.#fill(behind)
  }

  /** There is no such document any more. */
  gone(document: HostedDocument): void {
    for (const connection of document.connections) connection.close('gone')
    this.#release(document)
  }

  /**
   * Memory holds what the database never will: nobody writes on from it, and everybody comes back. Once nothing of it is on
   * its way any more it is let go of, and read anew for whoever comes. To be called again whenever something is settled.
   */
  startAnew(document: HostedDocument): void {
    document.astray = true
    for (const connection of document.connections) connection.mute()
    if (document.unsaved === 0) this.#release(document)
  }

  /** Gathers the tail into a snapshot, unless somebody is at it; the document is measured anew. Never throws. */
  async makeRoom(document: HostedDocument): Promise<void> {
    if (this.#compacting.has(document) || document.tail.updates === 0) return
    this.#compacting.add(document)
    try {
      const made = await compact(this.parts.transaction, document.id)
      if (made) {
        this.parts.counts.compactions++
        document.bytes = made.bytes
      }
      document.tail = { updates: Math.max(0, document.sequence.head - (made?.seq ?? 0)), bytes: 0 }
      // Another node is at it: look again when as much has come once more.
      if (!made) document.tail.updates = 0
    } catch (error) {
      document.tail = { updates: 0, bytes: 0 }
      this.parts.log.warn({ err: error, documentId: document.id }, 'a document could not be gathered')
    } finally {
      this.#compacting.delete(document)
    }
  }

  /** Lets go of documents nobody has needed for a while. Never of one with something unsaved, missing or under way. */
  sweep(): void {
    const now = performance.now()
    for (const document of this.#documents.values()) {
      const quiet = document.connections.size === 0 && now - document.lastUsedAt > this.parts.keepMs
      const settled = document.loaded && document.unsaved === 0 && !document.sequence.gapped
      if (quiet && settled && !this.#compacting.has(document)) this.#release(document)
    }
  }

  stop(): void {
    clearTimeout(this.#gapTimer)
    for (const document of this.#documents.values()) document.destroy()
    this.#documents.clear()
  }
}
