// What the bytes of a picture say: how large it is shown, and what cameras and programs wrote in of who made it, where and
// with what. That is blotted out where it stands, so that every other byte keeps its place. Pure.
import { crc32 } from 'node:zlib'

export interface Picture {
  /** In dots, as it is shown. */
  readonly width: number
  readonly height: number
  /** The same picture, as many bytes, without a trace; undefined where its form does not let that be told. */
  readonly bare: Uint8Array | undefined
}

const word = (bytes: Uint8Array, at: number) => new TextDecoder('latin1').decode(bytes.subarray(at, at + 4))
const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Chunks of a PNG that only say how it looks; every other is blotted out. */
const looks = new Set('IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP bKGD hIST pHYs acTL fcTL fdAT'.split(' '))

function png(bytes: Uint8Array): Picture | undefined {
  const view = viewOf(bytes)
  if (word(bytes, 12) !== 'IHDR') return undefined
  const [width, height] = [view.getUint32(16), view.getUint32(20)]
  const bare = Uint8Array.from(bytes)
  const out = viewOf(bare)
  let at = 8
  for (let kind = ''; kind !== 'IEND'; ) {
    const length = view.getUint32(at)
    kind = word(bytes, at + 4)
    const end = at + 12 + length
    if (end > bytes.length) return undefined
    if (!looks.has(kind)) {
      // A chunk of a private kind, which readers skip.
      bare.set(new TextEncoder().encode('vvVv'), at + 4)
      bare.fill(0, at + 8, end - 4)
      out.setUint32(end - 4, crc32(bare.subarray(at + 4, end - 4)))
    }
    at = end
  }
  bare.fill(0, at)
  return { width, height, bare }
}

/** How a photo is turned to be shown, 1 to 8, as the first directory of its Exif says; 1 where it says nothing. */
function turnOf(segment: Uint8Array): number {
  const view = viewOf(segment)
  const little = word(segment, 6).startsWith('II')
  const first = 6 + view.getUint32(10, little)
  const many = first + 2 <= segment.length ? view.getUint16(first, little) : 0
  for (let entry = first + 2; entry < first + 2 + many * 12 && entry + 12 <= segment.length; entry += 12)
    if (view.getUint16(entry, little) === 0x0112) return Math.min(8, Math.max(1, view.getUint16(entry + 8, little)))
  return 1
}

/** An Exif that says how a photo is turned and nothing else; 32 bytes. */
const exifOf = (turn: number) =>
  Uint8Array.of(
    ...[0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8],
    ...[0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turn, 0, 0, 0, 0, 0, 0],
  )

const isFrame = (mark: number) => mark >= 0xc0 && mark <= 0xcf && mark !== 0xc4 && mark !== 0xc8 && mark !== 0xcc

function jpeg(bytes: Uint8Array): Picture | undefined {
  const view = viewOf(bytes)
  const bare = Uint8Array.from(bytes)
  let size: readonly [number, number] | undefined
  let turn = 1
  let at = 2
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return undefined
    const mark = bytes[at + 1] ?? 0
    if (mark === 0xd9) {
      // What phones hang on behind, such as a film, is no part of what is seen.
      bare.fill(0, at + 2)
      if (!size) return undefined
      const [width, height] = turn > 4 ? [size[1], size[0]] : size
      return { width, height, bare }
    }
    if (mark === 0xff) {
      at += 1
      continue
    }
    const from = at + 4
    const end = at + 2 + view.getUint16(at + 2)
    if (end > bytes.length || end < from) return undefined
    if (isFrame(mark)) size = [view.getUint16(from + 3), view.getUint16(from + 1)]
    const name = word(bytes, from)
    // Colours are kept: a profile (ICC_), and what Adobe says of them.
    const colours = mark === 0xe0 || mark === 0xee || (mark === 0xe2 && name === 'ICC_')
    if ((mark >= 0xe0 && mark <= 0xef && !colours) || mark === 0xfe) {
      bare.fill(0, from, end)
      if (mark === 0xe1 && name === 'Exif' && end - from >= 32) {
        turn = turnOf(bytes.subarray(from, end))
        bare.set(exifOf(turn), from)
      }
    }
    at = end
    // The picture itself goes on to the next mark that is none of its own.
    if (mark === 0xda) while (at + 1 < bytes.length && !(bytes[at] === 0xff && !isInScan(bytes[at + 1] ?? 0))) at += 1
  }
  return undefined
}

const isInScan = (mark: number) => mark === 0 || (mark >= 0xd0 && mark <= 0xd7)

function webp(bytes: Uint8Array): Picture | undefined {
  const view = viewOf(bytes)
  const bare = Uint8Array.from(bytes)
  let size: readonly [number, number] | undefined
  for (let at = 12; at + 8 <= bytes.length; ) {
    const kind = word(bytes, at)
    const length = view.getUint32(at + 4, true)
    const from = at + 8
    if (from + length > bytes.length) return undefined
    if (kind === 'VP8X') {
      size = [1 + (view.getUint32(from + 3, true) >>> 8), 1 + (view.getUint32(from + 6, true) >>> 8)]
      bare[from] = (bytes[from] ?? 0) & ~0b1100
    } else if (kind === 'VP8L') {
      const both = view.getUint32(from + 1, true)
      size ??= [1 + (both & 0x3fff), 1 + ((both >> 14) & 0x3fff)]
    } else if (kind === 'VP8 ') {
      size ??= [view.getUint16(from + 6, true) & 0x3fff, view.getUint16(from + 8, true) & 0x3fff]
    } else if (!['ALPH', 'ANIM', 'ANMF', 'ICCP'].includes(kind)) {
      bare.set(new TextEncoder().encode('VOID'), at)
      bare.fill(0, from, from + length)
    }
    at = from + length + (length % 2)
  }
  return size && { width: size[0], height: size[1], bare }
}

/** Readers of the width and height of what browsers show; nothing is told of how the others are built. */
const forms: Readonly<Record<string, (bytes: Uint8Array) => Picture | undefined>> = {
  'image/png': png,
  'image/jpeg': jpeg,
  'image/webp': webp,
  'image/gif': bytes => ({
    ...{ width: viewOf(bytes).getUint16(6, true), height: viewOf(bytes).getUint16(8, true), bare: undefined },
  }),
}

/** What a picture of this type is; undefined for another type, and for bytes that are damaged. */
export function readPicture(bytes: Uint8Array, type: string): Picture | undefined {
  try {
    const found = forms[type]?.(bytes)
    return found && found.width > 0 && found.height > 0 ? found : undefined
  } catch (error) {
    // Read beyond the end.
    if (error instanceof RangeError) return undefined
    throw error
  }
}
