// Dragging things of the outline by a handle, with pointer events: mouse, finger and pen are one way, and a phone scrolls
// everywhere but on a handle. What is dragged stays where it is until it is let go; a line shows where it will land. Near
// the edges the page scrolls along; Escape takes all of it back.
import { signal } from '@preact/signals'

/** Where something would land: what to show, in pixels of the window, and what to do. */
export interface Slot {
  readonly top: number
  readonly left: number
  readonly width: number
}

export interface Drag<S extends Slot> {
  /** What moves, by ids: shown as such. */
  readonly ids: readonly string[]
  /** All places as they now lie in the window; `across`: how far the pointer went along the line of reading, in pixels. */
  readonly slots: (across: number) => readonly S[]
  readonly onDrop: (slot: S) => Promise<unknown> | undefined
}

/** What is being dragged, by ids. */
export const dragged = signal<ReadonlySet<string>>(new Set())

/** Where it will land. */
export const landing = signal<Slot | undefined>(undefined)

/** So far a pointer moves before it is no longer a tap, in pixels. */
const begins = 5
/** So near to an edge the page scrolls, and at most so far a frame, in pixels. */
const edge = 80
const fastest = 14

const nearest = <S extends Slot>(slots: readonly S[], y: number): S | undefined =>
  slots.reduce<S | undefined>(
    (best, one) => (!best || Math.abs(one.top - y) < Math.abs(best.top - y) ? one : best),
    undefined,
  )

/** How far the page scrolls in this frame: the faster the nearer to an edge. */
export const scrollBy = (y: number, height: number): number => {
  const [above, below] = [edge - y, y - (height - edge)]
  if (above > 0) return -Math.ceil((Math.min(above, edge) / edge) * fastest)
  return below > 0 ? Math.ceil((Math.min(below, edge) / edge) * fastest) : 0
}

/** Follows a pointer that went down on a handle until it is let go. `begin` is asked once it moves. */
export function followPointer<S extends Slot>(down: PointerEvent, begin: () => Drag<S>): void {
  const handle = down.currentTarget as HTMLElement
  if (down.button !== 0 || !down.isPrimary || dragged.peek().size > 0) return
  // No text is marked, and no menu of the system opens under a resting finger.
  down.preventDefault()
  handle.setPointerCapture(down.pointerId)
  const along = getComputedStyle(handle).direction === 'rtl' ? -1 : 1
  let at = { x: down.clientX, y: down.clientY }
  let drag: Drag<S> | undefined
  let slot: S | undefined
  let frame = 0

  const look = () => {
    if (!drag) return
    slot = nearest(drag.slots((at.x - down.clientX) * along), at.y)
    landing.value = slot
  }
  const roll = () => {
    const by = scrollBy(at.y, innerHeight)
    if (by !== 0) document.scrollingElement?.scrollBy(0, by)
    look()
    frame = requestAnimationFrame(roll)
  }
  const ended = new AbortController()
  const end = () => {
    ended.abort()
    cancelAnimationFrame(frame)
    landing.value = undefined
    dragged.value = new Set()
  }
  const { signal: until } = ended
  const move = (event: PointerEvent) => {
    at = { x: event.clientX, y: event.clientY }
    if (drag || Math.hypot(at.x - down.clientX, at.y - down.clientY) < begins) return
    drag = begin()
    dragged.value = new Set(drag.ids)
    roll()
  }
  const drop = async () => {
    look()
    const [done, to] = [drag, slot]
    ended.abort()
    cancelAnimationFrame(frame)
    // It is shown on its way until it has arrived.
    if (done && to) await done.onDrop(to)
    end()
  }
  // A finger that is taken here makes no gesture: what is let go with a swing would swallow the next tap.
  for (const kind of ['touchstart', 'touchmove'] as const)
    handle.addEventListener(kind, event => event.cancelable && event.preventDefault(), {
      signal: until,
      passive: false,
    })
  handle.addEventListener('pointermove', move, { signal: until })
  handle.addEventListener('pointerup', () => void drop(), { signal: until })
  handle.addEventListener('pointercancel', end, { signal: until })
  // The line went away under it: somebody removed it.
  handle.addEventListener('lostpointercapture', end, { signal: until })
  window.addEventListener(
    'keydown',
    event => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      event.stopPropagation()
      end()
    },
    { signal: until, capture: true },
  )
}
