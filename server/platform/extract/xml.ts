// A small XML document that somebody brought, as a tree. A document type is refused before anything is made of it, so that no
// entity stands for anything but the five of XML and characters by number; depth and number of elements are bounded.
import { SaxesParser } from 'saxes'

/** The text is no XML, or none that is read here. */
export class XmlUnread extends Error {}

/** An element. Names are without their prefix, in the case they are written; attributes too. */
export interface XmlNode {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlNode[]
  /** The text that stands in it, not that of its children. */
  readonly text: string
}

interface Open {
  readonly name: string
  readonly attributes: Map<string, string>
  readonly children: Open[]
  text: string
}

const mostElements = 50_000
const deepest = 100

const bare = (name: string): string => name.slice(name.indexOf(':') + 1)

function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes
  const form = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
  return new TextDecoder(form).decode(bytes)
}

/** Reads a document. Throws `XmlUnread` for what is not well formed, has a document type, or is beyond measure. */
export function readXml(bytes: Uint8Array): XmlNode {
  const parser = new SaxesParser({ position: false })
  const way: Open[] = []
  let root: Open | undefined
  let elements = 0
  const refuse = (why: string): never => {
    throw new XmlUnread(why)
  }
  parser.on('error', error => refuse(error.message))
  parser.on('doctype', () => refuse('a document type'))
  parser.on('opentag', ({ name, attributes }) => {
    elements += 1
    if (elements > mostElements || way.length >= deepest) refuse('too much')
    const made: Open = { name: bare(name), attributes: new Map(), children: [], text: '' }
    for (const [key, value] of Object.entries(attributes)) made.attributes.set(bare(key), String(value))
    way.at(-1)?.children.push(made)
    root ??= made
    way.push(made)
  })
  const say = (text: string) => {
    const here = way.at(-1)
    if (here) here.text += text
  }
  parser.on('text', say)
  parser.on('cdata', say)
  parser.on('closetag', () => void way.pop())
  parser.write(decoded(bytes)).close()
  return root ?? refuse('nothing')
}
