// A rich page: a tree of nodes, never markup. What a page may hold is the list below and nothing else; `readDocument` is
// the one sanitiser, run by the server on whatever comes in. Pure.

/** Raised before a build writes a node that an older one does not know; older builds then show the page's plain text. */
export const documentSchema = 1

export interface DocumentMark {
  readonly type: MarkName
  readonly attrs?: Attrs
}

export interface DocumentNode {
  readonly type: NodeName
  readonly attrs?: Attrs
  readonly content?: readonly DocumentNode[]
  readonly marks?: readonly DocumentMark[]
  readonly text?: string
}

export interface PageDocument {
  readonly schema: number
  readonly content: readonly DocumentNode[]
}

type Value = string | number | boolean | null
type Attrs = { readonly [name: string]: Value }
type Group = 'block' | 'inline' | 'text' | 'item' | 'task' | 'row' | 'cell' | 'none'

interface NodeRule {
  readonly group: Group
  readonly holds: Group
  /** What each attribute may be; one that is not named is left out. */
  readonly attrs?: { readonly [name: string]: (value: unknown) => Value | undefined }
}

const outer = /^(https?:\/\/|mailto:)/i
const inner = /^(\/(?![/\\])|#)/

/** The address of a link, or undefined when it may not be one: http, https, mailto, within this site, on the page. */
export function pageLink(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const href = value.trim()
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
  if (href === '' || href.length > 2_000 || /[\x00-\x20\x7f]/.test(href)) return undefined
  return outer.test(href) || inner.test(href) ? href : undefined
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const words = (most: number) => (value: unknown) => (typeof value === 'string' ? value.slice(0, most) : undefined)
const whole = (least: number, most: number) => (value: unknown) =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most ? value : undefined
const oneOf =
  <T extends string>(...all: readonly T[]) =>
  (value: unknown) =>
    all.find(one => one === value)
const yesNo = (value: unknown) => (typeof value === 'boolean' ? value : undefined)
const id = (value: unknown) => (typeof value === 'string' && uuid.test(value) ? value : undefined)

const cell: NodeRule = {
  group: 'cell',
  holds: 'block',
  attrs: { colspan: whole(1, 50), rowspan: whole(1, 500) },
}

export const callouts = ['note', 'tip', 'warning'] as const
export type Callout = (typeof callouts)[number]

const rules = {
  paragraph: { group: 'block', holds: 'inline' },
  heading: { group: 'block', holds: 'inline', attrs: { level: whole(1, 5) } },
  bulletList: { group: 'block', holds: 'item' },
  orderedList: { group: 'block', holds: 'item', attrs: { start: whole(0, 1_000_000) } },
  listItem: { group: 'item', holds: 'block' },
  taskList: { group: 'block', holds: 'task' },
  taskItem: { group: 'task', holds: 'block', attrs: { checked: yesNo } },
  blockquote: { group: 'block', holds: 'block' },
  callout: { group: 'block', holds: 'block', attrs: { tone: oneOf(...callouts) } },
  codeBlock: { group: 'block', holds: 'text', attrs: { language: words(30) } },
  horizontalRule: { group: 'block', holds: 'none' },
  table: { group: 'block', holds: 'row' },
  tableRow: { group: 'row', holds: 'cell' },
  tableHeader: cell,
  tableCell: cell,
  /** A picture of the course's files. `alt`: what it shows; empty with `decorative` alone. */
  image: { group: 'block', holds: 'none', attrs: { fileId: id, alt: words(500), decorative: yesNo } },
  /** A file of the course: sound and film are played, the rest is a link. */
  courseFile: { group: 'block', holds: 'none', attrs: { fileId: id, name: words(200), form: words(10) } },
  /** TeX, as KaTeX reads it. */
  mathBlock: { group: 'block', holds: 'none', attrs: { tex: words(4_000) } },
  math: { group: 'inline', holds: 'none', attrs: { tex: words(1_000) } },
  /** The address as it was given; whether it may be played is asked of `embedOf` each time. */
  embed: { group: 'block', holds: 'none', attrs: { address: pageLink, title: words(200) } },
  hardBreak: { group: 'inline', holds: 'none' },
  text: { group: 'inline', holds: 'none' },
} as const satisfies Record<string, NodeRule>

export type NodeName = keyof typeof rules

const marks = {
  bold: {},
  italic: {},
  strike: {},
  underline: {},
  code: {},
  link: { href: pageLink },
} as const

export type MarkName = keyof typeof marks

const required: { readonly [name: string]: readonly string[] } = {
  image: ['fileId'],
  courseFile: ['fileId'],
  embed: ['address'],
  math: ['tex'],
  mathBlock: ['tex'],
}

const deepest = 24
const mostNodes = 20_000
/** Letters in one page; a page longer than this is a book. */
const mostLetters = 200_000

class Refused extends Error {}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function readAttrs(type: string, rule: NodeRule, value: unknown): { attrs?: Attrs } {
  const given = isRecord(value) ? value : {}
  const kept: [string, Value][] = []
  for (const [name, read] of Object.entries(rule.attrs ?? {})) {
    const one = read(given[name])
    if (one !== undefined) kept.push([name, one])
    else if (required[type]?.includes(name)) throw new Refused(`${type} without ${name}`)
  }
  return kept.length > 0 ? { attrs: Object.fromEntries(kept) } : {}
}

function readMarks(value: unknown): { marks?: DocumentMark[] } {
  if (!Array.isArray(value)) return {}
  const kept: DocumentMark[] = []
  for (const one of value) {
    if (!isRecord(one) || typeof one.type !== 'string' || !Object.hasOwn(marks, one.type)) continue
    const type = one.type as MarkName
    if (type !== 'link') kept.push({ type })
    else {
      // A link that may not be one stays as its words.
      const href = pageLink(isRecord(one.attrs) ? one.attrs.href : undefined)
      if (href !== undefined) kept.push({ type, attrs: { href } })
    }
  }
  return kept.length > 0 ? { marks: kept } : {}
}

interface Budget {
  nodes: number
  letters: number
}

function readNode(value: unknown, within: Group, depth: number, budget: Budget): DocumentNode {
  if (!isRecord(value) || typeof value.type !== 'string' || !Object.hasOwn(rules, value.type))
    throw new Refused('unknown node')
  const type = value.type as NodeName
  const rule: NodeRule = rules[type]
  const fits = rule.group === within || (within === 'text' && type === 'text')
  if (!fits) throw new Refused(`${type} in ${within}`)
  budget.nodes -= 1
  if (budget.nodes < 0 || depth > deepest) throw new Refused('too large')
  if (type === 'text') {
    if (typeof value.text !== 'string' || value.text === '') throw new Refused('text without letters')
    budget.letters -= value.text.length
    if (budget.letters < 0) throw new Refused('too long')
    return { type, text: value.text, ...(within === 'text' ? {} : readMarks(value.marks)) }
  }
  const content = Array.isArray(value.content) ? value.content : []
  if (rule.holds === 'none' && content.length > 0) throw new Refused(`${type} holds nothing`)
  return {
    type,
    ...readAttrs(type, rule, value.attrs),
    ...(content.length > 0 ? { content: content.map(one => readNode(one, rule.holds, depth + 1, budget)) } : {}),
  }
}

/**
 * A document from outside, built anew of what the list allows: unknown attributes, marks and links that may not be are left
 * out. Undefined when it holds a node that does not belong there, is of a newer schema, too deep or too long.
 */
export function readDocument(value: unknown): PageDocument | undefined {
  if (!isRecord(value) || !Array.isArray(value.content)) return undefined
  if (typeof value.schema !== 'number' || value.schema < 1 || value.schema > documentSchema) return undefined
  const budget: Budget = { nodes: mostNodes, letters: mostLetters }
  try {
    return { schema: value.schema, content: value.content.map(one => readNode(one, 'block', 0, budget)) }
  } catch (error) {
    if (error instanceof Refused) return undefined
    throw error
  }
}

/** Every node in the order of the text, with its depth. */
export function* nodesOf(content: readonly DocumentNode[], depth = 0): Generator<DocumentNode> {
  for (const node of content) {
    yield node
    if (node.content) yield* nodesOf(node.content, depth + 1)
  }
}

/** The ids of the course's files that a document shows. */
export function filesIn(document: PageDocument): string[] {
  const found = new Set<string>()
  for (const { attrs } of nodesOf(document.content)) if (typeof attrs?.fileId === 'string') found.add(attrs.fileId)
  return [...found]
}

const inlineText = (nodes: readonly DocumentNode[]): string =>
  nodes
    .map(node =>
      node.type === 'text'
        ? (node.text ?? '')
        : node.type === 'hardBreak'
          ? '\n'
          : node.type === 'math'
            ? String(node.attrs?.tex ?? '')
            : inlineText(node.content ?? []),
    )
    .join('')

const inlineHolders = new Set<NodeName>(['paragraph', 'heading', 'codeBlock'])

/** The words of a document, a line a block: for searching, and for readers that know no trees. */
export function plainText(document: Pick<PageDocument, 'content'>): string {
  const lines: string[] = []
  const walk = (nodes: readonly DocumentNode[]): void => {
    for (const node of nodes) {
      if (inlineHolders.has(node.type)) lines.push(inlineText(node.content ?? []))
      else if (node.type === 'image') lines.push(String(node.attrs?.alt ?? ''))
      else if (node.type === 'courseFile') lines.push(String(node.attrs?.name ?? ''))
      else if (node.type === 'mathBlock') lines.push(String(node.attrs?.tex ?? ''))
      else if (node.type === 'embed') lines.push(String(node.attrs?.title ?? node.attrs?.address ?? ''))
      else walk(node.content ?? [])
    }
  }
  walk(document.content)
  return lines.filter(line => line.trim() !== '').join('\n\n')
}
