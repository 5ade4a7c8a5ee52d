// Pictures as cameras make them: their size as they are shown, and nothing left of who made them.
import assert from 'node:assert/strict'
import { crc32 } from 'node:zlib'
import { readPicture } from './pictures.ts'

const latin = (text: string) => Buffer.from(text, 'latin1')
const numbers = (size: 2 | 4, ...all: number[]) => {
  const out = Buffer.alloc(size * all.length)
  for (const [index, one] of all.entries()) out.writeUIntBE(one, index * size, size)
  return out
}

const segment = (mark: number, body: Buffer) =>
  Buffer.concat([Buffer.of(0xff, mark), numbers(2, body.length + 2), body])
const exif = (turn: number, more: string) =>
  Buffer.concat([
    latin('Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0'),
    Buffer.of(turn, 0, 0, 0, 0, 0, 0, 0),
    latin(more),
  ])
const photo = (...segments: Buffer[]) =>
  Buffer.concat([
    Buffer.of(0xff, 0xd8),
    segment(0xe0, latin('JFIF\0\x01\x02\0\0\x01\0\x01\0\0')),
    ...segments,
    segment(0xc0, Buffer.concat([Buffer.of(8), numbers(2, 30, 40), Buffer.of(1, 1, 0x11, 0)])),
    segment(0xda, Buffer.of(1, 1, 0, 0, 63, 0)),
    Buffer.of(1, 2, 0xff, 0, 3, 0xff, 0xd0, 4),
    Buffer.of(0xff, 0xd9),
    latin('a film of Zoe'),
  ])

const chunk = (kind: string, body: Buffer) => {
  const said = Buffer.concat([latin(kind), body])
  return Buffer.concat([numbers(4, body.length), said, numbers(4, crc32(said))])
}

describe('a picture', () => {
  it('of a phone is as large as it is shown, and says no more who made it where', () => {
    const bytes = photo(segment(0xe1, exif(6, 'GPS of Zoe')), segment(0xfe, latin('by Zoe')))
    const read = readPicture(bytes, 'image/jpeg') ?? assert.fail()
    assert.deepEqual([read.width, read.height], [30, 40])
    const bare = Buffer.from(read.bare ?? [])
    assert.equal(bare.length, bytes.length)
    assert.equal(bare.includes('Zoe'), false)
    // It is still turned as it was, and says so in the same place when it is read again.
    assert.deepEqual(readPicture(bare, 'image/jpeg'), { width: 30, height: 40, bare: Uint8Array.from(bare) })
    const seen = bytes.indexOf(Buffer.of(0xff, 0xc0))
    assert.deepEqual(bare.subarray(seen, bare.length - 13), bytes.subarray(seen, bytes.length - 13))
  })

  it('with a profile of its colours keeps it', () => {
    const bytes = photo(segment(0xe2, latin('ICC_PROFILE\0 colours')), segment(0xe2, latin('MPF\0 Zoe')))
    const bare = Buffer.from(readPicture(bytes, 'image/jpeg')?.bare ?? [])
    assert.deepEqual([bare.includes('colours'), bare.includes('Zoe')], [true, false])
  })

  it('of a screen loses what was written in, and every chunk still adds up', () => {
    const bytes = Buffer.concat([
      Buffer.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10),
      chunk('IHDR', Buffer.concat([numbers(4, 3, 2), Buffer.of(8, 2, 0, 0, 0)])),
      chunk('tEXt', latin('Author\0Zoe')),
      chunk('IDAT', latin('dots')),
      chunk('IEND', Buffer.alloc(0)),
    ])
    const read = readPicture(bytes, 'image/png') ?? assert.fail()
    const bare = Buffer.from(read.bare ?? [])
    assert.deepEqual([read.width, read.height, bare.length, bare.includes('Zoe')], [3, 2, bytes.length, false])
    for (let at = 8; at < bare.length; ) {
      const end = at + 8 + bare.readUInt32BE(at)
      assert.equal(bare.readUInt32BE(end), crc32(bare.subarray(at + 4, end)))
      at = end + 4
    }
  })

  it('as WebP loses it too', () => {
    const part = (kind: string, body: Buffer) => {
      const length = Buffer.alloc(4)
      length.writeUInt32LE(body.length)
      return Buffer.concat([latin(kind), length, body, Buffer.alloc(body.length % 2)])
    }
    const bytes = Buffer.concat([
      ...[latin('RIFF'), Buffer.alloc(4), latin('WEBP')],
      ...[part('VP8X', Buffer.of(0b1100, 0, 0, 0, 99, 0, 0, 49, 0, 0)), part('VP8 ', latin('dots'))],
      ...[part('EXIF', latin('by Zoe')), part('XMP ', latin('by Zoe'))],
    ])
    const read = readPicture(bytes, 'image/webp') ?? assert.fail()
    const bare = Buffer.from(read.bare ?? [])
    assert.deepEqual([read.width, read.height, bare[20], bare.includes('Zoe')], [100, 50, 0, false])
  })

  it('that is damaged is none', () => {
    const whole = photo()
    for (let length = 0; length < whole.length - 14; length += 3)
      assert.equal(readPicture(whole.subarray(0, length), 'image/jpeg'), undefined)
    assert.equal(readPicture(latin('\x89PNG\r\n\x1a\n'), 'image/png'), undefined)
    assert.equal(readPicture(whole, 'image/avif'), undefined)
  })
})
