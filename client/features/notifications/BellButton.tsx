// The bell beside the product's name, with how many are unread, and the tray it opens. There is one in the rail and one
// at the head of a phone; only the one in sight holds the tray.
import { Bell } from 'lucide-preact'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Icon } from '#client/ui/Icon.tsx'
import { Unread } from '#client/ui/Unread.tsx'
import { trayOpen, unread } from './store.ts'
import './notifications.css'

export function BellButton() {
  const count = unread.value
  return (
    <button
      type="button"
      class="icon-button bell"
      title={t('notifications.open')}
      aria-haspopup="dialog"
      onClick={() => {
        trayOpen.value = true
      }}
    >
      <Icon as={Bell} size={20} label={t('notifications.open')} />
      <Unread count={count} words={t('notifications.unread', { count })} tone="strong" />
    </button>
  )
}

/** Brought when it is first opened. */
export function TrayHost() {
  const open = trayOpen.value
  const file = useLoad(open ? 'tray' : null, () => import('./Tray.tsx')).value
  return open && file ? <file.Tray /> : null
}
