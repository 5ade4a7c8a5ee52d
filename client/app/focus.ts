// After a navigation the focus goes to the new page's heading, so that readers hear where they are.
import type { RefObject } from 'preact'
import { announce } from '#client/ui/LiveRegion.tsx'

/**
 * Focuses the h1 of the page, now or when it comes within three seconds, unless the reader has moved the focus by then.
 * A page without one has its title read out.
 */
export function focusHeading(title: string): () => void {
  const main = document.getElementById('main')
  if (!main) return () => undefined
  main.focus({ preventScroll: true })
  const take = () => {
    if (document.activeElement !== main && document.activeElement !== document.body) return true
    const heading = main.querySelector('h1')
    if (!heading) return false
    if (!heading.hasAttribute('tabindex')) heading.tabIndex = -1
    heading.focus({ preventScroll: true })
    return true
  }
  if (take()) return () => undefined
  const observer = new MutationObserver(() => {
    if (take()) stop()
  })
  const timer = setTimeout(() => {
    stop()
    announce(title)
  }, 3000)
  const stop = () => {
    observer.disconnect()
    clearTimeout(timer)
  }
  observer.observe(main, { childList: true, subtree: true })
  return stop
}

/**
 * Focuses a page's first field once the page stands, where there is a pointer or a keyboard: on a screen that is touched it
 * would open the keyboard over the page.
 */
export function focusByHand(field: RefObject<HTMLElement | null>): () => void {
  if (!matchMedia('(hover: hover)').matches) return () => undefined
  const frame = requestAnimationFrame(() => field.current?.focus())
  return () => cancelAnimationFrame(frame)
}
