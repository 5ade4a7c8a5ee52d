// A right taken away acts on open sockets at once: over the bus, and, when the bus is down, by reading once a second
// whose numbers changed. It decides nothing itself: who somebody is and what they may hear is asked anew.
import type { Logger } from 'pino'
import { Problem } from '#protocol/base/problems.ts'
import type { ScopeAddress } from '#protocol/base/scope.ts'
import type { Sql, Who } from '../ctx.ts'
import type { Connection } from './connection.ts'

/** Changes are written by clocks of transactions that may still run: look so far back from the last look, in seconds. */
const lookBackSeconds = 30
/** Sockets judged at the same time when everybody's rights changed. */
const width = 16

export interface RightsParts {
  readonly sql: Sql
  readonly log: Logger
  readonly connections: ReadonlyMap<string, Connection>
  readonly identify: (connection: Connection) => Promise<Who>
  /** The session is over or belongs to somebody else: the socket must go. */
  readonly dismiss: (connection: Connection) => void
  /** Throws a Problem when the connection may not hear the scope any more. */
  readonly admit: (connection: Connection, scope: ScopeAddress) => Promise<void>
  readonly close: (connection: Connection, scope: ScopeAddress, reason: unknown) => void
  /** Others on this node who keep what somebody may do. */
  readonly tell: (subjects: readonly string[]) => void
  /** Another time to look back than `lookBackSeconds`. */
  readonly lookBackSeconds?: number
}

const accountOf = (who: Who) => (who.kind === 'account' ? who.accountId : undefined)

/**
 * The rights of the open sockets of one node. `changed` is told of every change by the bus and by the look at the numbers;
 * a socket that may not hear a scope any more leaves its room with the reason, one of nobody any more is closed.
 */
export class Rights {
  readonly #seen = new Map<string, { version: number; at: number }>()
  readonly #judging = new WeakMap<Connection, Promise<void>>()
  /** When the numbers were looked at last, in database time: a node that was cut off for long makes up for all of it. */
  #looked: Date | null = null
  #changes = 0

  constructor(private readonly parts: RightsParts) {}

  /** How many changes were told so far. Whoever asks who a socket is before it is listed notes it before. */
  get changes(): number {
    return this.#changes
  }

  /** Judges a socket that was just listed, when rights changed since `changes` was noted. */
  async listed(connection: Connection, changes: number): Promise<void> {
    if (changes !== this.#changes) await this.#judge(connection)
  }

  /** Judges every socket of these accounts anew; `site` means everybody. */
  async changed(subjects: readonly string[]): Promise<void> {
    this.#changes++
    this.parts.tell(subjects)
    const wanted = new Set(subjects)
    const everybody = wanted.has('site')
    const affected = [...this.parts.connections.values()].filter(
      connection => everybody || wanted.has(accountOf(connection.who) ?? ''),
    )
    for (const connection of affected) connection.rightsEpoch++
    const next = affected.values()
    await Promise.all(
      Array.from({ length: width }, async () => {
        for (const connection of next) await this.#judge(connection)
      }),
    )
  }

  /** Reads in one query whose numbers changed since the last look, and acts on those it has not seen. */
  async poll(): Promise<void> {
    const { lookBackSeconds: seconds = lookBackSeconds } = this.parts
    const rows = await this.parts.sql<{ at: Date; subject: string | null; version: string }>(
      `select now() as at, v.subject, v.version from (values (1)) as one
         left join rights_versions v on v.changed_at > coalesce($1, now()) - make_interval(secs => $2)`,
      [this.#looked, seconds],
    )
    const now = performance.now()
    const fresh: string[] = []
    for (const { subject, version } of rows) {
      if (subject === null) continue
      if (this.#seen.get(subject)?.version !== Number(version)) fresh.push(subject)
      this.#seen.set(subject, { version: Number(version), at: now })
    }
    for (const [subject, { at }] of this.#seen) if (now - at > 2_000 * seconds) this.#seen.delete(subject)
    // What changed before this node's first look was read by every socket when it came.
    const isFirst = this.#looked === null
    this.#looked = rows[0]?.at ?? this.#looked
    if (!isFirst && fresh.length > 0) await this.changed(fresh)
  }

  // One judgement at a time for a socket; one that comes meanwhile starts after it, because it may know more.
  #judge(connection: Connection): Promise<void> {
    const before = this.#judging.get(connection) ?? Promise.resolve()
    const judge = () => this.#judgeNow(connection)
    const mine = before.then(judge, judge)
    this.#judging.set(connection, mine)
    return mine
  }

  async #judgeNow(connection: Connection): Promise<void> {
    if (!connection.open) return
    const { parts } = this
    try {
      const who = await parts.identify(connection)
      if (accountOf(who) !== accountOf(connection.who)) return parts.dismiss(connection)
      connection.who = who
      // A subscription under way was admitted as who they were: it asks again.
      connection.rightsEpoch++
    } catch (error) {
      return this.#unknown(connection, error)
    }
    for (const scope of [...connection.joined.keys()]) {
      try {
        await parts.admit(connection, scope)
      } catch (error) {
        if (!(error instanceof Problem)) return this.#unknown(connection, error)
        parts.close(connection, scope, error)
      }
    }
  }

  // Not knowing is no reason to let somebody listen on, nor to tell them that they may not: they come back and ask.
  #unknown(connection: Connection, error: unknown): void {
    this.parts.log.warn({ err: error }, 'could not judge a socket anew')
    connection.socket.disconnect(true)
  }
}
