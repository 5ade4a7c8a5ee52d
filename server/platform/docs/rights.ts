// A right taken away acts on open connections at once: whoever is named by a change is judged anew, and says nothing
// more until that is done. It decides nothing itself: who somebody is and what they may is asked of the features.
import { setTimeout as wait } from 'node:timers/promises'
import { Problem } from '#protocol/base/problems.ts'
import type { Ctx, Who } from '../ctx.ts'
import type { Logger } from '../log/log.ts'
import type { CloseReason, DocumentConnection } from './connection.ts'
import type { HostedDocument } from './hosted.ts'
import { documentSubject } from './stored.ts'

export interface DocumentRightsParts {
  readonly identify: (connection: DocumentConnection) => Promise<Who>
  /** What a context may do with a document; throws a Problem when not so much as read. */
  readonly rightsOf: (ctx: Ctx, document: HostedDocument) => Promise<{ readonly mayWrite: boolean }>
  readonly ctxOf: (who: Who, connection: DocumentConnection) => Ctx
  readonly log: Logger
}

/** Connections judged at the same time when many are named. */
const width = 16

/** Rights that could not be read: milliseconds to the next try, and until the connection is sent to ask anew. */
export const unread = { again: 250, patience: 15_000 } as const

export class DocumentRights {
  readonly #judging = new WeakMap<DocumentConnection, Promise<void>>()
  #changes = 0

  constructor(private readonly parts: DocumentRightsParts) {}

  /** How many changes were told so far. Whoever reads rights for a connection that is not listed yet notes it before. */
  get changes(): number {
    return this.#changes
  }

  /** Judges a connection that was just listed, when rights changed since `changes` was noted. */
  listed(connection: DocumentConnection, document: HostedDocument, changes: number): void {
    if (changes !== this.#changes) this.#queue(connection, document, Promise.resolve())
  }

  /** The judgement a connection waits for, if any. */
  pending(connection: DocumentConnection): Promise<void> | undefined {
    return this.#judging.get(connection)
  }

  /** Judges everybody named: accounts, `document:<id>`, or `site` for all. */
  async changed(subjects: readonly string[], documents: Iterable<HostedDocument>): Promise<void> {
    this.#changes++
    const wanted = new Set(subjects)
    const named: [DocumentConnection, HostedDocument][] = []
    for (const document of documents) {
      const all = wanted.has('site') || wanted.has(documentSubject(document.id))
      for (const connection of document.connections)
        if (all || wanted.has(connection.accountId)) named.push([connection, document])
    }
    // Everybody named stops at once, before the first is asked about.
    const starts: (() => void)[] = []
    for (const [connection, document] of named) {
      const started = new Promise<void>(resolve => starts.push(resolve))
      this.#queue(connection, document, started)
    }
    const next = named.entries()
    await Promise.all(
      Array.from({ length: width }, async () => {
        for (const [index, [connection]] of next) {
          starts[index]?.()
          await this.#judging.get(connection)
        }
      }),
    )
  }

  // One judgement at a time for a connection; one that comes meanwhile starts after it, because it may know more.
  #queue(connection: DocumentConnection, document: HostedDocument, started: Promise<void>): void {
    const before = this.#judging.get(connection) ?? Promise.resolve()
    const mine = Promise.all([before, started]).then(() => this.#judge(connection, document))
    this.#judging.set(connection, mine)
    void mine.then(() => {
      if (this.#judging.get(connection) === mine) this.#judging.delete(connection)
    })
  }

  // Rights that can not be read leave everything as it stands: what the connection says waits, is neither refused nor
  // taken, until they are. Past all patience it comes back by another way, and what waited is still with its client.
  async #judge(connection: DocumentConnection, document: HostedDocument): Promise<void> {
    const since = performance.now()
    for (let told = false; !(await this.#judgeOnce(connection, document, told)); told = true) {
      connection.ws.pause()
      if (!connection.open || performance.now() - since > unread.patience) return connection.mute()
      await wait(unread.again)
    }
    connection.ws.resume()
  }

  /** False when the rights could not be read. */
  async #judgeOnce(connection: DocumentConnection, document: HostedDocument, told: boolean): Promise<boolean> {
    if (!connection.open) return true
    const { parts } = this
    try {
      const who = await parts.identify(connection)
      if (who.kind === 'nobody' || who.accountId !== connection.accountId)
        return this.#turnOut(connection, 'notSignedIn')
      connection.who = who
      const { mayWrite } = await parts.rightsOf(parts.ctxOf(who, connection), document)
      connection.mayWrite = mayWrite
      document.outbox.owe(connection)
    } catch (error) {
      if (error instanceof Problem)
        return this.#turnOut(connection, error.code === 'not-signed-in' ? 'notSignedIn' : 'gone')
      if (!told) parts.log.warn({ err: error }, 'could not judge a document connection')
      return false
    }
    return true
  }

  #turnOut(connection: DocumentConnection, reason: CloseReason): true {
    connection.close(reason)
    return true
  }
}
