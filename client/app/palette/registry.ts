// What the palette offers: features add what one can go to, find and do, at boot; the palette knows none of them.
import type { ComponentType } from 'preact'
import type { LucideIcon } from '#client/ui/Icon.tsx'

/** Leads to an address of the client. */
export type Go = (path: string) => void

export interface PaletteChoice {
  /** The same for the same thing at any time: recent choices are kept by it. */
  readonly key: string
  readonly label: string
  /** Where it is, such as its course. */
  readonly detail?: string | undefined
  readonly icon: LucideIcon
  /** Other words it is found by. */
  readonly also?: string | undefined
  /** A dialog is mounted over the page until it calls `onClose`. */
  readonly does:
    | { readonly go: string }
    | { readonly run: (go: Go) => void }
    | { readonly Dialog: ComponentType<{ readonly onClose: () => void }> }
}

/** Where the person is. */
export interface PaletteWhere {
  readonly path: string
  /** The course whose pages are open. */
  readonly courseId: string | undefined
}

export interface PaletteSource {
  readonly name: string
  readonly group: 'go' | 'act'
  /** Called while rendering: signals read in it are followed. */
  readonly list: (where: PaletteWhere) => readonly PaletteChoice[]
  /** Called when the palette opens, for what must be asked first; it then fills a signal that `list` reads. */
  readonly opened?: ((where: PaletteWhere) => void) | undefined
}

/** Asks the server for things by these words, in their titles or inside. */
export type PaletteSearch = (words: string, where: PaletteWhere, signal: AbortSignal) => Promise<PaletteChoice[]>

/** The way to a page that shows all that is found for some words. */
export type PaletteMore = (words: string) => PaletteChoice

const gated = new Set<string>()
const sources = new Map<string, PaletteSource>()
const searches = new Map<string, PaletteSearch>()
let more: PaletteMore | undefined

/** Says which pages are for some alone: they are offered by a source of their own, or to whom the frame leads there. */
export const registerGatedPages = (paths: readonly string[]): void => {
  for (const path of paths) gated.add(path)
}

/** Whether a page is for some alone. */
export const isGatedPage = (path: string): boolean => gated.has(path)

/** Adds what one can go to or do. */
export const registerPaletteSource = (source: PaletteSource): void => {
  sources.set(source.name, source)
}

/** Adds a search. */
export const registerPaletteSearch = (name: string, search: PaletteSearch): void => {
  searches.set(name, search)
}

/** Every source of a group, in the order of registration. */
export const paletteSources = (): readonly PaletteSource[] => [...sources.values()]

/** Every search. */
export const paletteSearches = (): readonly PaletteSearch[] => [...searches.values()]

/** Says where all that is found is shown. */
export const registerPaletteMore = (how: PaletteMore): void => {
  more = how
}

/** The way there, if there is one. */
export const paletteMore = (words: string): PaletteChoice[] => (more ? [more(words)] : [])
