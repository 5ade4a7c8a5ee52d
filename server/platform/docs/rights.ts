// A right taken away acts on open connections at once: whoever is named by a change is judged anew, and says nothing
// more until that is done. It decides nothing itself: who somebody is and what they may is asked of the features.
import { Problem } from '#protocol/base/problems.ts'
import type { Ctx, Who } from '../ctx.ts'
import type { Logger } from '../log/log.ts'
import type { DocumentConnection } from './connection.ts'
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

export class DocumentRights {
  readonly #judging = new WeakMap<DocumentConnection, Promise<void>>()

  constructor(private readonly parts: DocumentRightsParts) {}

  /** The judgement a connection waits for, if any. */
  pending(connection: DocumentConnection): Promise<void> | undefined {
    return this.#judging.get(connection)
  }

  /** Judges everybody named: accounts, `document:<id>`, or `site` for all. */
  async changed(subjects: readonly string[], documents: Iterable<HostedDocument>): Promise<void> {
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

  async #judge(connection: DocumentConnection, document: HostedDocument): Promise<void> {
    if (!connection.open) return
    const { parts } = this
    try {
      const who = await parts.identify(connection)
      if (who.kind === 'nobody' || who.accountId !== connection.accountId) return connection.close('notSignedIn')
      connection.who = who
      const { mayWrite } = await parts.rightsOf(parts.ctxOf(who, connection), document)
      connection.mayWrite = mayWrite
      document.outbox.owe(connection)
    } catch (error) {
      if (error instanceof Problem) return connection.close(error.code === 'not-signed-in' ? 'notSignedIn' : 'gone')
      // Not knowing is no reason to let somebody write on.
      parts.log.warn({ err: error }, 'could not judge a document connection')
      connection.close('move')
    }
  }
}
