// One update of a client, looked at before anybody gets it: whether it can be read at all, whose client ids it holds,
// and whether it says something new. Pure.
import * as Y from 'yjs'
import { MalformedMessage } from './messages.ts'

/** What an update says of one client id: the first and the last clock, the last one not included. */
export interface Span {
  readonly from: number
  readonly to: number
}

export interface ReadUpdate {
  readonly bytes: Uint8Array
  /** By Yjs client id. */
  readonly spans: ReadonlyMap<number, Span>
  readonly deletes: ReadonlyMap<number, readonly { readonly clock: number; readonly len: number }[]>
}

const biggestClient = 2 ** 53 - 1

/**
 * Reads an update (encoding 1). Throws MalformedMessage for what is none, and for one with a subdocument in it: nobody
 * would have asked who may read that.
 */
export function readUpdate(bytes: Uint8Array): ReadUpdate {
  let decoded: ReturnType<typeof Y.decodeUpdate>
  try {
    decoded = Y.decodeUpdate(bytes)
  } catch (error) {
    throw new MalformedMessage('not an update', { cause: error })
  }
  const spans = new Map<number, Span>()
  for (const struct of decoded.structs) {
    const { client, clock } = struct.id
    const to = clock + struct.length
    if (client > biggestClient || to > biggestClient || struct.length < 1) throw new MalformedMessage('absurd numbers')
    if (struct instanceof Y.Item && struct.content instanceof Y.ContentDoc)
      throw new MalformedMessage('subdocuments are not taken')
    if (struct instanceof Y.Skip) continue
    const before = spans.get(client)
    spans.set(client, { from: before?.from ?? clock, to })
  }
  return { bytes, spans, deletes: decoded.ds.clients }
}

/** True when it holds neither something written nor something deleted. */
export const isEmpty = (update: ReadUpdate): boolean => update.spans.size === 0 && update.deletes.size === 0

/** Whether a document does not have all of it yet. */
export function saysNews(doc: Y.Doc, update: ReadUpdate): boolean {
  for (const [client, { to }] of update.spans) if (Y.getState(doc.store, client) < to) return true
  for (const [client, ranges] of update.deletes)
    for (const { clock, len } of ranges) if (!isDeleted(doc, client, clock, clock + len)) return true
  return false
}

function isDeleted(doc: Y.Doc, client: number, from: number, to: number): boolean {
  const structs = doc.store.clients.get(client)
  if (!structs || Y.getState(doc.store, client) < to) return false
  for (let index = Y.findIndexSS(structs, from); index < structs.length; index++) {
    const struct = structs[index]
    if (!struct || struct.id.clock >= to) return true
    if (!struct.deleted) return false
  }
  return true
}
