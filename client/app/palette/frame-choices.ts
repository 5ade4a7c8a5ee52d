// What the frame itself offers: every page whose address needs nothing filled in, any address that is typed, the theme,
// signing out.
import { Compass, Keyboard, LogOut, Monitor, Moon, Sun } from 'lucide-preact'
import { ownPlaces, signOut } from '#client/app/frame.ts'
import { keySheetOpen } from '#client/app/keys/KeyHost.tsx'
import { patterns } from '#client/app/paths.ts'
import { findRoute, routes } from '#client/app/routes.tsx'
import { type Theme, theme } from '#client/app/theme.ts'
import { type PlainTextKey, t } from '#client/platform/texts.ts'
import type { LucideIcon } from '#client/ui/Icon.tsx'
import { isGatedPage, type PaletteChoice, registerPaletteSource } from './registry.ts'

const themeWords: readonly { readonly id: Theme; readonly label: PlainTextKey; readonly icon: LucideIcon }[] = [
  { id: 'system', label: 'app.themeSystem', icon: Monitor },
  { id: 'light', label: 'app.themeLight', icon: Sun },
  { id: 'dark', label: 'app.themeDark', icon: Moon },
]

/** What no member has to go to: the doors by which one comes in. */
const doors: ReadonlySet<string> = new Set([patterns.signIn, patterns.kit])

const pages = (): PaletteChoice[] =>
  routes
    .filter(({ path }) => !path.includes(':') && !doors.has(path))
    .filter(({ path }) => !isGatedPage(path) || ownPlaces.value.some(one => one.href === path))
    .map(route => ({
      key: `page ${route.path}`,
      label: t(route.title),
      icon: Compass,
      also: route.path,
      does: { go: route.path },
    }))

const acts = (): PaletteChoice[] => {
  const leave = signOut.value
  return [
    ...themeWords
      .filter(one => one.id !== theme.value)
      .map(one => ({
        key: `theme ${one.id}`,
        label: t('palette.theme', { name: t(one.label) }),
        icon: one.icon,
        also: t('app.theme'),
        does: {
          run: () => {
            theme.value = one.id
          },
        },
      })),
    {
      key: 'shortcuts',
      label: t('keys.title'),
      icon: Keyboard,
      does: {
        run: () => {
          keySheetOpen.value = true
        },
      },
    },
    ...(leave ? [{ key: 'sign out', label: t('app.signOut'), icon: LogOut, does: { run: leave } }] : []),
  ]
}

/** An address that somebody typed or pasted, when a page of ours has it. */
export function addressChoice(typed: string): PaletteChoice | undefined {
  const address = typed.trim()
  const path = address.startsWith(`${location.origin}/`) ? address.slice(location.origin.length) : address
  if (!/^\/[^/\\\s]*/.test(path) || path.startsWith('//')) return undefined
  const match = findRoute(path.split(/[?#]/)[0] ?? '')
  if (!match) return undefined
  return {
    key: `address ${path}`,
    label: t('palette.goTo', { path }),
    detail: t(match.route.title),
    icon: Compass,
    does: { go: path },
  }
}

/** Called once by main, after the features: what the open course offers stands before it. */
export function startPalette(): void {
  registerPaletteSource({ name: 'pages', group: 'go', list: pages })
  registerPaletteSource({ name: 'frame', group: 'act', list: acts })
}
