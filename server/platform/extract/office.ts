// The words of office documents: Office Open XML (ECMA-376) and OpenDocument (ISO 26300), which are zips of XML. The XML
// is read for its words alone: no entity but the five of XML and characters by number, and a document type is refused.
import { readZip, type ZipEntry, ZipRefused } from './zip.ts'

export class XmlRefused extends Error {}

interface Reading {
  /** Elements whose text counts; text anywhere below one of them. */
  readonly words: ReadonlySet<string>
  /** Elements after which a paragraph ends. */
  readonly paragraphs: ReadonlySet<string>
  /** Elements after which a line ends. */
  readonly lines: ReadonlySet<string>
  /** Elements that stand for a space. */
  readonly spaces: ReadonlySet<string>
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const decoded = (text: string): string =>
  text.replace(/&(#x[0-9a-fA-F]{1,6}|#[0-9]{1,7}|[a-z]{2,4});/g, (whole, of: string) => {
    if (!of.startsWith('#')) return named[of] ?? whole
    const code = of.startsWith('#x') ? Number.parseInt(of.slice(2), 16) : Number(of.slice(1))
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })

/** The words of one XML text, at most about `most` characters. Throws `XmlRefused` for a document type. */
export function xmlWords(xml: string, { words, paragraphs, lines, spaces }: Reading, most: number): string {
  const parts: string[] = []
  let length = 0
  let within = 0
  const add = (text: string) => {
    parts.push(text)
    length += text.length
  }
  for (let at = 0; at < xml.length && length < most; ) {
    const open = xml.indexOf('<', at)
    if (within > 0 && open !== at) add(decoded(xml.slice(at, open < 0 ? undefined : open)))
    if (open < 0) break
    const [ends, skip] = xml.startsWith('<!--', open)
      ? ['-->', 3]
      : xml.startsWith('<![CDATA[', open)
        ? [']]>', 3]
        : (['>', 1] as const)
    if (xml.startsWith('<!', open) && skip === 1) throw new XmlRefused('a document type')
    const close = xml.indexOf(ends, open)
    if (close < 0) break
    if (within > 0 && ends === ']]>') add(xml.slice(open + 9, close))
    const tag = skip === 1 ? (/^<(\/?)([\w:.-]+)/.exec(xml.slice(open, open + 80)) ?? undefined) : undefined
    at = close + skip
    if (!tag) continue
    const [, leaving, name = ''] = tag
    const alone = xml[close - 1] === '/'
    if (words.has(name) && !alone) within += leaving ? -1 : 1
    if (paragraphs.has(name) && (leaving || alone)) add('\n\n')
    else if (lines.has(name) && (leaving || alone)) add('\n')
    else if (spaces.has(name) && !leaving) add(' ')
  }
  return parts.join('')
}

const reading = (words: string, paragraphs: string, lines: string, spaces: string): Reading => ({
  words: new Set(words.split(' ')),
  paragraphs: new Set(paragraphs.split(' ')),
  lines: new Set(lines.split(' ')),
  spaces: new Set(spaces.split(' ')),
})

interface Kind {
  readonly parts: RegExp
  readonly reading: Reading
}

const openDocument: Kind = {
  parts: /^content\.xml$/,
  reading: reading('text:p text:h', 'text:p text:h', 'text:line-break', 'text:s text:tab'),
}

const kinds: Readonly<Record<string, Kind>> = {
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': {
    parts: /^word\/(document|footnotes|endnotes)\.xml$/,
    reading: reading('w:t', 'w:p', 'w:br w:cr', 'w:tab'),
  },
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': {
    parts: /^ppt\/slides\/slide\d+\.xml$/,
    reading: reading('a:t', '', 'a:p a:br', 'a:tab'),
  },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': {
    parts: /^xl\/(sharedStrings|worksheets\/sheet\d+)\.xml$/,
    reading: reading('t', '', 'si is', ''),
  },
  'application/vnd.oasis.opendocument.text': openDocument,
  'application/vnd.oasis.opendocument.spreadsheet': {
    ...openDocument,
    reading: reading('text:p', '', 'text:p', 'text:s text:tab'),
  },
  'application/vnd.oasis.opendocument.presentation': openDocument,
}

/** Whether a media type is an office document whose words are read. */
export const isOffice = (type: string): boolean => Object.hasOwn(kinds, type)

const numberIn = (name: string): number => Number(/\d+/.exec(name)?.[0] ?? 0)

/** The words of an office document in their order. Throws `ZipRefused`, `XmlRefused`. */
export function officeWords(bytes: Buffer, type: string, most: number): string {
  const kind = kinds[type]
  if (!kind) throw new ZipRefused('no office document')
  const parts = readZip(bytes)
    .filter(entry => kind.parts.test(entry.name))
    .sort((a: ZipEntry, b: ZipEntry) => numberIn(a.name) - numberIn(b.name) || (a.name < b.name ? -1 : 1))
  if (parts.length === 0) throw new ZipRefused('no document in it')
  let text = ''
  for (const part of parts) {
    if (text.length >= most) break
    text += `${xmlWords(part.read().toString('utf8'), kind.reading, most - text.length)}\n`
  }
  return text
}
