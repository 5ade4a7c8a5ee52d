// Blobs on disk: take in, put in their place, get, delete, ranges, and growing one piece by piece. A blob is named by an id of ours and never by a name people typed; what a
// file is called, who may see it and when it goes is for the feature that keeps it.
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, createWriteStream, fstatSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { Problem } from '#protocol/base/problems.ts'

export interface Blobs {
  /** A stream of the bytes `from` to `to`, both included; all of it without a range. `not-found` when absent; a fault when the storage cannot say. */
  get(id: string, range?: { from: number; to?: number }): Promise<{ size: number; body: Readable }>
  /** Removes a blob; one that is not there is no error. */
  remove(id: string): Promise<void>
  /** Takes a piece in, whole or not at all, that is to be put somewhere later; `too-large` beyond `limit` bytes. */
  receive(from: Readable, limit: number): Promise<Piece>
  /** Forgets pieces that came before `before` and were never put anywhere. Answers how many. */
  sweep(before: Date): Promise<number>
}

/** Bytes that have come whole and belong to no blob yet. */
export interface Piece {
  /** In bytes. */
  readonly size: number
  /**
   * Puts it at this place of a growing blob and forgets what stood from there on, so that it may be done twice. Whoever
   * calls sees to it that nobody else does at the same time.
   */
  appendTo(id: string, offset: number): Promise<void>
  /** Makes it the whole of a blob, in place of what was there: at once, however large. Once it is, nothing more happens. */
  become(id: string): Promise<void>
  /** Forgets it. To be called at the end in any case. */
  drop(): Promise<void>
}

const none = async (): Promise<never> => {
  throw new Error('No files are kept here')
}

/** For contexts that have nothing to do with files: a command, a simulation. Whatever is asked of it is a fault. */
export const noBlobs: Blobs = { get: none, remove: none, receive: none, sweep: none }

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

async function copyInto(from: string, to: string, offset: number): Promise<void> {
  await mkdir(join(to, '..'), { recursive: true })
  // Opened without cutting it: what was there before `offset` is the file so far.
  const file = await open(to, offset === 0 ? 'w' : 'r+')
  await file.truncate(offset).finally(() => file.close())
  await pipeline(createReadStream(from), createWriteStream(to, { flags: 'r+', start: offset, flush: true }))
}

async function moveTo(from: string, to: string): Promise<void> {
  await mkdir(join(to, '..'), { recursive: true })
  await rename(from, to)
}

/** Blobs below the folder of a `file:` URL (STORAGE_URL); the folder is made when the first blob comes. */
export function diskBlobs(storageUrl: string): Blobs {
  const root = fileURLToPath(storageUrl)
  const pieces = join(root, 'pieces')
  const pathOf = (id: string): string => {
    if (!idForm.test(id)) throw new Problem('not-found')
    // UUIDv7 begin with the time: the last two digits spread evenly over the folders.
    return join(root, id.slice(-2), id)
  }
  return {
    async get(id, range) {
      const path = pathOf(id)
      // Opened before it is answered: what is removed meanwhile is read to its end, and fails nobody who has it.
      const body = createReadStream(path, range ? { start: range.from, end: range.to } : {})
      const [descriptor] = (await once(body, 'open').catch((error: NodeJS.ErrnoException) => {
        // Whatever else keeps it from being read passes, and the blob is still there.
        throw error.code === 'ENOENT' ? new Problem('not-found') : error
      })) as [number]
      return { size: fstatSync(descriptor).size, body }
    },
    async remove(id) {
      await rm(pathOf(id), { force: true })
    },
    async receive(from, limit) {
      const path = join(pieces, randomUUID())
      await mkdir(pieces, { recursive: true })
      try {
        await pipeline(from, limited(limit), createWriteStream(path, { flags: 'wx' }))
      } catch (error) {
        await rm(path, { force: true })
        throw error
      }
      const { size } = await stat(path)
      let become: Promise<void> | undefined
      return {
        size,
        drop: () => rm(path, { force: true }),
        appendTo: (id, offset) => copyInto(path, pathOf(id), offset),
        // A transaction that is tried again asks again.
        become: async id => (become ??= moveTo(path, pathOf(id))),
      }
    },
    async sweep(before) {
      const names = await readdir(pieces).catch(() => [])
      let swept = 0
      for (const name of names) {
        const found = await stat(join(pieces, name)).catch(() => undefined)
        if (!found || found.mtime >= before) continue
        await rm(join(pieces, name), { force: true })
        swept += 1
      }
      return swept
    },
  }
}
