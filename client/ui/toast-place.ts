// Where a notice stands on a small screen, so that it lies over no control. Pure.

/** From one edge to the other, in pixels from the top of the window. */
export interface Span {
  readonly top: number
  readonly bottom: number
}

/** Between a notice and what it stands beside, in pixels. */
const gap = 8

/**
 * The top of a notice of this `height` within `room`: at its foot where that is free of the spans that are `taken`, else in the
 * free place that is nearest to an edge. `now`, where it stands already, is left only when it has to be. With no free place
 * it stands at the head: what people press last is further down.
 */
export function placeOf(height: number, room: Span, taken: readonly Span[], now?: number): number {
  const foot = room.bottom - height
  const isFree = (top: number) =>
    top >= room.top && top <= foot && taken.every(one => one.bottom <= top || one.top >= top + height)
  const fromEdge = (top: number) => Math.min(top - room.top, foot - top)
  const beside = taken.flatMap(one => [one.top - gap - height, one.bottom + gap])
  const places = [room.top, ...beside].sort((a, b) => fromEdge(a) - fromEdge(b))
  return [...(now === undefined ? [] : [now]), foot, ...places].find(isFree) ?? room.top
}
