// Light, dark or as the system: kept on this device, told to the style sheet by `data-theme` on the root.
import { effect, signal } from '@preact/signals'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const key = 'lectern.theme'

function stored(): Theme {
  try {
    return themes.find(one => one === localStorage.getItem(key)) ?? 'system'
  } catch {
    // Storage may be refused in a private window; the system's theme is right then.
    return 'system'
  }
}

export const theme = signal<Theme>('system')

/** Lets the whole page take its new colours in one picture: parts that change softly would lag behind the others. */
function atOnce(): void {
  const root = document.documentElement
  root.dataset.turning = ''
  // Two frames: the first is drawn in the new colours while nothing moves.
  requestAnimationFrame(() => requestAnimationFrame(() => delete root.dataset.turning))
}

/** Applies the kept theme and follows its changes. Called once, before the first render. */
export function startTheme(): void {
  theme.value = stored()
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', atOnce)
  effect(() => {
    const chosen = theme.value
    atOnce()
    if (chosen === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = chosen
    try {
      if (chosen === 'system') localStorage.removeItem(key)
      else localStorage.setItem(key, chosen)
    } catch {
      // The choice then lasts as long as the page.
    }
  })
}
