// A WebSocket that tells of each message with an update that leaves, so that the server's word about how many it has
// decided can be understood (protocol/base/documents.ts, `saved`).
import { documentMessage } from '#protocol/base/documents.ts'

/** A class in the place of WebSocket. `everything`: all the server lacks; `one`: the update just made. */
export function countingSocket(sent: (carries: 'everything' | 'one') => void): typeof WebSocket {
  return class extends WebSocket {
    override send(data: string | ArrayBufferLike | Blob | ArrayBufferView<ArrayBufferLike>): void {
      super.send(data as Uint8Array<ArrayBuffer>)
      // Sync messages: 0 and then 0 for "what have you", 1 for everything the other lacks, 2 for one update.
      if (!(data instanceof Uint8Array) || data[0] !== documentMessage.sync) return
      if (data[1] === 1) sent('everything')
      else if (data[1] === 2) sent('one')
    }
  }
}
