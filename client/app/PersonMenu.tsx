// What belongs to the person, behind their picture in the rail and the bar: account, theme, signing out.
import { Activity, CircleUser, LogIn, LogOut, Monitor, Moon, Sun } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { ownPlaces, person, signOut } from '#client/app/frame.ts'
import { pathTo } from '#client/app/paths.ts'
import { type Theme, theme } from '#client/app/theme.ts'
import { t } from '#client/platform/texts.ts'
import type { LucideIcon } from '#client/ui/Icon.tsx'
import { Menu, type MenuItem } from '#client/ui/Menu.tsx'

const themeWords: readonly {
  readonly id: Theme
  readonly text: 'app.themeSystem' | 'app.themeLight' | 'app.themeDark'
  readonly icon: LucideIcon
}[] = [
  { id: 'system', text: 'app.themeSystem', icon: Monitor },
  { id: 'light', text: 'app.themeLight', icon: Sun },
  { id: 'dark', text: 'app.themeDark', icon: Moon },
]

/** The menu; `children` are what opens it. */
export function PersonMenu({
  className,
  children,
}: {
  readonly className: string
  readonly children: ComponentChildren
}) {
  const leave = signOut.value
  const account: readonly MenuItem[] = person.value
    ? [
        { label: t('app.sessions'), icon: CircleUser, href: pathTo('sessions') },
        { label: t('check.title'), icon: Activity, href: pathTo('check') },
        ...(leave ? [{ label: t('app.signOut'), icon: LogOut, onSelect: leave }] : []),
      ]
    : [{ label: t('app.signIn'), icon: LogIn, href: pathTo('signIn') }]
  // On a phone the bar has no room for them.
  const own: readonly MenuItem[] = ownPlaces.value.length > 0 ? [...ownPlaces.value, 'line'] : []
  const themeItems: readonly MenuItem[] = themeWords.map(one => ({
    label: t(one.text),
    icon: one.icon,
    checked: theme.value === one.id,
    onSelect: () => {
      theme.value = one.id
    },
  }))
  return (
    <Menu class={className} label={t('app.personMenu')} items={[...own, ...themeItems, 'line', ...account]}>
      {children}
    </Menu>
  )
}
