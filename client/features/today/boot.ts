// Tells the palette of the places of whoever looks after the school. Called once by main.
import { FileCheck } from 'lucide-preact'
import { registerGatedPages, registerPaletteSource } from '#client/app/palette/registry.ts'
import { pathTo } from '#client/app/paths.ts'
import { me } from '#client/features/accounts/store.ts'
import { t } from '#client/platform/texts.ts'
import { schoolWays } from './school-ways.ts'

const ways = () => [
  ...schoolWays().flatMap(group => group.ways),
  {
    icon: FileCheck,
    title: 'consent.manageTitle',
    detail: 'privacy.title',
    also: 'palette.wordsConsent',
    href: pathTo('consent'),
  } as const,
]

export function startToday(): void {
  registerGatedPages(ways().map(one => one.href))
  registerPaletteSource({
    name: 'school',
    group: 'go',
    list: () =>
      me.value?.siteRole === 'administrator'
        ? ways().map(one => ({
            key: `school ${one.href}`,
            label: t(one.title),
            detail: t(one.detail),
            icon: one.icon,
            also: t(one.also),
            does: { go: one.href },
          }))
        : [],
  })
}
