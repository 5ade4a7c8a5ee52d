// The editor of pages, loaded when something is first written in it; never for who only reads.
import type { ComponentType } from 'preact'
import { useCallback, useEffect, useState } from 'preact/hooks'
import type { PageTextProps } from './editor/PageText.tsx'

let loaded: ComponentType<PageTextProps> | undefined

/** The editor once it is there, whether it could not be loaded, and how to try again. */
export function usePageText(wanted = true) {
  const [Text, setText] = useState<ComponentType<PageTextProps> | undefined>(() => loaded)
  const [failed, setFailed] = useState(false)
  const load = useCallback(() => {
    setFailed(false)
    import('./editor/PageText.tsx').then(
      file => {
        loaded = file.PageText
        setText(() => file.PageText)
      },
      () => setFailed(true),
    )
  }, [])
  useEffect(() => {
    if (wanted) load()
  }, [wanted, load])
  return { Text, failed, load }
}
