// People at one document for the benchmarks: writers who type single letters, readers who count what arrives. They speak
// the y-websocket wire themselves, so that the load process is not busy with documents.
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import * as Y from 'yjs'

/** How a server wants its messages: Hocuspocus puts the document's name before each and asks for a token first. */
export type Dialect = 'y-websocket' | 'hocuspocus'

export interface Seat {
  readonly ws: WebSocket
  /** Updates that arrived since `reset`. */
  updates: number
  frames: number
  readonly doc: Y.Doc
  /** Applies what arrives; the others only count. */
  readonly follows: boolean
  /** Our own word: how many of this seat's updates are committed. */
  saved: number
}

const documentName = 'measured'

export function message(dialect: Dialect, write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder()
  if (dialect === 'hocuspocus') encoding.writeVarString(encoder, documentName)
  write(encoder)
  return encoding.toUint8Array(encoder)
}

function read(dialect: Dialect, seat: Seat, bytes: Uint8Array, ready: () => void): void {
  const decoder = decoding.createDecoder(bytes)
  if (dialect === 'hocuspocus') decoding.readVarString(decoder)
  const kind = decoding.readVarUint(decoder)
  if (kind === 100) seat.saved = decoding.readVarUint(decoder)
  if (kind !== 0) return
  const step = decoding.readVarUint(decoder)
  if (step === 0) return
  const update = decoding.readVarUint8Array(decoder)
  if (seat.follows) Y.applyUpdate(seat.doc, update, 'heard')
  if (step === 1) ready()
  else seat.updates++
}

/** Opens one seat and answers once it has the document. */
export function takeSeat(
  url: string,
  dialect: Dialect,
  { cookie, follows = false }: { readonly cookie?: string; readonly follows?: boolean } = {},
): Promise<Seat> {
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(url, { perMessageDeflate: false, ...(cookie ? { headers: { cookie } } : {}) })
    ws.binaryType = 'nodebuffer'
    const seat: Seat = { ws, updates: 0, frames: 0, doc: new Y.Doc(), follows, saved: 0 }
    ws.on('error', reject)
    ws.on('close', code => reject(new Error(`a seat was closed with ${code}`)))
    ws.on('message', (data: Buffer) => {
      seat.frames++
      read(dialect, seat, new Uint8Array(data.buffer, data.byteOffset, data.length), () => resolve(seat))
    })
    ws.on('open', () => {
      if (dialect === 'hocuspocus')
        ws.send(
          message(dialect, encoder => {
            encoding.writeVarUint(encoder, 2)
            encoding.writeVarUint(encoder, 0)
            encoding.writeVarString(encoder, 'token')
          }),
        )
      ws.send(
        message(dialect, encoder => {
          encoding.writeVarUint(encoder, 0)
          encoding.writeVarUint(encoder, 0)
          encoding.writeVarUint8Array(encoder, Y.encodeStateVector(new Y.Doc()))
        }),
      )
    })
  })
}

/** Types one letter at the end of the writer's own text. */
export function type(seat: Seat, dialect: Dialect, field: string): void {
  let made: Uint8Array | undefined
  const keep = (update: Uint8Array) => {
    made = update
  }
  seat.doc.once('update', keep)
  const text = seat.doc.getText(field)
  text.insert(text.length, 'x')
  const update = made
  if (!update) throw new Error('nothing was typed')
  seat.ws.send(
    message(dialect, encoder => {
      encoding.writeVarUint(encoder, 0)
      encoding.writeVarUint(encoder, 2)
      encoding.writeVarUint8Array(encoder, update)
    }),
  )
}
