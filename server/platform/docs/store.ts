// Writes the updates of all documents of a node, in groups of a few milliseconds, each group one statement. Whoever
// handed an update in is told once it is committed, never before; what could not be written is tried again, and only what
// the database will never take is given back.
import type { Logger } from '../log/log.ts'
import type { DocumentCounts } from './counts.ts'

export interface Append {
  readonly documentId: string
  readonly accountId: string
  readonly connection: string
  readonly update: Uint8Array
  /**
   * Called once: with the update's number, `gone` when there is no such document any more, or `refused` when the database
   * does not take this row, now or ever.
   */
  readonly done: (seq: number | 'gone' | 'refused') => void
}

export interface StoreParts {
  readonly query: (name: string, text: string, values: readonly unknown[]) => Promise<{ rows: unknown[] }>
  readonly log: Logger
  readonly counts: DocumentCounts
  /** Told of each document's part of a committed group, in order of number. */
  readonly committed: (documentId: string, first: number, updates: readonly Uint8Array[]) => void
}

/** How long the first update of a group waits for others, in milliseconds. */
const gatherMs = 20
const mostInGroup = 1_000
const mostBytesInGroup = 4 * 1024 * 1024
/** Bytes that may wait before writers are sent away: the database is not keeping up, or is not there. */
const mostWaiting = 64 * 1024 * 1024
const retryMs = 250

// The counter rows are locked in order of id, so that groups of several nodes never lock each other out.
const appendSql = `
  with given as (
    select * from unnest($1::uuid[], $2::int[], $3::uuid[], $4::uuid[], $5::bytea[])
      as g(document_id, place, account_id, connection, body)
  ), locked as (
    select d.id from documents d where d.id in (select document_id from given) order by d.id for no key update of d
  ), moved as (
    update documents d set seq = d.seq + w.many, written_at = now()
    from (select document_id, count(*) as many from given group by document_id) w join locked l on l.id = w.document_id
    where d.id = w.document_id returning d.id, d.seq - w.many as base
  )
  insert into document_updates (document_id, seq, account_id, connection, body)
  select m.id, m.base + g.place, g.account_id, g.connection, g.body from given g join moved m on m.id = g.document_id
  returning document_id, seq`

export class Store {
  #waiting: Append[] = []
  #bytes = 0
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> | undefined
  #inFlight = 0
  #stopped = false

  constructor(private readonly parts: StoreParts) {}

  /** Updates that are not committed yet. */
  get unsaved(): number {
    return this.#waiting.length + this.#inFlight
  }

  /** True when writers must be sent away for a while. */
  get full(): boolean {
    return this.#bytes > mostWaiting
  }

  /** Takes an update; its order among those of its document is kept. */
  append(entry: Append): void {
    this.#waiting.push(entry)
    this.#bytes += entry.update.length
    if (!this.#writing) this.#timer ??= setTimeout(() => void this.flush(), gatherMs)
  }

  /** Writes what waits now, and what comes meanwhile; answers when nothing is left, or the store was stopped. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#writing ??= this.#run().finally(() => {
      this.#writing = undefined
      if (this.#waiting.length > 0 && !this.#stopped) void this.flush()
    })
    return this.#writing
  }

  /** Gives up on what can't be written. */
  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0 && !this.#stopped) {
      const began = performance.now()
      const group = this.#take()
      this.#inFlight = group.length
      try {
        await this.#write(group)
      } finally {
        this.#inFlight = 0
        for (const { update } of group) this.#bytes -= update.length
      }
      // Under load the next group has gathered while this one was written.
      const rest = gatherMs - (performance.now() - began)
      if (this.#waiting.length > 0 && this.#waiting.length < mostInGroup && rest > 0)
        await new Promise(resolve => setTimeout(resolve, rest))
    }
  }

  #take(): Append[] {
    let bytes = 0
    let many = 0
    for (const entry of this.#waiting) {
      if (many > 0 && (many >= mostInGroup || bytes + entry.update.length > mostBytesInGroup)) break
      bytes += entry.update.length
      many++
    }
    return this.#waiting.splice(0, many)
  }

  async #write(group: readonly Append[]): Promise<void> {
    const written = await this.#insert(group)
    if (written === 'stopped') return
    if (written !== 'refused') return this.#tell(group, written)
    const [first] = group
    // Not a connection lost but a row refused: the others must not suffer for it.
    if (group.length > 1) for (const entry of group) await this.#write([entry])
    else first?.done('refused')
  }

  /** Tries until it is written, refused or given up. Answers the first number in each document there is. */
  async #insert(group: readonly Append[]): Promise<ReadonlyMap<string, number> | 'refused' | 'stopped'> {
    for (;;) {
      try {
        return await this.#insertOnce(group)
      } catch (error) {
        if (this.#stopped) return 'stopped'
        const updates = group.length
        if (isRefusal(error)) {
          this.parts.log.error(
            { err: error, updates, documentId: group[0]?.documentId },
            'a document update was refused',
          )
          return 'refused'
        }
        this.parts.log.warn({ err: error, updates }, 'document updates could not be written; trying again')
        await new Promise(resolve => setTimeout(resolve, retryMs))
      }
    }
  }

  async #insertOnce(group: readonly Append[]): Promise<ReadonlyMap<string, number>> {
    const many = new Map<string, number>()
    const values: [string[], number[], string[], string[], Buffer[]] = [[], [], [], [], []]
    for (const entry of group) {
      const place = (many.get(entry.documentId) ?? 0) + 1
      many.set(entry.documentId, place)
      values[0].push(entry.documentId)
      values[1].push(place)
      values[2].push(entry.accountId)
      values[3].push(entry.connection)
      values[4].push(Buffer.from(entry.update.buffer, entry.update.byteOffset, entry.update.length))
    }
    const { rows } = await this.parts.query('documents-append', appendSql, values)
    const firsts = new Map<string, number>()
    for (const { document_id: id, seq } of rows as { document_id: string; seq: string }[])
      firsts.set(id, Math.min(Number(seq), firsts.get(id) ?? Number.POSITIVE_INFINITY))
    this.parts.counts.groups++
    this.parts.counts.committed += rows.length
    return firsts
  }

  #tell(group: readonly Append[], firsts: ReadonlyMap<string, number>): void {
    const places = new Map<string, Append[]>()
    for (const entry of group) {
      const own = places.get(entry.documentId)
      if (own) own.push(entry)
      else places.set(entry.documentId, [entry])
    }
    for (const [documentId, entries] of places) {
      const first = firsts.get(documentId)
      if (first !== undefined)
        this.parts.committed(
          documentId,
          first,
          entries.map(entry => entry.update),
        )
      entries.forEach((entry, index) => {
        entry.done(first === undefined ? 'gone' : first + index)
      })
    }
  }
}

// Classes 22 (data) and 23 (integrity) of SQLSTATE are about the rows, everything else about the moment.
const isRefusal = (error: unknown): boolean => /^(22|23)/.test((error as { code?: string }).code ?? '')
