// The database of a simulated school: one board whose state is folded from its log, who may hear it, and what is read of
// both at one moment. It answers as PostgreSQL does: late, in any order, sometimes not at all, never half of a commit.
import type { Sql } from '#server/platform/ctx.ts'
import type { EncodedEvent } from '#server/platform/events/event.ts'
import type { LogReads, Missed } from '#server/platform/events/log.ts'
import { type Board, boardAddress, epoch, foldBoard } from './board.ts'
import type { VirtualTime } from './time.ts'

interface Entry {
  readonly seq: number
  readonly kind: 'added' | 'removed'
  /** null: blanked. */
  body: { id: string } | null
  readonly at: number
}

/** Everything that was committed, as it was at one moment. */
interface Moment {
  readonly head: number
  readonly state: Board
  readonly log: readonly Entry[]
}

const encode = (entry: Entry): EncodedEvent =>
  entry.body === null
    ? { scope: boardAddress, seq: entry.seq, text: '', blank: true }
    : {
        scope: boardAddress,
        seq: entry.seq,
        text: JSON.stringify({
          s: boardAddress,
          n: entry.seq,
          k: entry.kind,
          b: entry.body,
          a: null,
          t: new Date(epoch + entry.at).toISOString(),
        }),
      }

export class Store {
  /** Never in place: a reader keeps the moment it began with. */
  #moment: Moment = { head: 0, state: { at: 0, ids: [] }, log: [] }
  #rights = new Map<string, { version: number; at: number }>()
  readonly #denied = new Map<string, number>()
  readonly #transactions = new WeakMap<Sql, Moment>()
  /** How long a statement takes, and how often one fails, while faults are injected. */
  trouble = { slowest: 40, fails: 0 }

  constructor(private readonly time: VirtualTime) {}

  get head(): number {
    return this.#moment.head
  }

  get state(): Board {
    return this.#moment.state
  }

  /** When each number was committed. */
  committedAt(seq: number): number {
    return this.#moment.log[seq - 1]?.at ?? Number.NaN
  }

  /** Commits additions, or one removal that blanks what it removes, and answers what is to be published. */
  commit(kind: 'added' | 'removed', ids: readonly string[]): EncodedEvent[] {
    const made = ids.map((id, index) => ({
      seq: this.#moment.head + index + 1,
      kind,
      body: { id },
      at: this.time.now,
    }))
    const gone = kind === 'removed' ? ids[0] : undefined
    const kept = this.#moment.log.map(entry =>
      entry.kind === 'added' && entry.body?.id === gone ? { ...entry, body: null } : entry,
    )
    this.#moment = {
      head: this.#moment.head + made.length,
      state: made.reduce(
        (state, { seq, body }) => foldBoard(state, { kind, body, seq, actor: null, at: '' }),
        this.#moment.state,
      ),
      log: [...kept, ...made],
    }
    return made.map(entry => (gone === undefined ? encode(entry) : { ...encode(entry), forget: true }))
  }

  /** Numbers that were pruned are not read any more; the head stays. */
  prune(upTo: number): void {
    this.#pruned = Math.max(this.#pruned, upTo)
  }
  #pruned = 0

  allow(account: string, may: boolean): void {
    if (may) this.#denied.delete(account)
    else this.#denied.set(account, this.time.now)
    this.#rights.set(account, { version: (this.#rights.get(account)?.version ?? 0) + 1, at: this.time.now })
  }

  /** Since when this account may not hear the board; undefined when it may. */
  deniedSince(account: string): number | undefined {
    return this.#denied.get(account)
  }

  /** A statement on its way: what is read is what was there at some moment in between. */
  async statement<T>(read: () => T): Promise<T> {
    await this.time.wait(0.2, this.trouble.slowest)
    if (this.time.dice.chance(this.trouble.fails)) throw new Error('The database does not answer')
    const value = read()
    await this.time.wait(0.2, this.trouble.slowest)
    return value
  }

  /** Versions of rights are all that the platform asks in SQL of its own: those since a moment, less so many seconds. */
  readonly sql: Sql = async <Row extends object>(_text: string, [since, seconds]: readonly unknown[] = []) =>
    this.statement(() => {
      const from = Number(since ?? this.time.now) - Number(seconds) * 1000
      const at = new Date(this.time.now)
      const changed = [...this.#rights].filter(([, one]) => one.at > from)
      const rows = changed.map(([subject, { version }]) => ({ at, subject, version: String(version) }))
      return (rows.length > 0 ? rows : [{ at, subject: null, version: null }]) as object[] as Row[]
    })

  /** Reads several things of one moment, as in a REPEATABLE READ transaction. */
  async together<T>(read: (sql: Sql) => Promise<T>): Promise<T> {
    const sql: Sql = async () => []
    await this.statement(() => this.#transactions.set(sql, this.#moment))
    return read(sql)
  }

  stateIn(sql: Sql): Board {
    return (this.#transactions.get(sql) ?? this.#moment).state
  }

  readonly reads: LogReads = {
    heads: async query => {
      const inside = this.#transactions.get(query)
      return new Map([[boardAddress, inside ? inside.head : await this.statement(() => this.#moment.head)]])
    },
    since: (_query, _scope, since, limit) =>
      this.statement((): Missed => {
        const { head, log } = this.#moment
        const events = log.slice(Math.max(since, this.#pruned), Math.max(since, this.#pruned) + limit).map(encode)
        return { head, events, complete: since <= head && events.length === head - since }
      }),
    tail: (_query, _scope, limit) =>
      this.statement(() => {
        const { head, log } = this.#moment
        return { head, events: log.slice(Math.max(this.#pruned, head - limit)).map(encode) }
      }),
  }
}
