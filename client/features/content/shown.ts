// Tells features above that a page was read: shown to somebody who does not write it, for as long as a glance takes.
export interface ShownPage {
  readonly courseId: string
  readonly pageId: string
}

const listeners = new Set<(page: ShownPage) => void>()

/** Hears of pages that were read. Called once, when a feature's boot file is loaded. */
export const onPageRead = (listener: (page: ShownPage) => void): void => {
  listeners.add(listener)
}

const glanceMs = 1_000

/** A page stands on screen; answers how to say that it went. In a tab that nobody looks at it is not read. */
export function pageShown(page: ShownPage): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = () => {
    clearTimeout(timer)
    if (document.visibilityState !== 'visible') return
    timer = setTimeout(() => {
      stop()
      for (const listener of listeners) listener(page)
    }, glanceMs)
  }
  const stop = () => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', look)
  }
  document.addEventListener('visibilitychange', look)
  look()
  return stop
}
