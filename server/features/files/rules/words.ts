// Which files have words and how much of them is kept. Pure.
import { isDocument } from '#server/platform/extract/extract.ts'

/** Characters of the words a file is found by: what PostgreSQL can index of one text. */
export const mostWords = 400_000

/** Whether the words of this media type are read: text, PDF and office documents. */
export const hasWords = (type: string): boolean => type.startsWith('text/') || isDocument(type)

/** What a file is found by: what stands in it, and what is said in it. */
export const wordsOf = (text: string, said: readonly string[]): string =>
  [text, ...said]
    .filter(part => part !== '')
    .join(' ')
    .slice(0, mostWords)
