// What a phone has in place of the rail: a head above the page and the bar below it.
import { CircleUser, Radio, Search } from 'lucide-preact'
import { liveClass, person } from '#client/app/frame.ts'
import { Mark } from '#client/app/Mark.tsx'
import { PersonMenu } from '#client/app/PersonMenu.tsx'
import { togglePalette } from '#client/app/palette/open.ts'
import { pathTo } from '#client/app/paths.ts'
import { New, type Place, places, Tools } from '#client/app/places.tsx'
import { t } from '#client/platform/texts.ts'
import { Avatar } from '#client/ui/Avatar.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { VisuallyHidden } from '#client/ui/VisuallyHidden.tsx'

/** On a phone, above the page: what the rail has beside the product's name. */
export function PhoneHead({ path }: { readonly path: string }) {
  return (
    <header class="phone-head">
      <a class="rail-brand" href={pathTo('today')}>
        <Mark />
        {t('app.name')}
      </a>
      <IconButton icon={Search} label={t('palette.open')} onClick={togglePalette} />
      <Tools path={path} />
    </header>
  )
}

/** The bar below the page, in reach of a thumb. */
export function BottomBar({ path }: { readonly path: string }) {
  const live = liveClass.value
  const [today, talk] = [places(path).slice(0, 2), places(path).slice(2)]
  const all: readonly Place[] = [
    ...today,
    {
      label: t('app.live'),
      href: pathTo('live'),
      icon: Radio,
      here: path === pathTo('live'),
    },
    ...talk,
  ]
  return (
    <nav class="bottom-bar" aria-label={t('app.navigation')}>
      {all.map(place => (
        <a class="bottom-item" key={place.label} href={place.href} aria-current={place.here ? 'page' : undefined}>
          <span class="bottom-icon">
            <Icon as={place.icon} size={20} />
            {place.icon === Radio && live && <span class="badge-dot" />}
            <New count={place.unread} />
          </span>
          {place.label}
          {place.icon === Radio && live && <VisuallyHidden>: {live.title}</VisuallyHidden>}
        </a>
      ))}
      <PersonMenu className="bottom-item">
        <span class="bottom-icon">
          {person.value ? (
            <Avatar name={person.value.name} seed={person.value.id} size={24} />
          ) : (
            <Icon as={CircleUser} size={20} />
          )}
        </span>
        {t('app.you')}
      </PersonMenu>
    </nav>
  )
}
