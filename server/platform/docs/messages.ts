// The messages of /collab as bytes: those of y-protocols and our own (protocol/base/documents.ts), and the WebSocket
// frames around them, encoded once for every reader. Knows no document.
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { documentMessage } from '#protocol/base/documents.ts'

/** Thrown for bytes that are no message. */
export class MalformedMessage extends Error {}

export type Inbound =
  | { readonly kind: 'step1'; readonly stateVector: Uint8Array }
  | { readonly kind: 'step2' | 'update'; readonly update: Uint8Array }
  | { readonly kind: 'awareness'; readonly states: Uint8Array }
  | { readonly kind: 'queryAwareness' }

const syncKinds = ['step1', 'step2', 'update'] as const

/** Reads one message of a client. Throws MalformedMessage. */
export function readMessage(bytes: Uint8Array): Inbound {
  try {
    const decoder = decoding.createDecoder(bytes)
    const message = decodeMessage(decoder)
    if (decoding.hasContent(decoder)) throw new MalformedMessage('bytes after the message')
    return message
  } catch (error) {
    // What lib0 throws on cut or absurd bytes is a plain Error or a RangeError.
    throw error instanceof MalformedMessage ? error : new MalformedMessage('not a message', { cause: error })
  }
}

function decodeMessage(decoder: decoding.Decoder): Inbound {
  switch (decoding.readVarUint(decoder)) {
    case documentMessage.sync: {
      const kind = syncKinds[decoding.readVarUint(decoder)]
      if (!kind) throw new MalformedMessage('no such step')
      const bytes = decoding.readVarUint8Array(decoder)
      return kind === 'step1' ? { kind, stateVector: bytes } : { kind, update: bytes }
    }
    case documentMessage.awareness:
      return { kind: 'awareness', states: decoding.readVarUint8Array(decoder) }
    case documentMessage.queryAwareness:
      return { kind: 'queryAwareness' }
    default:
      throw new MalformedMessage('no such message')
  }
}

/** A binary message of a server as a WebSocket frame: final, unmasked, opcode 2 (RFC 6455, 5.2). */
export function frame(payload: Uint8Array): Buffer {
  const { length } = payload
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const bytes = Buffer.allocUnsafe(head + length)
  bytes[0] = 0x82
  if (head === 2) bytes[1] = length
  else if (head === 4) {
    bytes[1] = 126
    bytes.writeUInt16BE(length, 2)
  } else {
    bytes[1] = 127
    bytes.writeBigUInt64BE(BigInt(length), 2)
  }
  bytes.set(payload, head)
  return bytes
}

function message(...parts: readonly (number | string | Uint8Array)[]): Buffer {
  const encoder = encoding.createEncoder()
  for (const part of parts) {
    if (typeof part === 'number') encoding.writeVarUint(encoder, part)
    else if (typeof part === 'string') encoding.writeVarString(encoder, part)
    else encoding.writeVarUint8Array(encoder, part)
  }
  return frame(encoding.toUint8Array(encoder))
}

/** Asks for what this state vector does not have. */
export const step1Frame = (stateVector: Uint8Array): Buffer => message(documentMessage.sync, 0, stateVector)
/** Answers a step 1: after it the client has all there is. */
export const step2Frame = (update: Uint8Array): Buffer => message(documentMessage.sync, 1, update)
/** What somebody has changed. */
export const updateFrame = (update: Uint8Array): Buffer => message(documentMessage.sync, 2, update)
/** Where people are in the document now. */
export const awarenessFrame = (states: Uint8Array): Buffer => message(documentMessage.awareness, states)
/** y-protocols' "permission denied": what a stock client knows of a refusal. */
export const deniedFrame = (reason: string): Buffer => message(documentMessage.auth, 0, reason)
/** What stands in the database: the messages of this connection up to a number, and how many of them were refused. */
export const savedFrame = (upTo: number, refused: number): Buffer => message(documentMessage.saved, upTo, refused)
/** Whether whoever reads may write, from now on. */
export const rightsFrame = (mayWrite: boolean): Buffer => message(documentMessage.rights, mayWrite ? 1 : 0)
