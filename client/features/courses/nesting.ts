// Where items of a module come to stand when they are moved or indented, with all that stands below them: what is said to
// the server of each. Pure.
import { blockOf, levelsOf, mostDepth, rebased, underAt } from '#protocol/courses/levels.ts'

export interface Nested {
  readonly id: string
  readonly under?: readonly string[] | undefined
}

/** What items are to stand under, by their ids; only those for which that is another. */
export type Unders = ReadonlyMap<string, string[]>

/** A place in a module, counted among its items without those that move. */
export interface Place {
  readonly at: number
  readonly level: number
}

const withUnders = <T extends Nested>(order: readonly T[], unders: Unders): T[] =>
  order.map(one => ({ ...one, under: unders.get(one.id) ?? one.under }))

const standing = (order: readonly Nested[], id: string) => {
  const levels = levelsOf(order)
  const at = order.findIndex(one => one.id === id)
  return { levels, at, level: levels[at] ?? 0, block: blockOf(order, id) }
}

const none: Unders = new Map()

/** One step below the line above; nothing where there is none to stand under, or where something would be too deep. */
function stepIn(order: readonly Nested[], id: string): Unders {
  const { levels, at, level, block } = standing(order, id)
  const deepest = Math.max(...levels.slice(at, at + block.length))
  if (at < 1 || level > (levels[at - 1] ?? 0) || deepest >= mostDepth) return none
  return rebased(block, underAt(order, at, level + 1))
}

/** One step out; what stood beside it and comes after stays as deep as it is, and so stands under it. */
function stepOut(order: readonly Nested[], id: string): Unders {
  const { levels, at, level, block } = standing(order, id)
  const parent = underAt(order, at, level)[level - 1]
  if (at < 0 || parent === undefined) return none
  const unders = rebased(block, underAt(order, at, level - 1))
  const end = levels.findIndex((one, index) => index >= at + block.length && one < level)
  for (const one of order.slice(at + block.length, end < 0 ? order.length : end))
    unders.set(
      one.id,
      // Nothing stands under itself, whatever it says.
      (one.under ?? []).filter(above => above !== one.id).map(above => (above === parent ? id : above)),
    )
  return unders
}

/** The first of each block among `ids`: what stands below one of them comes along anyway. */
export function roots<T extends Nested>(order: readonly T[], ids: ReadonlySet<string>): T[] {
  const below = new Set(
    order.flatMap(one => (ids.has(one.id) ? blockOf(order, one.id).slice(1) : [])).map(one => one.id),
  )
  return order.filter(one => ids.has(one.id) && !below.has(one.id))
}

/** All of these one step in or out, with what stands below them; nothing where nothing can. */
export function stepped(order: readonly Nested[], ids: ReadonlySet<string>, way: 'in' | 'out'): Unders {
  const all = new Map<string, string[]>()
  let now = order
  for (const { id } of roots(order, ids)) {
    const unders = way === 'in' ? stepIn(now, id) : stepOut(now, id)
    for (const [one, under] of unders) all.set(one, under)
    now = withUnders(now, unders)
  }
  return all
}

/** The nearest level to the wanted one that a block may have at a place: below the line above, and above what comes after. */
export function levelAt(rest: readonly Nested[], at: number, wanted: number, block: readonly Nested[]): number {
  const levels = levelsOf(rest)
  const own = levelsOf(block)
  const most = Math.min(
    at === 0 ? 0 : (levels[at - 1] ?? 0) + 1,
    mostDepth - Math.max(...own.map(one => one - (own[0] ?? 0)), 0),
  )
  return Math.max(levels[at] ?? 0, Math.min(wanted, Math.max(0, most)))
}

/** Where one step up leads: ahead of what stands before it. Undefined for the first. */
export function placeUp(order: readonly Nested[], id: string): Place | undefined {
  const { levels, at, level, block } = standing(order, id)
  const ahead = levels.findLastIndex((one, index) => index < at && one <= level)
  if (ahead < 0) return undefined
  const rest = order.filter(one => !block.includes(one))
  return { at: ahead, level: levelAt(rest, ahead, level, block) }
}

/** Where one step down leads: behind what comes after it, with all of that. Undefined for the last. */
export function placeDown(order: readonly Nested[], id: string): Place | undefined {
  const { at, level, block } = standing(order, id)
  const rest = order.filter(one => !block.includes(one))
  const next = rest[at]
  if (at < 0 || !next) return undefined
  const behind = at + ((levelsOf(rest)[at] ?? 0) === level ? blockOf(rest, next.id).length : 1)
  return { at: behind, level: levelAt(rest, behind, level, block) }
}

/** What a block stands under where its first is among the outermost. */
export const rebasedOut = (block: readonly Nested[]): Unders => rebased(block, [])

/** What a block of items stands under at a place of the module it comes to, and ahead of which item; null: at the end. */
export function placed(
  rest: readonly Nested[],
  block: readonly Nested[],
  { at, level }: Place,
): { before: string | null; unders: Unders } {
  return { before: rest[at]?.id ?? null, unders: rebased(block, underAt(rest, at, level)) }
}
