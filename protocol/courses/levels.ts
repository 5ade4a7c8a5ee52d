// How deep the things of a module stand, read from what each says it stands under. It is read and not written down,
// because each reader has another part of the list: what stands under a draft steps out for learners, and back in when that
// is published; what stands under something removed does so until that is brought back. Pure.

/** How deep below the outermost things something may stand. */
export const mostDepth = 3

interface Standing {
  readonly id: string
  /** The things it stands under, the outermost first. */
  readonly under?: readonly string[] | undefined
}

/** Whatever stands open above each line: the things that what comes next could stand under, the outermost first. */
function walk(order: readonly Standing[]): { levels: number[]; open: string[] } {
  const open: string[] = []
  const levels = order.map(({ id, under = [] }) => {
    const innermost = under.findLast(one => open.includes(one))
    const level = innermost === undefined ? 0 : Math.min(mostDepth, open.indexOf(innermost) + 1)
    open.splice(level, open.length, id)
    return level
  })
  return { levels, open }
}

/** How deep each thing of one module stands for whoever sees these, in their order: never more than one below the one above. */
export const levelsOf = (order: readonly Standing[]): number[] => walk(order).levels

/** What a thing stands under at this level behind the first `at` of `order`; as deep as there is something to stand under. */
export const underAt = (order: readonly Standing[], at: number, level: number): string[] =>
  walk(order.slice(0, at)).open.slice(0, Math.min(level, mostDepth))

/** A thing with all that stands below it, in order; empty when it is not there. */
export function blockOf<T extends Standing>(order: readonly T[], id: string): T[] {
  const levels = levelsOf(order)
  const at = order.findIndex(one => one.id === id)
  const end = levels.findIndex((level, index) => index > at && level <= (levels[at] ?? 0))
  return at < 0 ? [] : order.slice(at, end < 0 ? order.length : end)
}

/** What each of a block stands under once its first stands under `path`; what would be too deep stands as deep as it may. */
export function rebased(block: readonly Standing[], path: readonly string[]): Map<string, string[]> {
  const levels = levelsOf(
    block.map(({ id, under }) => ({ id, under: under?.filter(one => block.some(b => b.id === one)) })),
  )
  const open: string[] = []
  return new Map(
    block.map(({ id }, index) => {
      open.splice(levels[index] ?? 0, open.length)
      const under = [...path, ...open].slice(0, mostDepth)
      open.push(id)
      return [id, under]
    }),
  )
}
