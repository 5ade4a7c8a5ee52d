// The thin bar while the server can't be reached: what still works, and how many changes wait. It also says when this
// page is older than the server.
import { CloudOff, RefreshCw } from 'lucide-preact'
import type { Connection } from '#client/app/frame.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import './OfflineBar.css'

/** Nothing at all while online with nothing waiting. */
export function OfflineBar({ online, waiting, outdated }: Connection) {
  const words = online ? t('app.reconnecting') : t('app.offline')
  return (
    <div class="offline-place" role="status">
      {(!online || waiting > 0) && (
        <p class="offline-bar">
          <Icon as={CloudOff} />
          <span>
            {words} {waiting > 0 && t('app.waitingChanges', { count: waiting })}
          </span>
        </p>
      )}
      {online && outdated && (
        <p class="offline-bar">
          <Icon as={RefreshCw} />
          <span>{t('app.outdated')}</span>
          <Button kind="quiet" size="small" onClick={() => location.reload()}>
            {t('app.reload')}
          </Button>
        </p>
      )}
    </div>
  )
}
