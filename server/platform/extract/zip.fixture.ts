// Makes zip archives and a PDF for tests, tiny and real.
import { deflateRawSync } from 'node:zlib'

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value >>> 0
})

function crcOf(bytes: Buffer): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = ((crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8)) >>> 0
  return (crc ^ 0xffffffff) >>> 0
}

/** An archive of these entries, deflated. `says`: what the directory claims as their unpacked size. */
export function makeZip(entries: Readonly<Record<string, string | Buffer>>, says?: number): Uint8Array<ArrayBuffer> {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, content] of Object.entries(entries)) {
    const bytes = Buffer.from(content)
    const packed = deflateRawSync(bytes)
    const head = Buffer.alloc(26)
    head.writeUInt16LE(20, 0)
    head.writeUInt16LE(8, 4)
    head.writeUInt32LE(crcOf(bytes), 10)
    head.writeUInt32LE(packed.length, 14)
    head.writeUInt32LE(says ?? bytes.length, 18)
    head.writeUInt16LE(Buffer.byteLength(name), 22)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(at, 10)
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), head, place, Buffer.from(name))
    const part = [Buffer.from('PK\x03\x04', 'latin1'), head, Buffer.from(name), packed]
    parts.push(...part)
    at += part.reduce((sum, one) => sum + one.length, 0)
  }
  const size = directory.reduce((sum, one) => sum + one.length, 0)
  const count = Object.keys(entries).length
  const end = Buffer.alloc(18)
  end.writeUInt16LE(count, 4)
  end.writeUInt16LE(count, 6)
  end.writeUInt32LE(size, 8)
  end.writeUInt32LE(at, 12)
  return Uint8Array.from(Buffer.concat([...parts, ...directory, Buffer.from('PK\x05\x06', 'latin1'), end]))
}

const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml'

/** A Word document with these paragraphs, already escaped. */
export const makeDocx = (paragraphs: readonly string[], before = ''): Uint8Array<ArrayBuffer> =>
  makeZip({
    '[Content_Types].xml': `<?xml version="1.0"?><Types><Override PartName="/word/document.xml" ContentType="${word}.document.main+xml"/></Types>`,
    'word/document.xml': `<?xml version="1.0"?>${before}<w:document><w:body>${paragraphs
      .map(text => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`)
      .join('')}</w:body></w:document>`,
  })

/** A PDF of one page that says this, or shows nothing but an empty page. */
export function makePdf(words: string): Uint8Array<ArrayBuffer> {
  const drawn = words === '' ? '0 0 10 10 re f' : `BT /F1 18 Tf 20 100 Td (${words}) Tj ET`
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${drawn.length}>>stream\n${drawn}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ]
  let text = '%PDF-1.4\n'
  const places = objects.map((one, index) => {
    const at = text.length
    text += `${index + 1} 0 obj${one}endobj\n`
    return at
  })
  const start = text.length
  const lines = places.map(at => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  text += `xref\n0 6\n0000000000 65535 f \n${lines}trailer<</Size 6/Root 1 0 R>>\nstartxref\n${start}\n%%EOF`
  return Uint8Array.from(Buffer.from(text, 'latin1'))
}
