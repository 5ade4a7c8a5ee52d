// Reads one document in a thread of its own and ends: whatever a strange file does to the reader, the node's own thread
// goes on. Built as a file of its own (scripts/build.mjs); knows no database.
import { parentPort, workerData } from 'node:worker_threads'
import { officeWords } from './office.ts'
import { pdfWords } from './pdf.ts'

interface Given {
  readonly bytes: Uint8Array
  readonly type: string
  readonly most: number
}

const { bytes, type, most } = workerData as Given

const words = async (): Promise<string> =>
  type === 'application/pdf'
    ? pdfWords(bytes, most)
    : officeWords(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), type, most)

try {
  parentPort?.postMessage({ words: await words() })
} catch {
  parentPort?.postMessage({ why: 'unreadable' })
}
