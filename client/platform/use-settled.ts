// A number that moves in bursts, once it stands: a page that opens hears a dozen scopes begin, and reads once for all of it.
import { useEffect, useState } from 'preact/hooks'

/** How long it has to stand, in milliseconds: no person waits for it, and a burst at the opening of a page is over. */
const settledMs = 250

/** The first value at once, each later one when nothing newer came for a moment. */
export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    if (settled === value) return
    const timer = setTimeout(() => setSettled(value), settledMs)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
