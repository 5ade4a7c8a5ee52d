// Puts the bell into the frame and keeps its figure alike on every device. Called once by main.
import { effect, untracked } from '@preact/signals'
import { Bell } from 'lucide-preact'
import { person } from '#client/app/frame.ts'
import { registerFrameTool } from '#client/app/frame-tools.ts'
import { registerPaletteSource } from '#client/app/palette/registry.ts'
import { scopeStore } from '#client/platform/realtime.ts'
import { t } from '#client/platform/texts.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { notificationsScope } from '#protocol/notifications.ts'
import { BellButton, TrayHost } from './BellButton.tsx'
import { Silencing } from './Silencing.tsx'
import { trayOpen, turn, unread } from './store.ts'

export function startNotifications(): void {
  registerFrameTool({ name: 'notifications', Button: BellButton, Over: TrayHost, Settings: Silencing })
  registerPaletteSource({
    name: 'notifications',
    group: 'go',
    list: () => [
      {
        key: 'notifications',
        label: t('notifications.title'),
        icon: Bell,
        does: {
          run: () => {
            trayOpen.value = true
          },
        },
      },
    ],
  })
  let stop: (() => void) | undefined
  effect(() => {
    const who = person.value
    stop?.()
    stop = undefined
    untracked(() => {
      unread.value = 0
      if (!who || who.guest) {
        trayOpen.value = false
        return
      }
      const own = scopeStore(notificationsScope, who.id as AccountId)
      const release = own.open()
      const follow = effect(() => {
        unread.value = own.state.value?.unread ?? 0
        turn.value = own.head.value
      })
      stop = () => {
        follow()
        release()
      }
    })
  })
}
