// The editor of pages where something is written in it: brought when it is first needed, never for who only reads.
import type { ComponentType } from 'preact'
import { useCallback, useEffect, useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import type { PageTextProps } from './editor/PageText.tsx'

let loaded: ComponentType<PageTextProps> | undefined

type WrittenTextProps = Omit<PageTextProps, 'onLeave'> & {
  /** For what is saved as the writer goes. */
  readonly onLeave?: () => void
}

const nothing = () => undefined

export function WrittenText({ onLeave = nothing, ...text }: WrittenTextProps) {
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
  useEffect(load, [load])
  if (Text) return <Text {...text} onLeave={onLeave} />
  if (failed)
    return <ErrorState title={t('notes.editorFailed')} detail={t('notes.editorFailedDetail')} onRetry={load} />
  return <Skeleton form="text" />
}
