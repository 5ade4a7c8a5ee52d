// Where the work stands that somebody marks: the features whose things are marked say so, and a grade leads there.
export interface MarkedPlace {
  readonly courseId: string
  readonly refId: string
  /** Whose work; null for the thing itself. */
  readonly accountId: string | null
}

const places = new Map<string, (place: MarkedPlace) => string>()

/** Says where the things of a kind are, and somebody's work at one. Called by the feature's boot file. */
export const registerMarkedPlace = (kind: string, path: (place: MarkedPlace) => string): void => {
  places.set(kind, path)
}

/** Where a marked thing is; undefined for a kind this page does not know. */
export const markedPath = (kind: string, place: MarkedPlace): string | undefined => places.get(kind)?.(place)
