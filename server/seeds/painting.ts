// A picture and a paper to show each other in talk, made here: nothing of anybody else's.
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

/** One page of words as PDF. ASCII alone. */
export function paper(title: string, lines: readonly string[]): Buffer {
  const safe = (text: string) => text.replace(/[()\\]/g, one => `\\${one}`)
  const shown = lines.map(line => `0 -22 Td (${safe(line)}) Tj`).join('\n')
  const drawn = `BT /F2 22 Tf 64 760 Td (${safe(title)}) Tj /F1 13 Tf 0 -16 Td\n${shown}\nET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 6 0 R /Resources << /Font << /F1 4 0 R /F2 5 0 R >> >> >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>',
    `<< /Length ${drawn.length} >>\nstream\n${drawn}\nendstream`,
  ]
  let body = '%PDF-1.4\n'
  const places: number[] = []
  for (const [index, object] of objects.entries()) {
    places.push(body.length)
    body += `${index + 1} 0 obj\n${object}\nendobj\n`
  }
  const table = places.map(place => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  const end = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`
  return Buffer.from(`${body}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}${end}`, 'latin1')
}
