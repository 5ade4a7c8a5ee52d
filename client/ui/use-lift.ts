// How far above its place at the foot of the window something stands that floats over the page, to lie over no control.
import type { RefObject } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { placeOf } from '#client/ui/toast-place.ts'

/** From the head of the window, in pixels. */
const edge = 8

/** What takes a tap. */
const controls = 'a[href], button, input, select, textarea, summary, label'

/** Of a dialog nothing counts: it lies above what floats, and what floats is left over the page when it closes. */
function takesTaps(one: HTMLElement): boolean {
  if (one.closest('dialog:modal')) return false

  const { visibility, pointerEvents } = getComputedStyle(one)
  // The link that skips the navigation stands at the head unseen.
  return one.getClientRects().length > 0 && visibility !== 'hidden' && pointerEvents !== 'none'
}

/**
 * The lift of `region` in pixels. `shows` says what it shows, and changes with it; 0 or '' for nothing. Laid anew when that
 * changes, when the page becomes another one and when it was scrolled; where it stands it stays while it can.
 */
export function useLift(
  region: RefObject<HTMLElement | null>,
  shows: number | string,
  on: 'a small screen' | 'every screen',
): number {
  const [lift, setLift] = useState(0)
  const lifted = useRef(0)
  useLayoutEffect(() => {
    const lay = (stays: boolean) => {
      const element = region.current
      if (!element) return
      const { top, bottom, height, left, right } = element.getBoundingClientRect()
      const foot = top + lifted.current
      const here = on === 'every screen' || matchMedia('(width < 48rem)').matches
      const taken = [...document.querySelectorAll<HTMLElement>(controls)]
        .filter(one => !element.contains(one) && takesTaps(one))
        .map(one => one.getBoundingClientRect())
        .filter(one => one.left < right && one.right > left)
      const place = placeOf(height, { top: edge, bottom: bottom + lifted.current }, taken, stays ? top : undefined)
      // At a desk what finds no free place stays in its corner: at the head it would lie over the page's own acts.
      const crowded = on === 'every screen' && taken.some(one => one.top < place + height && one.bottom > place)
      lifted.current = here && shows && !crowded ? foot - place : 0
      setLift(lifted.current)
    }
    lay(false)
    if (!shows) return
    const layAgain = () => lay(true)
    const observer = new ResizeObserver(layAgain)
    observer.observe(document.body)
    document.addEventListener('scrollend', layAgain)
    return () => {
      observer.disconnect()
      document.removeEventListener('scrollend', layAgain)
    }
  }, [shows, on])
  return lift
}
