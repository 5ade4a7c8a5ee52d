// Whether the palette stands open, and the dialog that one of its acts has put over the page.
import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'

export const paletteOpen = signal(false)

export const actDialog = signal<ComponentType<{ readonly onClose: () => void }> | null>(null)

/** Opens it; a second call closes it. */
export const togglePalette = (): void => {
  paletteOpen.value = !paletteOpen.value
}
