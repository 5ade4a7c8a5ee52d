// Words in a text that somebody explains: where each stands first, as pieces of the nodes that hold them. Pure; who explains
// them puts them into the context that the view asks.
import { type ComponentType, createContext } from 'preact'
import type { DocumentNode, PageDocument } from '#protocol/content/document.ts'

/** Words that mean the same, by the id of what explains them. */
export interface Explainable {
  readonly id: string
  readonly words: readonly string[]
}

/** A part of a text; with an id it is a word that is explained. */
export interface TextPiece {
  readonly text: string
  readonly id?: string
}

export type Pieces = ReadonlyMap<DocumentNode, readonly TextPiece[]>

interface Words {
  readonly pieces: Pieces
  readonly Word: ComponentType<{ readonly id: string; readonly text: string }> | undefined
}

/** Without somebody who explains, texts stand as they are. */
export const WordsContext = createContext<Words>({ pieces: new Map(), Word: undefined })

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+')

// Headings lead, code is quoted, and a link goes somewhere already.
const passedOver = new Set(['heading', 'codeBlock'])
const isPlain = (node: DocumentNode): boolean =>
  (node.marks ?? []).every(mark => mark.type !== 'link' && mark.type !== 'code')

/**
 * Where each word stands first as a word of its own, in any case of its letters: the longest words are looked for first, and
 * one that means the same as one before is none any more.
 */
export function piecesOf(document: PageDocument, list: readonly Explainable[]): Pieces {
  const pieces = new Map<DocumentNode, readonly TextPiece[]>()
  const idOf = new Map<string, string>()
  for (const { id, words } of list)
    for (const word of words) if (!idOf.has(word.toLowerCase())) idOf.set(word.toLowerCase(), id)
  if (idOf.size === 0) return pieces
  const words = [...idOf.keys()].sort((a, b) => b.length - a.length).map(escaped)
  const pattern = new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])(?:${words.join('|')})(?![\\p{L}\\p{M}\\p{N}])`, 'giu')
  const seen = new Set<string>()
  const walk = (nodes: readonly DocumentNode[]): void => {
    for (const node of nodes) {
      if (passedOver.has(node.type)) continue
      if (node.type === 'text' && isPlain(node)) {
        const found = split(node.text ?? '', pattern, idOf, seen)
        if (found) pieces.set(node, found)
      }
      walk(node.content ?? [])
    }
  }
  walk(document.content)
  return pieces
}

function split(
  text: string,
  pattern: RegExp,
  idOf: ReadonlyMap<string, string>,
  seen: Set<string>,
): TextPiece[] | undefined {
  const found: TextPiece[] = []
  let from = 0
  for (const { 0: word, index } of text.matchAll(pattern)) {
    const id = idOf.get(word.toLowerCase().replace(/\s+/g, ' '))
    if (id === undefined || seen.has(id)) continue
    seen.add(id)
    if (index > from) found.push({ text: text.slice(from, index) })
    found.push({ text: word, id })
    from = index + word.length
  }
  if (found.length === 0) return undefined
  if (from < text.length) found.push({ text: text.slice(from) })
  return found
}
