// Places words of different sizes so that none lies over another: the largest in the middle, the next ones on a spiral
// around it. The same words give the same picture. Pure; how wide a word is, the caller measures.

export interface CloudWord {
  readonly text: string
  readonly count: number
}

export interface PlacedWord extends CloudWord {
  /** The middle of the word. */
  readonly x: number
  readonly y: number
  readonly size: number
}

export interface CloudBox {
  readonly width: number
  readonly height: number
  /** Size of the type of the rarest and of the most frequent word. */
  readonly least: number
  readonly most: number
}

interface Rect {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const lineHeight = 1.12
const overlaps = (a: Rect, b: Rect): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

/** Share of the box that words are to cover; more can't be placed without holes too small for any word. */
const cover = 0.42
/** How much larger than asked for few words may become, to fill the box. */
const mostScale = 1.9
const turns = 1_400

/** The frequent ones first; equally frequent ones by their letters, so that the order never depends on who was first. */
const order = (a: CloudWord, b: CloudWord): number => b.count - a.count || (a.text < b.text ? -1 : 1)

function findPlace(
  box: CloudBox,
  width: number,
  height: number,
  taken: readonly Rect[],
  from: number,
): Rect | undefined {
  const stretch = box.width / box.height
  for (let turn = 0; turn < turns; turn++) {
    const angle = from + turn * 0.31
    const reach = (turn / turns) ** 0.75 * (box.height / 2)
    const x = box.width / 2 + Math.cos(angle) * reach * stretch
    const y = box.height / 2 + Math.sin(angle) * reach
    const rect = { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 }
    if (rect.left < 0 || rect.top < 0 || rect.right > box.width || rect.bottom > box.height) continue
    if (!taken.some(one => overlaps(one, rect))) return rect
  }
  return undefined
}

/** The words that found a place, and how many did not. `widthOf`: the width of a text in type of size 1. */
export function layoutCloud(
  words: readonly CloudWord[],
  box: CloudBox,
  widthOf: (text: string) => number,
): { placed: readonly PlacedWord[]; left: number } {
  const sorted = [...words].sort(order)
  const highest = sorted[0]?.count ?? 1
  const lowest = sorted.at(-1)?.count ?? 1
  const share = (count: number): number => (highest > lowest ? Math.sqrt((count - lowest) / (highest - lowest)) : 0.45)
  const wish = sorted.map(word => ({
    word,
    width: widthOf(word.text),
    size: box.least + (box.most - box.least) * share(word.count),
  }))
  const wanted = wish.reduce((sum, one) => sum + one.width * one.size * one.size * lineHeight, 0)
  const scale = Math.min(mostScale, Math.sqrt((box.width * box.height * cover) / Math.max(1, wanted)))
  const taken: Rect[] = []
  const placed: PlacedWord[] = []
  // A word that had to shrink to find a place is not outgrown by rarer ones.
  let ceiling = Number.POSITIVE_INFINITY
  for (const [at, { word, width, size }] of wish.entries()) {
    const fitting = Math.min(size * scale, (box.width * 0.7) / Math.max(0.1, width), box.height * 0.5, ceiling)
    const sizes = [Math.max(box.least, fitting), Math.max(box.least, fitting * 0.7), box.least]
    for (const tried of sizes) {
      const gap = tried * 0.4
      const rect = findPlace(box, width * tried + gap, tried * lineHeight, taken, at * 2.4)
      if (!rect) continue
      if (tried < (sizes[0] ?? tried)) ceiling = tried
      taken.push(rect)
      placed.push({ ...word, size: tried, x: (rect.left + rect.right) / 2, y: (rect.top + rect.bottom) / 2 })
      break
    }
  }
  return { placed, left: sorted.length - placed.length }
}
