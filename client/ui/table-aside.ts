// What of a table, or of a line of links, lies beside what is in sight.
import type { RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/**
 * Whether something is hidden before or after what is in sight, so that the edge can say so. `columns`: how many there
 * are; none while the box is not drawn, as while a table has no rows.
 */
export function useAside(box: RefObject<HTMLElement | null>, columns: number) {
  const [aside, setAside] = useState({ start: false, end: false })
  useEffect(() => {
    const element = box.current
    if (!element) return
    const measure = () => {
      const most = element.scrollWidth - element.clientWidth
      const at = Math.abs(element.scrollLeft)
      const next = { start: at > 1, end: at < most - 1 }
      setAside(now => (now.start === next.start && now.end === next.end ? now : next))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    if (element.firstElementChild) observer.observe(element.firstElementChild)
    element.addEventListener('scroll', measure, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', measure)
    }
  }, [columns])
  return { ...aside, any: aside.start || aside.end }
}
