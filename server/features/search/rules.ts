// How what was typed is looked for, and how what was found is told. Pure.
import { mostWords, type Piece } from '#protocol/search.ts'
import { literally } from '#server/platform/db/like.ts'

/** Patterns for `ilike`: each must fit, and a title that fits `begins` stands before others. Undefined for no word. */
export function patternsOf(words: string): { each: string[]; begins: string } | undefined {
  const all = words.replaceAll('\0', ' ').split(/\s+/u).filter(Boolean).slice(0, mostWords)
  if (all.length === 0) return undefined
  return { each: all.map(word => `%${literally(word)}%`), begins: `${literally(all.join(' '))}%` }
}

/** Letters from which on a word is taken for a beginning: fewer begin half of all there is. */
export const fewestBeginning = 3
const beginning = new RegExp(`[\\p{L}\\p{M}\\p{N}]{${fewestBeginning},}$`, 'u')

/** Whether somebody may still be typing the last word: nothing ends it, it is long enough, neither quoted nor ruled out. */
export function isHalfTyped(typed: string): boolean {
  const quotes = typed.split('"').length - 1
  const last = /(\S+)$/u.exec(typed)?.[1] ?? ''
  return beginning.test(last) && !last.startsWith('-') && quotes % 2 === 0
}

// Signs no text has: the database marks with them where words were found.
export const hitStart = '\u0002'
export const hitEnd = '\u0003'

/** Cuts a marked text into its pieces; white space is one space. */
export function piecesOf(marked: string): Piece[] {
  const pieces = marked
    .replace(/\s+/gu, ' ')
    .split(hitStart)
    .flatMap((part, index): Piece[] => {
      if (index === 0) return [{ text: part, hit: false }]
      const [inside = '', ...rest] = part.split(hitEnd)
      return [
        { text: inside, hit: true },
        { text: rest.join(''), hit: false },
      ]
    })
  return pieces.filter(one => one.text !== '')
}
