// The whole catalogue of any language at once, for what the server writes itself: files and mails. Pages bring the one
// they need and never import this.
import { ar } from './ar/index.ts'
import { en, type Texts } from './en/index.ts'
import { type LanguageId, languageFor } from './locales.ts'
import { over } from './text.ts'

const catalogues: { readonly [L in LanguageId]: Texts } = { en, ar: over(en, ar) }

/** The words for a reader's locale, as `ar-EG`; English where there are none. */
export const textsIn = (locale: string): Texts => catalogues[languageFor([locale]).id]

/** What one text says in each language, in small letters: by these words a list that was written in any of them is read. */
export const inEveryLanguage = (pick: (texts: Texts) => string): string[] =>
  Object.values(catalogues).map(texts => pick(texts).toLowerCase())
