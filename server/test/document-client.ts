// One editor of a document in a test: the stock y-websocket provider over the stock ws, with the two messages of ours
// read beside it. None of the product's client code is in it.
import * as decoding from 'lib0/decoding'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { documentMessage, extendedParam } from '#protocol/base/documents.ts'
import { atEndOfFile } from './endings.ts'
import { waitFor } from './wait-for.ts'

export interface DocumentClient {
  readonly doc: Y.Doc
  readonly provider: WebsocketProvider
  readonly text: Y.Text
  /** What the server said of this connection: may it write, how many updates are decided, how many were refused. */
  readonly told: { mayWrite: boolean | undefined; upTo: number; refused: number; sent: number }
  /** Why the server closed, each time. */
  readonly closes: number[]
  /** Binary frames from the server by their first byte, since the connection opened. */
  readonly heard: Map<number, number>
  /** True when everything this client wrote is committed. */
  saved(): boolean
  synced(): Promise<void>
  untilSaved(): Promise<void>
  /** Goes to another node. */
  move(url: string): void
  /** Drops the connection without a word; the provider comes back by itself. */
  drop(): void
  close(): void
}

export interface DocumentClientOptions {
  /** Of the HTTP server. */
  readonly url: string
  readonly id: string
  readonly cookie: string
  readonly doc?: Y.Doc
  /** False: the stock client without anything of ours. */
  readonly extended?: boolean
  readonly origin?: string
}

const addressOf = (url: string) => `${url.replace('http', 'ws')}/collab`

// Each provider waits for the end of the process; many of them are no leak.
process.setMaxListeners(0)

/** Opens a document; answers at once, before anything is known of it. */
export function documentClient(options: DocumentClientOptions): DocumentClient {
  const { url, id, cookie, doc = new Y.Doc(), extended = true } = options
  const told: DocumentClient['told'] = { mayWrite: undefined, upTo: 0, refused: 0, sent: 0 }
  const heard = new Map<number, number>()
  const closes: number[] = []

  class Polyfill extends WebSocket {
    constructor(address: string | URL) {
      super(address, { headers: { cookie, ...(options.origin ? { origin: options.origin } : {}) } })
      Object.assign(told, { upTo: 0, refused: 0, sent: 0 })
      heard.clear()
      this.on('message', (data: Buffer | ArrayBuffer) => {
        const kind = new Uint8Array(data)[0] ?? -1
        heard.set(kind, (heard.get(kind) ?? 0) + 1)
      })
    }
    override send(data: Uint8Array): void {
      if (data[0] === documentMessage.sync && (data[1] === 1 || data[1] === 2)) told.sent++
      super.send(data)
    }
  }

  const provider = new WebsocketProvider(addressOf(url), id, doc, {
    WebSocketPolyfill: Polyfill as never,
    disableBc: true,
    maxBackoffTime: 400,
    params: extended ? { [extendedParam]: '1' } : {},
  })
  provider.messageHandlers[documentMessage.saved] = (_encoder, decoder) => {
    told.upTo = decoding.readVarUint(decoder)
    told.refused = decoding.readVarUint(decoder)
  }
  provider.messageHandlers[documentMessage.rights] = (_encoder, decoder) => {
    told.mayWrite = decoding.readVarUint(decoder) === 1
  }
  provider.on('connection-close', event => {
    if (event) closes.push(event.code)
  })
  // Back again, it is synced a moment before it hands over what it has: until then nothing of its own is on its way.
  const handedOver = () => told.sent > 0 || !doc.store.clients.has(doc.clientID)
  const saved = () => provider.synced && handedOver() && told.upTo === told.sent && told.refused === 0
  let open = true
  const close = () => {
    if (!open) return
    open = false
    // Yjs takes a new client id when it sees its own used by another; the provider then looks for one it never had.
    if (!provider.awareness.meta.has(doc.clientID))
      provider.awareness.meta.set(doc.clientID, { clock: 0, lastUpdated: 0 })
    provider.destroy()
    doc.destroy()
  }
  atEndOfFile(async () => close())
  return {
    doc,
    provider,
    text: doc.getText('text'),
    told,
    closes,
    heard,
    saved,
    synced: async () => void (await waitFor(() => provider.synced, 'a document to be synced')),
    untilSaved: async () => void (await waitFor(saved, 'everything to be saved')),
    move: to => {
      provider.disconnect()
      provider.serverUrl = addressOf(to)
      provider.connect()
    },
    drop: () => void (provider.ws as unknown as WebSocket | null)?.terminate(),
    close,
  }
}

/** A document's whole state, comparable between replicas that have the same. */
export const stateOf = (doc: Y.Doc): string =>
  JSON.stringify({
    text: doc.getText('text').toDelta(),
    map: Object.entries(doc.getMap('map').toJSON()).sort(),
    vector: [...Y.decodeStateVector(Y.encodeStateVector(doc))].sort(([a], [b]) => a - b),
  })
