// What keeps people from a page or a file, found by rules over what is kept. The server keeps the findings of everything;
// whoever writes a page sees them by the same rules as they write. Pure. Colours are no matter: pages have none of their
// own. Source of the rules: WCAG 2.2, 1.1.1, 1.2.2, 1.3.1, 1.4.5, 2.4.4, 2.4.6, 4.1.2.
import { type DocumentNode, nodesOf, type PageDocument } from '../content/document.ts'
import { saysNothing } from './link-words.ts'

export const findingRules = [
  'image-alt',
  'image-name',
  'image-only',
  'heading-skip',
  'heading-empty',
  'link-words',
  'table-head',
  'embed-title',
  'captions',
  'pdf-text',
] as const
export type FindingRule = (typeof findingRules)[number]

/** barrier: somebody gets nothing of it. hurdle: somebody has to guess, or finds it hardly. */
export type Gravity = 'barrier' | 'hurdle'

export const gravityOf: Readonly<Record<FindingRule, Gravity>> = {
  'image-alt': 'barrier',
  'image-name': 'hurdle',
  'image-only': 'barrier',
  'heading-skip': 'hurdle',
  'heading-empty': 'hurdle',
  'link-words': 'hurdle',
  'table-head': 'barrier',
  'embed-title': 'hurdle',
  captions: 'barrier',
  'pdf-text': 'barrier',
}

export interface Finding {
  readonly rule: FindingRule
  /** Which block of the page it stands in, from 0; 0 in a file. */
  readonly block: number
  /** Which node of the page it is, in the order of the text, from 0; 0 in a file. */
  readonly node: number
  /** What stands there, to know it by: words of the link, of the heading; may be empty. */
  readonly words: string
}

/** Findings kept of one page at most: whoever has so many mends the first ones first. */
export const mostFindings = 200

const mostWords = 80

const textOf = (node: DocumentNode): string =>
  node.type === 'text' ? (node.text ?? '') : node.type === 'math' ? '∑' : (node.content ?? []).map(textOf).join('')

const asked = (node: DocumentNode, name: string): string => String(node.attrs?.[name] ?? '').trim()

const hrefOf = (node: DocumentNode): string | undefined => {
  const href = node.marks?.find(mark => mark.type === 'link')?.attrs?.href
  return typeof href === 'string' ? href : undefined
}

// "IMG_2031.jpg", "Screenshot 2026-01-05", "image1": what a machine called it.
const machineName =
  /^(.{1,120}\.(png|jpe?g|gif|webp|avif|heic|svg|bmp)|(img|dsc|image|photo|picture|scan|screenshot|bild|صورة)[\s_\-\d.:]*)$/iu

/** Links of a run of text: neighbours with one address are one link. `at` is the place of the first among the nodes. */
function linksIn(content: readonly DocumentNode[]): { readonly at: number; readonly words: string }[] {
  const found: { at: number; words: string; href: string }[] = []
  let before: string | undefined
  for (const [at, node] of content.entries()) {
    const href = hrefOf(node)
    const last = found.at(-1)
    if (href !== undefined && href === before && last) last.words += textOf(node)
    else if (href !== undefined) found.push({ at, words: textOf(node), href })
    before = href
  }
  return found
}

const hasWords = new Set(['text', 'math', 'mathBlock', 'embed', 'courseFile'])

/** What is found in a page. In the order of the text; `mostFindings` at most. */
export function findingsOf({ content }: Pick<PageDocument, 'content'>): Finding[] {
  const found: Finding[] = []
  let level = 0
  let node = -1
  for (const [block, top] of content.entries()) {
    const note = (rule: FindingRule, at: number, words: string) =>
      found.push({ rule, block, node: at, words: words.trim().slice(0, mostWords) })
    for (const one of nodesOf([top])) {
      node += 1
      if (one.type === 'heading') {
        const words = textOf(one)
        const own = Number(one.attrs?.level ?? 1)
        // The first may begin at either level that pages begin with.
        if (words.trim() === '') note('heading-empty', node, '')
        else if (own > Math.max(level, 1) + 1) note('heading-skip', node, words)
        if (words.trim() !== '') level = own
      }
      if (one.type === 'image' && one.attrs?.decorative !== true) {
        if (asked(one, 'alt') === '') note('image-alt', node, '')
        else if (machineName.test(asked(one, 'alt'))) note('image-name', node, asked(one, 'alt'))
      }
      if (one.type === 'embed' && asked(one, 'title') === '') note('embed-title', node, asked(one, 'address'))
      if (one.type === 'table' && ![...nodesOf(one.content ?? [])].some(cell => cell.type === 'tableHeader'))
        note('table-head', node, textOf(one.content?.[0] ?? one))
      const inline = one.type === 'paragraph' || one.type === 'heading'
      for (const link of inline ? linksIn(one.content ?? []) : [])
        if (saysNothing(link.words)) note('link-words', node + 1 + link.at, link.words)
    }
  }
  const all = [...nodesOf(content)]
  const image = all.findIndex(one => one.type === 'image' && one.attrs?.decorative !== true)
  if (image >= 0 && !all.some(one => hasWords.has(one.type)))
    found.unshift({ rule: 'image-only', block: 0, node: image, words: '' })
  return found.slice(0, mostFindings)
}

/** What a file is, as far as the rules ask. */
export interface CheckedFile {
  readonly form: string
  /** Languages its captions are in. */
  readonly captions: number
  /** Its bytes were read and no text was in them. */
  readonly textless: boolean
}

/** What is found in a file. */
export function fileFindings({ form, captions, textless }: CheckedFile): Finding[] {
  const of = (rule: FindingRule): Finding[] => [{ rule, block: 0, node: 0, words: '' }]
  if ((form === 'video' || form === 'audio') && captions === 0) return of('captions')
  return form === 'pdf' && textless ? of('pdf-text') : []
}

/** A page with another description of one of its pictures. `node` is that of a finding. */
export function describeImage(
  document: PageDocument,
  node: number,
  { alt, decorative }: { readonly alt: string; readonly decorative: boolean },
): PageDocument {
  let at = -1
  const walk = (nodes: readonly DocumentNode[]): DocumentNode[] =>
    nodes.map(one => {
      at += 1
      if (at === node && one.type === 'image')
        return { ...one, attrs: { ...one.attrs, alt: decorative ? '' : alt, decorative } }
      return one.content ? { ...one, content: walk(one.content) } : one
    })
  return { ...document, content: walk(document.content) }
}
