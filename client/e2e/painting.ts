// Pictures for stories, painted dot by dot.
import { crc32, deflateSync } from 'node:zlib'

/** A leaf on a light ground, as PNG, with whatever `author` a program would write in. */
export function painting(width: number, height: number, author?: string): Buffer {
  const rows = Buffer.alloc(height * (width * 3 + 1))
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [across, down] = [(2 * x) / width - 1, (2 * y) / height - 1]
      const inside = Math.abs(down) < 0.8 * (1 - across * across) * (1 - 0.2 * across)
      const vein = inside && (Math.abs(down) < 0.025 || Math.abs(Math.abs(down) - ((across + 1) % 0.3)) < 0.03)
      const colour = vein ? [196, 214, 160] : inside ? [72 + 40 * across, 132 - 30 * down, 70] : [243, 238, 228]
      rows.set(colour.map(Math.round), y * (width * 3 + 1) + 1 + x * 3)
    }
  const chunk = (kind: string, body: Buffer) => {
    const said = Buffer.concat([Buffer.from(kind, 'latin1'), body])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(body.length)
    sum.writeUInt32BE(crc32(said))
    return Buffer.concat([length, said, sum])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    ...(author === undefined ? [] : [chunk('tEXt', Buffer.from(`Author\0${author}`, 'latin1'))]),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
