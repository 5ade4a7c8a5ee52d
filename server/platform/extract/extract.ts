// The words of documents that people brought, read in a thread that may take only so long and so much memory. It answers
// words or why there are none, and never throws for what is in a file.
import { Worker, type WorkerOptions } from 'node:worker_threads'
import { isOffice } from './office.ts'

/** Why a document has no words. */
export type NoWords = 'no text' | 'unreadable' | 'too large' | 'too long'

export type Extracted = { readonly words: string } | { readonly why: NoWords }

/** Documents larger than this are not read, in bytes: they stand in memory as a whole. */
export const largestDocument = 64 * 1024 * 1024

/** How long one may take, in milliseconds. */
const patienceMs = 20_000

/** Memory of the thread for what it makes of the bytes, in MB. */
const memoryMb = 256

/** Whether the words of this media type are read. */
export const isDocument = (type: string): boolean => type === 'application/pdf' || isOffice(type)

// Where it is built, the thread's program lies beside the bundle. Where it is run as it is written, a thread has to be
// taught TypeScript first: that of its parent is not handed down.
const written = import.meta.url.endsWith('.ts')
const program = new URL(written ? './worker.ts' : './extract-worker.js', import.meta.url)
const taught = `import('tsx/esm/api').then(({ register }) => {
  register()
  return import(${JSON.stringify(program.href)})
})`
const startThread = (options: WorkerOptions): Worker =>
  written ? new Worker(taught, { ...options, eval: true }) : new Worker(program, options)

/** Words without signs no text has and without the empty lines of a layout. */
export const tidied = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
    .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f]/g, '')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()

/** Reads a document of a type that `isDocument` names: at most `most` characters. The bytes are given away. */
export function extractWords(
  bytes: Uint8Array<ArrayBuffer>,
  { type, most, waitMs = patienceMs }: { readonly type: string; readonly most: number; readonly waitMs?: number },
): Promise<Extracted> {
  if (bytes.length > largestDocument) return Promise.resolve({ why: 'too large' })
  return new Promise(resolve => {
    const worker = startThread({
      workerData: { bytes, type, most },
      transferList: [bytes.buffer],
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
      // What a reader of PDFs has to say of a file is nobody's concern.
      stdout: true,
      stderr: true,
    })
    const end = (answer: Extracted): void => {
      clearTimeout(timer)
      void worker.terminate()
      resolve(answer)
    }
    const timer = setTimeout(() => end({ why: 'too long' }), waitMs)
    worker.on('message', ({ words }: { words?: string }) => {
      if (words === undefined) return end({ why: 'unreadable' })
      const text = tidied(words).slice(0, most)
      end(text === '' ? { why: 'no text' } : { words: text })
    })
    worker.on('error', () => end({ why: 'unreadable' }))
    worker.on('exit', () => end({ why: 'unreadable' }))
  })
}
