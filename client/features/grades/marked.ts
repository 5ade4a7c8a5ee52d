// Where the work stands that fills a column of its own, and in what words: the features whose things do so say it, and a grade
// leads there.
import type { PlainTextKey } from '#client/platform/texts.ts'

export interface MarkedPlace {
  readonly courseId: string
  readonly refId: string
  /** Whose work; null for the thing itself. */
  readonly accountId: string | null
}

export interface MarkedKind {
  /** Where the thing is, and somebody's work at it. */
  readonly path: (place: MarkedPlace) => string
  /** Where a grade of it comes from: in a sentence, and in two words. */
  readonly why: PlainTextKey
  readonly from: PlainTextKey
  /** What leads there, for whose it is and for staff. */
  readonly open: PlainTextKey
  readonly openAll: PlainTextKey
}

const kinds = new Map<string, MarkedKind>()

/** Says where the things of a kind are. Called by the feature's boot file. */
export const registerMarkedKind = (kind: string, words: MarkedKind): void => {
  kinds.set(kind, words)
}

/** What is said of a kind; undefined for one this page does not know. */
export const markedKind = (kind: string): MarkedKind | undefined => kinds.get(kind)

/** Where a marked thing is; undefined for a kind this page does not know. */
export const markedPath = (kind: string, place: MarkedPlace): string | undefined => kinds.get(kind)?.path(place)
