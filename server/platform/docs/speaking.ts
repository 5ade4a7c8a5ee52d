// What a connection says, message by message and in order: parsed, judged and acted on. A right is asked when a message
// is handled, not when it was typed; what may not be is dropped, counted, and changes nothing.
import { documentLimits } from '#protocol/base/documents.ts'
import type { Sql } from '../ctx.ts'
import type { Logger } from '../log/log.ts'
import { bindClients } from './clients.ts'
import type { DocumentConnection } from './connection.ts'
import type { DocumentCounts } from './counts.ts'
import type { HostedDocument } from './hosted.ts'
import { awarenessFrame, deniedFrame, type Inbound, MalformedMessage, readMessage } from './messages.ts'
import type { Store } from './store.ts'
import { isEmpty, type ReadUpdate, readUpdate } from './update.ts'

export interface SpeakingParts {
  readonly sql: Sql
  readonly store: Store
  readonly counts: DocumentCounts
  readonly log: Logger
  /** Makes room in a document that seems full; answers when it is measured anew. */
  readonly makeRoom: (document: HostedDocument) => Promise<void>
  /** Cursors of this document have something to tell. */
  readonly stirred: (document: HostedDocument) => void
  /** The document is not there any more. */
  readonly gone: (document: HostedDocument) => void
  /** The document holds what the database will never have; told again whenever more of it is settled. */
  readonly astray: (document: HostedDocument) => void
}

/** Takes one message of a connection; answers a promise only when it had to wait for something. */
export type Speaking = (
  document: HostedDocument,
  connection: DocumentConnection,
  bytes: Uint8Array,
) => Promise<void> | void

/** Makes what takes the messages of every connection of this node. */
export function createSpeaking(parts: SpeakingParts): Speaking {
  const { counts, store } = parts

  function accept(
    document: HostedDocument,
    connection: DocumentConnection,
    { bytes }: ReadUpdate,
    number: number,
  ): void {
    document.unsaved++
    const after: (() => void)[] = []
    document.afterLast = after
    document.take(bytes, connection)
    store.append({
      documentId: document.id,
      accountId: connection.accountId,
      connection: connection.id,
      update: bytes,
      done: seq => {
        document.unsaved--
        if (document.afterLast === after) document.afterLast = undefined
        connection.settle(number)
        for (const one of after) one()
        if (seq === 'gone' || seq === 'refused') connection.refuse()
        if (seq === 'gone') parts.gone(document)
        // Whoever came back with it would be refused again.
        if (seq === 'refused') connection.close('malformed')
        if (seq === 'refused' || document.astray) parts.astray(document)
        document.outbox.owe(connection)
      },
    })
  }

  function refuse(document: HostedDocument, connection: DocumentConnection, number: number): void {
    counts.refused++
    connection.settle(number)
    connection.refuse()
    if (connection.tellDenied()) connection.write(deniedFrame('You may read this document, not write in it.'))
    document.outbox.owe(connection)
  }

  /** Client ids the node has not seen in this document yet. */
  const strangers = (document: HostedDocument, { spans }: ReadUpdate): number[] =>
    [...spans.keys()].filter(client => !document.clients.has(client))

  async function acceptLater(
    document: HostedDocument,
    connection: DocumentConnection,
    update: ReadUpdate,
    number: number,
  ): Promise<void> {
    if (!fits(document, update)) {
      await parts.makeRoom(document)
      if (!fits(document, update)) {
        connection.refuse()
        return connection.close('tooLarge')
      }
    }
    const unknown = strangers(document, update)
    if (unknown.length > 0) {
      const bound = await bindClients(parts.sql, document.id, connection.accountId, unknown)
      for (const [client, accountId] of bound) document.clients.set(client, accountId)
    }
    // The right may have gone while this waited.
    if (!connection.mayWrite) return refuse(document, connection, number)
    accept(document, connection, update, number)
  }

  function takeUpdate(
    document: HostedDocument,
    connection: DocumentConnection,
    message: Extract<Inbound, { update: Uint8Array }>,
  ): Promise<void> | void {
    counts.updates++
    const number = connection.receive()
    const update = readUpdate(message.update)
    // A step 2 repeats every deletion there ever was: mostly there is nothing new in it.
    const asks = message.kind === 'step2' || !connection.mayWrite || update.spans.size === 0
    if (isEmpty(update) || (asks && !document.lacks(update))) {
      // Nothing new is saved as soon as all is that was there before it: memory is ahead of the database.
      const settled = () => {
        connection.settle(number)
        document.outbox.owe(connection)
      }
      if (document.afterLast) document.afterLast.push(settled)
      else settled()
      return
    }
    if (!connection.mayWrite) return refuse(document, connection, number)
    if (store.full) return connection.close('tooFast')
    if (!fits(document, update) || strangers(document, update).length > 0)
      return acceptLater(document, connection, update, number)
    accept(document, connection, update, number)
  }

  function handle(document: HostedDocument, connection: DocumentConnection, message: Inbound): Promise<void> | void {
    switch (message.kind) {
      case 'step1':
        connection.answer(answer(document, message.stateVector))
        connection.follows = true
        return
      case 'step2':
      case 'update':
        return takeUpdate(document, connection, message)
      case 'awareness':
        document.awareness.take(
          { id: connection.id, accountId: connection.accountId, name: connection.who.name },
          message.states,
        )
        return parts.stirred(document)
      case 'queryAwareness':
        connection.answer(awarenessFrame(document.awareness.everything()))
    }
  }

  function fail(connection: DocumentConnection, error: unknown): void {
    if (error instanceof MalformedMessage) {
      counts.malformed++
      connection.close('malformed')
      return
    }
    parts.log.error({ err: error }, 'a document message could not be handled')
    connection.close('move')
  }

  return (document, connection, bytes) => {
    try {
      return handle(document, connection, readMessage(bytes))?.catch(error => fail(connection, error))
    } catch (error) {
      fail(connection, error)
    }
  }
}

function answer(document: HostedDocument, stateVector: Uint8Array): Buffer {
  try {
    return document.answerTo(stateVector)
  } catch (error) {
    throw new MalformedMessage('not a state vector', { cause: error })
  }
}

const fits = (document: HostedDocument, update: ReadUpdate): boolean =>
  document.bytes + update.bytes.length <= documentLimits.document
