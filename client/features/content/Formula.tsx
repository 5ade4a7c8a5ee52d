// A formula as MathML, which the browser draws itself: no style and no font of ours. KaTeX is loaded when one is met.
import { useEffect, useRef, useState } from 'preact/hooks'

export interface FormulaProps {
  readonly tex: string
  readonly display: 'block' | 'inline'
}

/** Draws TeX into an element. False when it is no TeX that KaTeX reads: the element then shows what was typed. */
export async function drawFormula(element: HTMLElement, { tex, display }: FormulaProps): Promise<boolean> {
  element.textContent = tex
  const { default: katex } = await import('katex')
  try {
    katex.render(tex, element, {
      output: 'mathml',
      displayMode: display === 'block',
      throwOnError: true,
      strict: 'ignore',
      trust: false,
      maxExpand: 200,
      maxSize: 20,
    })
    return true
  } catch {
    element.textContent = tex
    return false
  }
}

export function Formula({ tex, display }: FormulaProps) {
  const place = useRef<HTMLSpanElement>(null)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    let stale = false
    const element = place.current
    if (!element) return
    drawFormula(element, { tex, display }).then(
      done => {
        if (!stale) setFailed(!done)
      },
      () => {
        if (!stale) setFailed(true)
      },
    )
    return () => {
      stale = true
    }
  }, [tex, display])
  return <span class="formula" data-display={display} data-failed={failed || undefined} ref={place} />
}
