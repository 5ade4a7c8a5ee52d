// Fills the frame's line about the connection: whether the server is reached, how many changes wait, and whether the
// server is newer than this page. Called once by main.
import { effect } from '@preact/signals'
import { connection } from '#client/app/frame.ts'
import { outbox } from '#client/platform/outbox.ts'
import { realtime } from '#client/platform/realtime.ts'
import { t } from '#client/platform/texts.ts'
import { nothingComes } from '#client/ui/Skeleton.tsx'

/** How long a change may be on its way before the frame speaks of it, in milliseconds. */
const onItsWayMs = 1_500

/** Keeps `connection` as things are, from now on. Online, only a change that takes long counts as waiting. */
export function startConnection(): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  effect(() => {
    const online = realtime().state.value !== 'offline'
    const outdated = realtime().outdated.value
    const pending = outbox().pending.value
    nothingComes.value = online ? undefined : t('app.notOnDevice')
    const tell = () => {
      clearTimeout(timer)
      const slow = pending.filter(entry => Date.now() - entry.at >= onItsWayMs).length
      const waiting = online ? slow : pending.length
      const told = connection.peek()
      if (told.online !== online || told.waiting !== waiting || told.outdated !== outdated)
        connection.value = { online, waiting, outdated }
      if (online && slow < pending.length) timer = setTimeout(tell, onItsWayMs)
    }
    tell()
  })
}
