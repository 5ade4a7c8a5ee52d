// Puts the text to agree to in place of every page while it is due, and on one's own page what was agreed. Called once by
// main.
import { effect } from '@preact/signals'
import { gate } from '#client/app/frame.ts'
import { registerFrameTool } from '#client/app/frame-tools.ts'
import { owes } from '#client/features/accounts/store.ts'
import { previewed } from '#client/platform/preview.ts'
import { ConsentGate } from './ConsentGate.tsx'
import { OwnConsent } from './OwnConsent.tsx'

export function startConsent(): void {
  registerFrameTool({ name: 'consent', Settings: OwnConsent })
  effect(() => {
    gate.value = owes.value && !previewed ? ConsentGate : null
  })
}
