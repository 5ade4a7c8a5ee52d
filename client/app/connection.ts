// Fills the frame's line about the connection: whether the server is reached and how many changes wait. Called once
// by main.
import { effect } from '@preact/signals'
import { connection } from '#client/app/frame.ts'
import { outbox } from '#client/platform/outbox.ts'
import { realtime } from '#client/platform/realtime.ts'

export function startConnection(): void {
  effect(() => {
    const online = realtime().state.value !== 'offline'
    connection.value = { online, waiting: outbox().pending.value.length }
  })
}
