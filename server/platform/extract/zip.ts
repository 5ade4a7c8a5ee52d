// Reads entries of a zip archive that somebody brought, as APPNOTE.TXT of PKWARE describes it. What an archive says of
// itself is weighed before anything is unpacked, and nothing is unpacked beyond what it said. Pure.
import { inflateRawSync } from 'node:zlib'

/** The archive is none, is cut off, or would grow beyond all measure. */
export class ZipRefused extends Error {}

export interface ZipEntry {
  readonly name: string
  /** Unpacked, in bytes. */
  readonly size: number
  readonly read: () => Buffer
}

export interface ZipLimits {
  readonly entries: number
  /** Of all entries together, unpacked, in bytes. */
  readonly unpacked: number
  /** How many times its packed size an entry may grow to. Small ones may in any case. */
  readonly ratio: number
}

export const zipLimits: ZipLimits = { entries: 5_000, unpacked: 200 * 1024 * 1024, ratio: 200 }

/** Entries this small are taken whatever their ratio, in bytes. */
const smallEntry = 1024 * 1024

const endSign = 0x06054b50
const centralSign = 0x02014b50
const localSign = 0x04034b50
const endLength = 22
const mostComment = 65_535
const stored = 0
const deflated = 8
const encrypted = 1

function endOf(bytes: Buffer): number {
  const least = Math.max(0, bytes.length - endLength - mostComment)
  for (let at = bytes.length - endLength; at >= least; at--) if (bytes.readUInt32LE(at) === endSign) return at
  throw new ZipRefused('no end of a directory')
}

function unpack(
  bytes: Buffer,
  { method, packed, size, local }: Record<'method' | 'packed' | 'size' | 'local', number>,
) {
  if (bytes.readUInt32LE(local) !== localSign) throw new ZipRefused('no entry where one should be')
  const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
  const part = bytes.subarray(from, from + packed)
  if (part.length < packed) throw new ZipRefused('cut off')
  if (method === stored) return part
  if (method !== deflated) throw new ZipRefused('packed in a way that is not read')
  // One byte more than it said is refused, so that what was weighed is what comes.
  return inflateRawSync(part, { maxOutputLength: Math.max(1, size) })
}

/** The entries of an archive, none of them unpacked yet. Throws `ZipRefused`. */
export function readZip(bytes: Buffer, limits: ZipLimits = zipLimits): ZipEntry[] {
  try {
    const end = endOf(bytes)
    const count = bytes.readUInt16LE(end + 10)
    if (count > limits.entries) throw new ZipRefused('too many entries')
    let at = bytes.readUInt32LE(end + 16)
    let total = 0
    return Array.from({ length: count }, () => {
      if (bytes.readUInt32LE(at) !== centralSign) throw new ZipRefused('no directory')
      const packed = bytes.readUInt32LE(at + 20)
      const size = bytes.readUInt32LE(at + 24)
      total += size
      if (bytes.readUInt16LE(at + 8) & encrypted) throw new ZipRefused('encrypted')
      if (total > limits.unpacked) throw new ZipRefused('too large')
      if (size > smallEntry && size > packed * limits.ratio) throw new ZipRefused('grows too much')
      const [names, extra, comment] = [28, 30, 32].map(place => bytes.readUInt16LE(at + place)) as [
        number,
        number,
        number,
      ]
      const of = { method: bytes.readUInt16LE(at + 10), packed, size, local: bytes.readUInt32LE(at + 42) }
      const name = bytes.toString('utf8', at + 46, at + 46 + names)
      at += 46 + names + extra + comment
      return { name, size, read: () => unpack(bytes, of) }
    })
  } catch (error) {
    // Beyond the end of the bytes.
    if (error instanceof RangeError) throw new ZipRefused('cut off')
    throw error
  }
}
