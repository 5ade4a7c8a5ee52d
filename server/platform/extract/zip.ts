// Reads entries of a zip archive that somebody brought, as APPNOTE.TXT of PKWARE describes it. What an archive says of
// itself is weighed before anything is unpacked, and nothing is unpacked beyond what it said. Holds no more of a large
// archive in memory than its directory.
import { Readable, Transform } from 'node:stream'
import { createInflateRaw, inflateRawSync } from 'node:zlib'

/** Why an archive is not read: none at all, or cut off; larger than may be; growing beyond all measure; behind a password. */
export type ZipFault = 'none' | 'large' | 'grows' | 'encrypted'

/** The archive is not read. `at`: the name of the entry, where it is one. */
export class ZipRefused extends Error {
  constructor(
    message: string,
    readonly fault: ZipFault = 'none',
    readonly at = '',
  ) {
    super(message)
  }
}

/** What the directory says of an entry; sizes in bytes. */
export interface ZipListed {
  readonly name: string
  /** Unpacked. */
  readonly size: number
  readonly packed: number
  /** It points elsewhere in a file system. */
  readonly link: boolean
  readonly method: number
  /** Where it begins. */
  readonly local: number
}

export interface ZipEntry {
  readonly name: string
  /** Unpacked, in bytes. */
  readonly size: number
  readonly read: () => Buffer
}

/** An archive that is read piece by piece. */
export interface ZipSource {
  /** In bytes. */
  readonly size: number
  /** The bytes from `from` on, so many. */
  readonly read: (from: number, length: number) => Promise<Buffer>
  readonly open: (from: number, length: number) => Promise<Readable>
}

export interface ZipLimits {
  readonly entries: number
  /** Of all entries together, unpacked, in bytes. */
  readonly unpacked: number
  /** How many times its packed size an entry may grow to, and all of them together. Small ones may in any case. */
  readonly ratio: number
}

export const zipLimits: ZipLimits = { entries: 5_000, unpacked: 200 * 1024 * 1024, ratio: 200 }

/** Entries this small are taken whatever their ratio, in bytes; and archives, of all their entries. */
const smallEntry = 1024 * 1024
const smallArchive = 64 * smallEntry
/** Bytes of a directory at most: what is held in memory. */
const largestDirectory = 64 * 1024 * 1024

const endSign = 0x06054b50
const end64Sign = 0x06064b50
const locator64Sign = 0x07064b50
const centralSign = 0x02014b50
const localSign = 0x04034b50
const endLength = 22
const end64Length = 56
const locator64Length = 20
const localLength = 30
const mostComment = 65_535
const stored = 0
const deflated = 8
const encrypted = 1
/** Stands where the number is in the larger form. */
const elsewhere32 = 0xffffffff
const elsewhere16 = 0xffff
const linkMode = 0o120000

interface Directory {
  readonly at: number
  readonly length: number
  readonly count: number
}

/** A number of eight bytes; what no double holds is no place in any archive. */
function large(bytes: Buffer, at: number): number {
  const value = bytes.readBigUInt64LE(at)
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new ZipRefused('a number beyond measure')
  return Number(value)
}

// Beyond the end of the bytes.
function whole<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) throw new ZipRefused('cut off')
    throw error
  }
}

/** Where the last sign of an archive stands in its last bytes. */
function endIn(tail: Buffer): number {
  const least = Math.max(0, tail.length - endLength - mostComment)
  for (let at = tail.length - endLength; at >= least; at--) if (tail.readUInt32LE(at) === endSign) return at
  throw new ZipRefused('no end of a directory')
}

const endOf = (tail: Buffer, at: number): Directory => ({
  count: tail.readUInt16LE(at + 10),
  length: tail.readUInt32LE(at + 12),
  at: tail.readUInt32LE(at + 16),
})

const isElsewhere = ({ at, length, count }: Directory): boolean =>
  at === elsewhere32 || length === elsewhere32 || count === elsewhere16

/** The sizes and the place of an entry in the larger form: those that stand there, in this order. */
function extended(extra: Buffer, small: { size: number; packed: number; local: number }) {
  const needs = (['size', 'packed', 'local'] as const).filter(one => small[one] === elsewhere32)
  const found = { ...small }
  for (let at = 0; needs.length > 0 && at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue
    needs.forEach((one, place) => {
      found[one] = large(extra, at + 4 + 8 * place)
    })
    return found
  }
  if (needs.length > 0) throw new ZipRefused('no sizes')
  return found
}

/** The entries of a directory, weighed. `held`: bytes of the whole archive, which entries may claim more than once. */
function entriesIn(directory: Buffer, count: number, held: number, limits: ZipLimits): ZipListed[] {
  if (count > limits.entries) throw new ZipRefused('too many entries', 'large')
  let at = 0
  let total = 0
  const entries = whole(() =>
    Array.from({ length: count }, () => {
      if (directory.readUInt32LE(at) !== centralSign) throw new ZipRefused('no directory')
      const names = directory.readUInt16LE(at + 28)
      const extra = directory.readUInt16LE(at + 30)
      const comment = directory.readUInt16LE(at + 32)
      const name = directory.toString('utf8', at + 46, at + 46 + names)
      const small = {
        packed: directory.readUInt32LE(at + 20),
        size: directory.readUInt32LE(at + 24),
        local: directory.readUInt32LE(at + 42),
      }
      const { packed, size, local } = extended(directory.subarray(at + 46 + names, at + 46 + names + extra), small)
      total += size
      if (directory.readUInt16LE(at + 8) & encrypted) throw new ZipRefused('encrypted', 'encrypted', name)
      if (total > limits.unpacked) throw new ZipRefused('too large', 'large')
      if (size > smallEntry && size > packed * limits.ratio) throw new ZipRefused('grows too much', 'grows', name)
      const link = ((directory.readUInt32LE(at + 38) >>> 16) & 0o170000) === linkMode
      const method = directory.readUInt16LE(at + 10)
      // What is not packed is as long as it is, and nothing comes out of nothing.
      if (method === stored ? packed !== size : packed === 0 && size > 0) throw new ZipRefused('sizes that do not fit')
      at += 46 + names + extra + comment
      return { name, size, packed, link, method, local }
    }),
  )
  if (total > smallArchive && total > held * limits.ratio) throw new ZipRefused('grows too much', 'grows')
  return entries
}

/** How far behind its place the bytes of an entry begin. */
function headOf(local: Buffer): number {
  if (local.readUInt32LE(0) !== localSign) throw new ZipRefused('no entry where one should be')
  return localLength + local.readUInt16LE(26) + local.readUInt16LE(28)
}

function unpack(bytes: Buffer, { method, packed, size, local }: ZipListed): Buffer {
  const from = local + whole(() => headOf(bytes.subarray(local)))
  const part = bytes.subarray(from, from + packed)
  if (part.length < packed) throw new ZipRefused('cut off')
  if (method === stored) return part
  if (method !== deflated) throw new ZipRefused('packed in a way that is not read')
  // One byte more than it said is refused, so that what was weighed is what comes.
  return inflateRawSync(part, { maxOutputLength: Math.max(1, size) })
}

/** The entries of an archive in memory, none of them unpacked yet. Throws `ZipRefused`. */
export function readZip(bytes: Buffer, limits: ZipLimits = zipLimits): ZipEntry[] {
  return whole(() => {
    const { at, count } = endOf(bytes, endIn(bytes))
    return entriesIn(bytes.subarray(at), count, bytes.length, limits).map(one => ({
      name: one.name,
      size: one.size,
      read: () => unpack(bytes, one),
    }))
  })
}

async function findDirectory(source: ZipSource): Promise<Directory> {
  const length = Math.min(source.size, endLength + mostComment + locator64Length)
  const tail = await source.read(source.size - length, length)
  const end = whole(() => endIn(tail))
  const plain = endOf(tail, end)
  if (!isElsewhere(plain)) return plain
  const before = end - locator64Length
  if (before < 0 || tail.readUInt32LE(before) !== locator64Sign) throw new ZipRefused('no larger directory')
  const more = await source.read(large(tail, before + 8), end64Length)
  return whole(() => {
    if (more.readUInt32LE(0) !== end64Sign) throw new ZipRefused('no larger directory')
    return { count: large(more, 32), length: large(more, 40), at: large(more, 48) }
  })
}

/** What an archive holds, of any size; reads its directory alone. Throws `ZipRefused`. */
export async function listZip(source: ZipSource, limits: ZipLimits): Promise<ZipListed[]> {
  const { at, length, count } = await findDirectory(source)
  if (count > limits.entries || length > largestDirectory) throw new ZipRefused('too many entries', 'large')
  if (at + length > source.size) throw new ZipRefused('cut off')
  return entriesIn(await source.read(at, length), count, source.size, limits)
}

/** Bytes `from` to `to` of what comes, both included; lets go of the rest unread. */
async function* between(all: Readable, { from, to }: ZipRange): AsyncGenerator<Buffer> {
  let at = 0
  for await (const chunk of all as AsyncIterable<Buffer>) {
    const start = Math.max(0, from - at)
    const end = Math.min(chunk.length, to + 1 - at)
    at += chunk.length
    if (start < end) yield chunk.subarray(start, end)
    if (at > to) return
  }
}

/** Lets exactly so many bytes through. */
function exactly(size: number): Transform {
  let came = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      came += chunk.length
      if (came > size) done(new ZipRefused('longer than it said', 'grows'))
      else done(null, chunk)
    },
    flush(done) {
      done(came < size ? new ZipRefused('cut off') : null)
    },
  })
}

/** Bytes of an entry as they are unpacked, both ends included. */
export interface ZipRange {
  readonly from: number
  readonly to: number
}

/**
 * A part of an entry. What is not packed is read from there on; what is packed is unpacked from its beginning, which nobody
 * sees but the processor.
 */
export async function openZipRange(source: ZipSource, entry: ZipListed, range: ZipRange): Promise<Readable> {
  if (entry.method !== stored) return Readable.from(between(await openZipEntry(source, entry), range))
  const head = await source.read(entry.local, localLength)
  const from = entry.local + whole(() => headOf(head))
  if (from + entry.packed > source.size) throw new ZipRefused('cut off')
  return source.open(from + range.from, range.to - range.from + 1)
}

/**
 * The bytes of an entry, unpacked as they are read; the stream breaks off with `ZipRefused` where they are not as many as
 * the directory says, or are none that can be unpacked.
 */
export async function openZipEntry(source: ZipSource, entry: ZipListed): Promise<Readable> {
  const { method, packed, size, local } = entry
  if (method !== stored && method !== deflated) throw new ZipRefused('packed in a way that is not read')
  const head = await source.read(local, localLength)
  const from = local + whole(() => headOf(head))
  if (from + packed > source.size) throw new ZipRefused('cut off')
  if (size === 0) return Readable.from([])
  const bytes = await source.open(from, packed)
  const plain = method === stored ? bytes : bytes.pipe(createInflateRaw())
  const out = exactly(size)
  // What cannot be unpacked is no fault of the machine.
  plain.on('error', error => out.destroy(error instanceof ZipRefused ? error : new ZipRefused(String(error))))
  bytes.on('error', error => out.destroy(error))
  out.on('close', () => bytes.destroy())
  return plain.pipe(out)
}
