// What nodes tell each other of documents over Redis: updates after their commit, with their numbers, and cursors. A
// loss costs latency: numbers show gaps, and heads are read from the database now and then.
import { randomBytes } from 'node:crypto'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { Logger } from '../log/log.ts'
import type { RedisConnections } from '../realtime/redis-bus.ts'

export interface DocumentEars {
  /** Committed updates with the numbers from `first` on. */
  updates(documentId: string, first: number, updates: readonly Uint8Array[]): void
  awareness(documentId: string, node: string, states: Uint8Array): void
}

export interface DocumentBus {
  start(ears: DocumentEars): void
  /** Answers when other nodes' messages arrive, or after a moment when they can't. */
  listen(documentId: string): Promise<void>
  unlisten(documentId: string): void
  sendUpdates(documentId: string, first: number, updates: readonly Uint8Array[]): void
  sendAwareness(documentId: string, states: Uint8Array): void
  /** False while messages are likely to be lost. */
  healthy(): boolean
  stop(): void
}

/** The bus of a node that is alone. */
export const silentDocumentBus = (): DocumentBus => ({
  start: () => undefined,
  listen: () => Promise.resolve(),
  unlisten: () => undefined,
  sendUpdates: () => undefined,
  sendAwareness: () => undefined,
  healthy: () => true,
  stop: () => undefined,
})

const kinds = { updates: 0, awareness: 1 } as const
const listenPatienceMs = 250

/** `prefix` keeps applications on one Redis apart. */
export function redisDocumentBus(redis: RedisConnections, prefix: string, log: Logger): DocumentBus {
  const { publisher, subscriber } = redis
  const node = randomBytes(9).toString('base64url')
  const channelPrefix = `${prefix}d:`
  let ears: DocumentEars | undefined

  function send(documentId: string, kind: number, write: (encoder: encoding.Encoder) => void): void {
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, kind)
    encoding.writeVarString(encoder, node)
    write(encoder)
    const message = Buffer.from(encoding.toUint8Array(encoder))
    publisher
      .spublish(channelPrefix + documentId, message)
      .catch((error: unknown) => log.debug({ err: error }, 'a document message to other nodes was lost'))
  }

  const hear = (channelBytes: Buffer, message: Buffer): void => {
    const channel = channelBytes.toString()
    if (!channel.startsWith(channelPrefix)) return
    const documentId = channel.slice(channelPrefix.length)
    try {
      const decoder = decoding.createDecoder(new Uint8Array(message))
      const kind = decoding.readVarUint(decoder)
      const from = decoding.readVarString(decoder)
      if (from === node) return
      if (kind === kinds.awareness) return void ears?.awareness(documentId, from, decoding.readVarUint8Array(decoder))
      if (kind !== kinds.updates) return
      const first = decoding.readVarUint(decoder)
      const updates: Uint8Array[] = []
      while (decoding.hasContent(decoder)) updates.push(decoding.readVarUint8Array(decoder))
      ears?.updates(documentId, first, updates)
    } catch (error) {
      log.warn({ err: error }, 'another node sent something of a document that this release does not know')
    }
  }

  return {
    start(given) {
      ears = given
      subscriber.on('smessageBuffer', hear)
    },
    async listen(documentId) {
      let timer: NodeJS.Timeout | undefined
      const patience = new Promise<void>(resolve => {
        timer = setTimeout(resolve, listenPatienceMs)
      })
      const subscribed = subscriber.ssubscribe(channelPrefix + documentId).then(
        () => undefined,
        (error: unknown) => log.debug({ err: error }, 'could not listen to other nodes'),
      )
      await Promise.race([subscribed, patience])
      clearTimeout(timer)
    },
    unlisten(documentId) {
      // What still comes for it finds nobody; with the connection the subscription is gone anyway.
      subscriber.sunsubscribe(channelPrefix + documentId).catch(() => undefined)
    },
    sendUpdates: (documentId, first, updates) =>
      send(documentId, kinds.updates, encoder => {
        encoding.writeVarUint(encoder, first)
        for (const update of updates) encoding.writeVarUint8Array(encoder, update)
      }),
    sendAwareness: (documentId, states) =>
      send(documentId, kinds.awareness, encoder => encoding.writeVarUint8Array(encoder, states)),
    healthy: () => publisher.status === 'ready' && subscriber.status === 'ready',
    stop: () => void subscriber.off('smessageBuffer', hear),
  }
}
