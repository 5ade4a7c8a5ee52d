// A line of a note as Markdown: words with their marks. What somebody typed is escaped, so that it reads as it was typed
// and is never markup of theirs. Pure.
import * as Y from 'yjs'
import type { NoteMark } from '#protocol/notes.ts'

interface Run {
  readonly text: string
  readonly marks: ReadonlyMap<NoteMark, unknown>
}

/** Signs around marked words; underlining has no Markdown of its own and stays plain. */
const signs: { readonly [mark in NoteMark]?: string } = { bold: '**', italic: '*', strike: '~~' }
/** The order in which marks are opened: what is further left goes around. */
const order: readonly NoteMark[] = ['link', 'bold', 'italic', 'strike']

// y-prosemirror adds a hash to the name of a mark that may stand twice on one word.
const markName = (attribute: string): NoteMark => attribute.replace(/--[\w+/=]{8}$/, '') as NoteMark

function runsOf(text: Y.XmlText): Run[] {
  const delta = text.toDelta() as { insert: unknown; attributes?: Record<string, unknown> }[]
  return delta.flatMap(({ insert, attributes }) =>
    typeof insert === 'string'
      ? [
          {
            text: insert,
            marks: new Map(Object.entries(attributes ?? {}).map(([key, value]) => [markName(key), value])),
          },
        ]
      : [],
  )
}

/** Everything that is a sign of Markdown or the beginning of markup, as the sign itself. */
const escaped = (text: string): string => text.replace(/[\\`*_{}[\]<>#|~&$!]/g, '\\$&')

/** A line's beginning that would make it a list, a quote, a rule or a heading. */
export const plainStart = (line: string): string =>
  line.replace(/^(\s*)([-+=>])/, '$1\\$2').replace(/^(\s*\d{1,9})([.)])/, '$1\\$2')

const followed = /^(https?:|mailto:)/i

/** The address of a link as it may stand in Markdown; undefined for one that is not followed. */
function addressOf(mark: unknown): string | undefined {
  const href = (mark as { href?: unknown } | null)?.href
  if (typeof href !== 'string' || !followed.test(href.trim())) return undefined
  return href.trim().replace(/[\s<>()[\]\\"'`|]/g, sign => encodeURIComponent(sign).replace(/['()]/g, hexOf))
}

const hexOf = (sign: string): string => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`

function codeSpan(text: string): string {
  let longest = 0
  for (const found of text.matchAll(/`+/g)) longest = Math.max(longest, found[0].length)
  const fence = '`'.repeat(longest + 1)
  const pad = longest > 0 || /^\s|\s$/.test(text) ? ' ' : ''
  return `${fence}${pad}${text.replace(/\n/g, ' ')}${pad}${fence}`
}

/** Writes words while keeping account of the marks that are open. */
class Writer {
  // Pieces, joined at the end: a note has a million characters, and each run looks at the end of what is there.
  readonly #out: string[] = []
  #open: { readonly mark: NoteMark; readonly address: string | undefined }[] = []

  add({ text, marks }: Run): void {
    const wanted = order.flatMap(mark => {
      if (!marks.has(mark)) return []
      const address = mark === 'link' ? addressOf(marks.get(mark)) : undefined
      return mark === 'link' && address === undefined ? [] : [{ mark, address }]
    })
    const stay = this.#open.findIndex((one, at) => wanted[at]?.mark !== one.mark || wanted[at]?.address !== one.address)
    this.#close(stay < 0 ? this.#open.length : stay)
    const opening = wanted.slice(this.#open.length)
    // Signs hold only where a word stands right after them.
    const lead = opening.length > 0 ? (/^\s*/.exec(text)?.[0] ?? '') : ''
    const rest = text.slice(lead.length)
    this.#out.push(lead)
    if (rest === '') return
    for (const one of opening) {
      this.#out.push(one.mark === 'link' ? '[' : (signs[one.mark] ?? ''))
      this.#open.push(one)
    }
    this.#out.push(marks.has('code') ? codeSpan(rest) : escaped(rest))
  }

  #close(down: number): void {
    if (this.#open.length <= down) return
    const trail = this.#takeTrail()
    for (let one = this.#open.pop(); one; one = this.#open.length > down ? this.#open.pop() : undefined)
      this.#out.push(one.mark === 'link' ? `](${one.address})` : (signs[one.mark] ?? ''))
    this.#out.push(trail)
  }

  /** The white space at the end, which does not stand there any more. */
  #takeTrail(): string {
    let trail = ''
    for (let last = this.#out.pop(); last !== undefined; last = this.#out.pop()) {
      const kept = last.trimEnd()
      trail = last.slice(kept.length) + trail
      if (kept === '') continue
      this.#out.push(kept)
      break
    }
    return trail
  }

  breakLine(): void {
    this.#close(0)
    this.#out.push('\\\n')
  }

  end(): string {
    this.#close(0)
    return this.#out.join('').trim()
  }
}

type Inline = Y.XmlElement | Y.XmlText | Y.XmlHook

/** What stands in a paragraph, heading or cell, as one line of Markdown (more with hard breaks). */
export function inlineMarkdown(children: readonly Inline[]): string {
  const writer = new Writer()
  for (const child of children) {
    if (child instanceof Y.XmlText) for (const run of runsOf(child)) writer.add(run)
    else if (child instanceof Y.XmlElement && child.nodeName === 'hardBreak') writer.breakLine()
    else if (child instanceof Y.XmlElement) writer.add({ text: plainInline(child.toArray()), marks: new Map() })
  }
  return writer.end()
}

/** The same words without any sign. */
export const plainInline = (children: readonly Inline[]): string =>
  children
    .map(child => {
      if (child instanceof Y.XmlText)
        return runsOf(child)
          .map(run => run.text)
          .join('')
      if (child instanceof Y.XmlElement && child.nodeName === 'hardBreak') return '\n'
      return child instanceof Y.XmlElement ? plainInline(child.toArray()) : ''
    })
    .join('')
