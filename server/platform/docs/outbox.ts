// What goes out to the connections of one document: gathered for one turn, or for a few milliseconds when much is
// written, and handed over in one write a connection. Nobody gets back what they sent themselves.
import type { DocumentConnection } from './connection.ts'
import type { DocumentCounts } from './counts.ts'

interface Waiting {
  readonly frame: Buffer
  readonly from: DocumentConnection | undefined
}

/**
 * Milliseconds between two writes to the same connection: a write costs the same however little is in it, and the more
 * people there are the more of them it costs. An idle document is served at once.
 */
const gatherMs = (connections: number): number => Math.min(30, Math.max(8, connections / 4))

export class Outbox {
  #waiting: Waiting[] = []
  /** Connections with a word of their own (`saved`) due at the next write. */
  readonly #owed = new Set<DocumentConnection>()
  #immediate: NodeJS.Immediate | undefined
  #timer: NodeJS.Timeout | undefined
  #sentAt = Number.NEGATIVE_INFINITY

  constructor(
    private readonly connections: ReadonlySet<DocumentConnection>,
    private readonly counts: DocumentCounts,
  ) {}

  /** A frame for everybody but the one it came from. */
  push(frame: Buffer, from: DocumentConnection | undefined): void {
    this.#waiting.push({ frame, from })
    this.#schedule()
  }

  /** This connection has something of its own to be told. */
  owe(connection: DocumentConnection): void {
    this.#owed.add(connection)
    this.#schedule()
  }

  #schedule(): void {
    if (this.#immediate || this.#timer) return
    const rest = gatherMs(this.connections.size) - (performance.now() - this.#sentAt)
    if (rest <= 1) this.#immediate = setImmediate(() => this.flush())
    else this.#timer = setTimeout(() => this.flush(), rest)
  }

  /** Hands over what waits. */
  flush(): void {
    this.stop()
    const waiting = this.#waiting
    if (waiting.length === 0 && this.#owed.size === 0) return
    this.#waiting = []
    this.#sentAt = performance.now()
    const writers = new Set(waiting.map(one => one.from))
    const forReaders = waiting.length > 0 ? joined(waiting) : undefined
    for (const connection of this.connections) {
      const own = this.#owed.has(connection) ? connection.dueFrame() : undefined
      const mine = writers.has(connection) ? waiting.filter(one => one.from !== connection) : waiting
      const frames = connection.follows ? mine.length : 0
      const bytes = frames === 0 ? undefined : mine === waiting ? forReaders : joined(mine)
      const whole = bytes && own ? Buffer.concat([bytes, own]) : (bytes ?? own)
      if (whole && connection.write(whole)) {
        this.counts.frames += frames
        this.counts.writes++
      }
    }
    this.#owed.clear()
  }

  stop(): void {
    clearImmediate(this.#immediate)
    clearTimeout(this.#timer)
    this.#immediate = undefined
    this.#timer = undefined
  }
}

const joined = (waiting: readonly Waiting[]): Buffer | undefined => {
  const [one] = waiting
  if (!one) return undefined
  return waiting.length === 1 ? one.frame : Buffer.concat(waiting.map(each => each.frame))
}
