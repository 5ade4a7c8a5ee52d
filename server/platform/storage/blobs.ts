// Blobs on disk: put, get, delete, ranges. A blob is named by an id of ours and never by a name people typed; what a
// file is called, who may see it and when it goes is for the feature that keeps it.
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { Problem } from '#protocol/base/problems.ts'

export interface Blobs {
  /** Stores a stream whole or not at all; `too-large` beyond `limit` bytes. Answers its size in bytes. */
  put(id: string, from: Readable, limit: number): Promise<number>
  /** A stream of the bytes `from` to `to`, both included; all of it without a range. `not-found` when absent. */
  get(id: string, range?: { from: number; to?: number }): Promise<{ size: number; body: Readable }>
  /** Removes a blob; one that is not there is no error. */
  remove(id: string): Promise<void>
}

const idForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

function limited(limit: number): Transform {
  let size = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length
      if (size > limit) done(new Problem('too-large', { params: { limit } }))
      else done(null, chunk)
    },
  })
}

/** Blobs below the folder of a `file:` URL (STORAGE_URL); the folder is made when the first blob comes. */
export function diskBlobs(storageUrl: string): Blobs {
  const root = fileURLToPath(storageUrl)
  const pathOf = (id: string): string => {
    if (!idForm.test(id)) throw new Problem('not-found')
    // UUIDv7 begin with the time: the last two digits spread evenly over the folders.
    return join(root, id.slice(-2), id)
  }
  return {
    async put(id, from, limit) {
      const path = pathOf(id)
      const partial = `${path}.partial`
      await mkdir(join(path, '..'), { recursive: true })
      try {
        await pipeline(from, limited(limit), createWriteStream(partial, { flags: 'wx' }))
        const { size } = await stat(partial)
        await rename(partial, path)
        return size
      } catch (error) {
        await rm(partial, { force: true })
        throw error
      }
    },
    async get(id, range) {
      const path = pathOf(id)
      const found = await stat(path).catch(() => undefined)
      if (!found) throw new Problem('not-found')
      const end = Math.min(range?.to ?? found.size - 1, found.size - 1)
      return { size: found.size, body: createReadStream(path, range ? { start: range.from, end } : {}) }
    },
    async remove(id) {
      await rm(pathOf(id), { force: true })
    },
  }
}
