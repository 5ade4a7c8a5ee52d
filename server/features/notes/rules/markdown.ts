// A note as Markdown, and as plain text for search: read from the document's XML as TipTap builds it (protocol/notes.ts).
// What is not known is written as the text in it. Pure.
import * as Y from 'yjs'
import { noteField } from '#protocol/notes.ts'
import { inlineMarkdown, plainInline, plainStart } from './inline.ts'

type Node = Y.XmlElement | Y.XmlText | Y.XmlHook

/** Deeper nesting than any real note has is written as plain text, so that no document can exhaust the stack. */
const deepest = 40

const elementsOf = (node: Y.XmlElement | Y.XmlFragment): Node[] => node.toArray() as Node[]

const indented = (text: string, by: string): string => text.replace(/\n(?=.)/g, `\n${by}`)

/** A document as GitHub-flavoured Markdown, with a line break at the end; empty for an empty one. */
export function noteMarkdown(doc: Y.Doc): string {
  const text = blocks(elementsOf(doc.getXmlFragment(noteField)), 0)
  return text === '' ? '' : `${text}\n`
}

const blocks = (nodes: readonly Node[], depth: number): string =>
  nodes
    .map(node => block(node, depth))
    .filter(text => text !== '')
    .join('\n\n')

function block(node: Node, depth: number): string {
  if (node instanceof Y.XmlText) return plainStart(inlineMarkdown([node]))
  if (!(node instanceof Y.XmlElement)) return ''
  const children = elementsOf(node)
  if (depth > deepest) return plainStart(inlineMarkdown(children))
  switch (node.nodeName) {
    case 'paragraph':
      return lines(inlineMarkdown(children))
    case 'heading':
      return heading(Number(node.getAttribute('level')), inlineMarkdown(children))
    case 'bulletList':
      return children.map(item => listItem(item, '- ', depth)).join('\n')
    case 'orderedList': {
      const start = Number(node.getAttribute('start') ?? 1)
      const first = Number.isSafeInteger(start) && start >= 0 && start < 1e8 ? start : 1
      return children.map((item, index) => listItem(item, `${first + index}. `, depth)).join('\n')
    }
    case 'taskList':
      return children.map(item => listItem(item, isChecked(item) ? '- [x] ' : '- [ ] ', depth)).join('\n')
    case 'blockquote':
      return blocks(children, depth + 1)
        .split('\n')
        .map(line => `> ${line}`.trimEnd())
        .join('\n')
    case 'codeBlock':
      return codeBlock(plainInline(children), String(node.getAttribute('language') ?? ''))
    case 'horizontalRule':
      return '---'
    case 'table':
      return table(children)
    default:
      return children.some(child => child instanceof Y.XmlElement)
        ? blocks(children, depth + 1)
        : lines(inlineMarkdown(children))
  }
}

const lines = (text: string): string => text.split('\n').map(plainStart).join('\n')

const heading = (level: number, text: string): string =>
  `${'#'.repeat(Number.isInteger(level) ? Math.min(Math.max(level, 1), 6) : 1)} ${text.replace(/\\\n/g, ' ')}`.trimEnd()

// Older documents hold the box as text.
const isChecked = (item: Node): boolean =>
  item instanceof Y.XmlElement && String(item.getAttribute('checked') as unknown) === 'true'

function listItem(item: Node, sign: string, depth: number): string {
  const text = item instanceof Y.XmlElement ? blocks(elementsOf(item), depth + 1) : block(item, depth + 1)
  // Further blocks belong to the item when they stand below its text; the box of a task is part of that.
  const by = ' '.repeat(/^\d/.test(sign) ? sign.length : 2)
  return `${sign}${indented(text.replace(/\n\n(?=(- |\d+\. ))/g, '\n'), by)}`.trimEnd()
}

function codeBlock(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(found => found[0].length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${/^[\w+#-]{1,30}$/.test(language) ? language : ''}\n${text}\n${fence}`
}

const cellText = (cell: Node): string =>
  cell instanceof Y.XmlElement
    ? elementsOf(cell)
        .map(part => (part instanceof Y.XmlElement ? inlineMarkdown(elementsOf(part)) : ''))
        .filter(text => text !== '')
        .join(' ')
        .replace(/\\?\n/g, ' ')
    : ''

function table(rows: readonly Node[]): string {
  const cells = rows.map(row => (row instanceof Y.XmlElement ? elementsOf(row).map(cellText) : []))
  const width = Math.max(0, ...cells.map(row => row.length))
  if (width === 0) return ''
  const line = (row: readonly string[]): string =>
    `| ${Array.from({ length: width }, (_, at) => row[at] ?? '').join(' | ')} |`
  const [head = [], ...rest] = cells
  return [line(head), `|${' --- |'.repeat(width)}`, ...rest.map(line)].join('\n')
}

/** The words of a document, a line a block; at most `most` characters. */
export function noteText(doc: Y.Doc, most = 200_000): string {
  const found: string[] = []
  let length = 0
  const walk = (nodes: readonly Node[], depth: number): void => {
    for (const node of nodes) {
      if (length > most) return
      if (node instanceof Y.XmlHook) continue
      const children = node instanceof Y.XmlElement ? elementsOf(node) : []
      if (depth < deepest && children.some(child => child instanceof Y.XmlElement && child.nodeName !== 'hardBreak')) {
        walk(children, depth + 1)
        continue
      }
      const text = plainInline(node instanceof Y.XmlText ? [node] : children).trim()
      if (text === '') continue
      found.push(text)
      length += text.length + 1
    }
  }
  walk(elementsOf(doc.getXmlFragment(noteField)), 0)
  return found.join('\n').slice(0, most)
}
