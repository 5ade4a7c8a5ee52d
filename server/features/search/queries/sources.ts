// What can be found, and by whom: each feature answers for the kinds it owns. The words themselves are kept by the
// database in `search_entries`; a source says where a reader may find them, as they stand at this moment.
import type { HitKind } from '#protocol/search.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import type { Reader } from './reader.ts'

/** Hands a value to the query and answers how it is written there, such as `$7`. */
export type Value = (value: unknown) => string

export interface Findable {
  /** SQL, true of the entries `e` that the reader may open now. */
  readonly where: string
  /** SQL: a JSON object with what a hit of this kind tells beside what all tell. */
  readonly place?: string | undefined
}

export interface SearchSource {
  readonly kinds: readonly HitKind[]
  /** Asks as many queries for a reader of a thousand things as for one of none. */
  readonly findable: (ctx: Ctx, reader: Reader, value: Value) => Promise<Findable> | Findable
}

const sources: SearchSource[] = []

/** Answers for some kinds. To be called once each, when a feature loads. */
export function registerSearchSource(source: SearchSource): void {
  for (const kind of source.kinds)
    if (sources.some(one => one.kinds.includes(kind))) throw new Error(`Two features answer for finding a ${kind}`)
  sources.push(source)
}

/** The sources that have any of these kinds; all of them for undefined. */
export const sourcesOf = (kinds: readonly HitKind[] | undefined): readonly SearchSource[] =>
  sources.filter(one => !kinds || one.kinds.some(kind => kinds.includes(kind)))
