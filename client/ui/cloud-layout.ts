// Places words of different sizes so that none lies over another: the largest in the middle, the next ones on a spiral
// around it, and all of it enlarged until it fills the box. A word stays where it was while it fits there, so that a cloud
// that grows does not shuffle. The same words give the same picture. Pure; how wide a word is, the caller measures.

export interface CloudWord {
  readonly text: string
  readonly count: number
}

export interface PlacedWord extends CloudWord {
  /** The middle of the word, before `zoom`. */
  readonly x: number
  readonly y: number
  /** The size of the type, before `zoom`. */
  readonly size: number
  /** How often it was put to another place: the same number, the same place. */
  readonly turn: number
}

export interface CloudBox {
  readonly width: number
  readonly height: number
  /** Size of the type of the rarest and of the most frequent word. */
  readonly least: number
  readonly most: number
}

export interface CloudPicture {
  readonly placed: readonly PlacedWord[]
  /** How many words did not find a place. */
  readonly left: number
  /** Enlarges all of it, with its middle in the middle of the box: `scale * x + zoom.x`. */
  readonly zoom: { readonly scale: number; readonly x: number; readonly y: number }
  readonly box: CloudBox
  /** How much larger than asked for the words are. */
  readonly scale: number
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
/** Sizes stay as they are while the right ones are nearer than this, so that words do not breathe with each new one. */
const steady = 1.2
const turns = 1_400
/** The largest word takes this share of the height, however few there are. */
const mostHeight = 0.45
/** Places are given up where a fresh picture is so much larger. */
const worthIt = 1.15

/** The frequent ones first; equally frequent ones by their letters, so that the order never depends on who was first. */
const order = (a: CloudWord, b: CloudWord): number => b.count - a.count || (a.text < b.text ? -1 : 1)

const around = (x: number, y: number, width: number, height: number): Rect => ({
  left: x - width / 2,
  right: x + width / 2,
  top: y - height / 2,
  bottom: y + height / 2,
})

const isFree = (rect: Rect, box: CloudBox, taken: readonly Rect[]): boolean =>
  rect.left >= 0 &&
  rect.top >= 0 &&
  rect.right <= box.width &&
  rect.bottom <= box.height &&
  !taken.some(one => overlaps(one, rect))

function findPlace(
  box: CloudBox,
  [width, height]: readonly [number, number],
  taken: readonly Rect[],
  from: number,
): Rect | undefined {
  const stretch = box.width / box.height
  for (let turn = 0; turn < turns; turn++) {
    const angle = from + turn * 0.31
    const reach = (turn / turns) ** 0.75 * (box.height / 2)
    const x = box.width / 2 + Math.cos(angle) * reach * stretch
    const rect = around(x, box.height / 2 + Math.sin(angle) * reach, width, height)
    if (isFree(rect, box, taken)) return rect
  }
  return undefined
}

interface Wish {
  readonly word: CloudWord
  /** In type of size 1. */
  readonly width: number
  readonly size: number
}

function place(
  wishes: readonly Wish[],
  box: CloudBox,
  scale: number,
  before: CloudPicture | undefined,
  keep: 'places' | 'nothing',
): CloudPicture {
  const known = new Map(before?.placed.map(one => [one.text, one]))
  const taken: Rect[] = []
  const placed: PlacedWord[] = []
  // A word that had to shrink to find a place is not outgrown by rarer ones.
  let ceiling = Number.POSITIVE_INFINITY
  for (const [at, { word, width, size }] of wishes.entries()) {
    const old = known.get(word.text)
    const fitting = Math.min(size * scale, (box.width * 0.7) / Math.max(0.1, width), box.height * 0.5, ceiling)
    const sizes = [Math.max(box.least, fitting), Math.max(box.least, fitting * 0.7), box.least]
    for (const tried of sizes) {
      const area = [width * tried + tried * 0.4, tried * lineHeight] as const
      const there = old && keep === 'places' ? around(old.x, old.y, ...area) : undefined
      const stays = there !== undefined && isFree(there, box, taken)
      const rect = stays ? there : findPlace(box, area, taken, at * 2.4)
      if (!rect) continue
      if (tried < (sizes[0] ?? tried)) ceiling = tried
      taken.push(rect)
      const [x, y] = stays && old ? [old.x, old.y] : [(rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2]
      placed.push({ ...word, size: tried, x, y, turn: stays && old ? old.turn : (old?.turn ?? 0) + 1 })
      break
    }
  }
  return { placed, left: wishes.length - placed.length, zoom: zoomOf(taken, placed, box), box, scale }
}

/** Enlarges what is placed until it reaches the edges of the box, or its largest word is large enough. */
function zoomOf(taken: readonly Rect[], placed: readonly PlacedWord[], box: CloudBox): CloudPicture['zoom'] {
  if (taken.length === 0) return { scale: 1, x: 0, y: 0 }
  const edge = (of: keyof Rect, pick: 'min' | 'max') => Math[pick](...taken.map(one => one[of]))
  const [left, right] = [edge('left', 'min'), edge('right', 'max')]
  const [top, bottom] = [edge('top', 'min'), edge('bottom', 'max')]
  const largest = Math.max(...placed.map(one => one.size))
  const fits = Math.min(box.width / (right - left), box.height / (bottom - top))
  const scale = Math.max(1, Math.min(fits, (box.height * mostHeight) / largest))
  return {
    scale,
    x: box.width / 2 - (scale * (left + right)) / 2,
    y: box.height / 2 - (scale * (top + bottom)) / 2,
  }
}

/**
 * The words that found a place. `widthOf`: the width of a text in type of size 1. `before`: the picture that is shown, whose
 * words keep their places where that does not cost the new one its size.
 */
export function layoutCloud(
  words: readonly CloudWord[],
  box: CloudBox,
  widthOf: (text: string) => number,
  before?: CloudPicture,
): CloudPicture {
  const sorted = [...words].sort(order)
  const highest = sorted[0]?.count ?? 1
  const lowest = sorted.at(-1)?.count ?? 1
  const share = (count: number): number => (highest > lowest ? Math.sqrt((count - lowest) / (highest - lowest)) : 0.45)
  const wishes = sorted.map(word => ({
    word,
    width: widthOf(word.text),
    size: box.least + (box.most - box.least) * share(word.count),
  }))
  const wanted = wishes.reduce((sum, one) => sum + one.width * one.size * one.size * lineHeight, 0)
  const right = Math.min(mostScale, Math.sqrt((box.width * box.height * cover) / Math.max(1, wanted)))
  const same = before && before.box.width === box.width && before.box.height === box.height ? before : undefined
  const fresh = place(wishes, box, right, same, 'nothing')
  if (!same) return fresh
  const near = right / same.scale < steady && same.scale / right < steady
  const kept = place(wishes, box, near ? same.scale : right, same, 'places')
  const larger = (fresh.scale * fresh.zoom.scale) / (kept.scale * kept.zoom.scale)
  return kept.left > fresh.left || larger > worthIt ? fresh : kept
}
