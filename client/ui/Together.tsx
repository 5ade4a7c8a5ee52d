// Parts of a page that read for themselves come together: what came between two others would move them under a finger.
import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks'
import { type FirstLoads, FirstLoadsContext } from '#client/platform/use-load.ts'
import { Skeleton } from './Skeleton.tsx'

/** What is slow keeps the rest back for so long at most. */
const mostMs = 3_000

interface TogetherProps {
  /** Whether what the page itself reads was answered. */
  readonly ready?: boolean
  readonly children: ComponentChildren
}

/** Shows its children once whatever they read at first was answered, be it with a refusal; a skeleton until then. */
export function Together({ ready = true, children }: TogetherProps) {
  const [shown, setShown] = useState(false)
  const [open, setOpen] = useState(0)
  const loads = useMemo(
    (): FirstLoads => ({
      begin: () => {
        setOpen(count => count + 1)
        return () => setOpen(count => count - 1)
      },
    }),
    [],
  )
  // Not in the first turn: what the children begin as they are drawn is counted by the next.
  const [drawn, setDrawn] = useState(false)
  useLayoutEffect(() => setDrawn(true), [])
  const whole = drawn && ready && open === 0
  useLayoutEffect(() => {
    if (whole) setShown(true)
  }, [whole])
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), mostMs)
    return () => clearTimeout(timer)
  }, [])
  return (
    <FirstLoadsContext.Provider value={loads}>
      {!shown && <Skeleton form="rows" count={6} />}
      <div class="stack-loose" hidden={!shown}>
        {children}
      </div>
    </FirstLoadsContext.Provider>
  )
}
