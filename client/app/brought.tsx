// Dialogs that are brought when they are first opened, so that the frame does without them. They are on the device all the
// same: the service worker keeps their files.
import type { ComponentType } from 'preact'
import { useCallback, useEffect, useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Dialog } from '#client/ui/Dialog.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'

/** A dialog whose file comes as it is mounted; what did not come can be asked for again. */
export function broughtDialog<Props extends { readonly onClose: () => void }>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  let there: ComponentType<Props> | undefined
  return function Brought(props: Props) {
    const [Part, setPart] = useState<ComponentType<Props> | undefined>(() => there)
    const [failed, setFailed] = useState(false)
    const bring = useCallback(() => {
      if (there) return
      setFailed(false)
      load().then(
        part => {
          there = part
          setPart(() => part)
        },
        () => setFailed(true),
      )
    }, [])
    useEffect(bring, [bring])
    if (Part) return <Part {...props} />
    if (!failed) return null
    return (
      <Dialog open onClose={props.onClose} title={t('app.partFailedTitle')}>
        <ErrorState title={t('app.partFailedTitle')} detail={t('app.loadFailedDetail')} onRetry={bring} />
      </Dialog>
    )
  }
}
