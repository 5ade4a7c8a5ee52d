// Back goes to where the reader was: remembers the scroll of every entry of the history, in this tab.
// The browser's own restoring comes too early for pages that load their content.

type Kept = { readonly scrollKey: string }

const storageKey = 'lectern.scroll'
const positions = new Map<string, number>()
let current = ''

function keyOfEntry(): string {
  const state: unknown = history.state
  if (typeof state === 'object' && state !== null && 'scrollKey' in state) return (state as Kept).scrollKey
  const fresh = `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`
  history.replaceState({ scrollKey: fresh }, '')
  return fresh
}

/** Called once, before the first render. */
export function startScrollMemory(): void {
  history.scrollRestoration = 'manual'
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? '[]')
    if (Array.isArray(kept)) for (const [key, top] of kept) positions.set(String(key), Number(top))
  } catch {
    // Nothing kept, or nothing readable: pages then begin at the top.
  }
  current = keyOfEntry()
  addEventListener('scroll', () => positions.set(current, scrollY), { passive: true })
  addEventListener('pagehide', () => {
    try {
      sessionStorage.setItem(storageKey, JSON.stringify([...positions].slice(-50)))
    } catch {
      // A full or refused storage only costs the place on the page.
    }
  })
}

/**
 * Called when a page is shown. An entry seen before gets its place back, as soon as the page is tall enough and unless
 * the reader scrolls first; a new one begins at the top.
 */
export function restoreScroll(): void {
  current = keyOfEntry()
  const goal = positions.get(current) ?? 0
  scrollTo(0, goal)
  if (goal === 0 || scrollY >= goal - 1) return
  const observer = new ResizeObserver(() => {
    positions.set(current, goal)
    scrollTo(0, goal)
    if (scrollY >= goal - 1) stop()
  })
  const stop = () => {
    observer.disconnect()
    clearTimeout(timer)
    for (const kind of ['wheel', 'touchstart', 'keydown']) removeEventListener(kind, stop)
  }
  const timer = setTimeout(stop, 3000)
  for (const kind of ['wheel', 'touchstart', 'keydown']) addEventListener(kind, stop, { passive: true })
  observer.observe(document.body)
}
