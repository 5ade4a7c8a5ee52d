// The frame around a page: the rail on a desktop, the bar on a phone, the content column, the place for the pane.

import {
  Activity,
  BookOpen,
  CalendarCheck,
  CircleUser,
  Inbox,
  LogIn,
  LogOut,
  Monitor,
  Moon,
  Radio,
  Search,
  Sun,
} from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { connection, courses, inbox, liveClass, ownPlaces, person, signOut } from '#client/app/frame.ts'
import { frameTools } from '#client/app/frame-tools.ts'
import { OfflineBar } from '#client/app/OfflineBar.tsx'
import { togglePalette } from '#client/app/palette/open.ts'
import { pathTo } from '#client/app/paths.ts'
import { type Theme, theme } from '#client/app/theme.ts'
import { t } from '#client/platform/texts.ts'
import { Avatar } from '#client/ui/Avatar.tsx'
import { Icon, type LucideIcon } from '#client/ui/Icon.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { Menu, type MenuItem } from '#client/ui/Menu.tsx'
import { paneSlotId } from '#client/ui/Pane.tsx'
import { Unread } from '#client/ui/Unread.tsx'
import { VisuallyHidden } from '#client/ui/VisuallyHidden.tsx'
import './Shell.css'

export type FrameProps = {
  /** The address, for marking where the reader is. */
  readonly path: string
  readonly width: 'column' | 'wide'
  readonly children: ComponentChildren
}

/** With navigation; a guest gets none. */
export function Shell({ path, width, children }: FrameProps) {
  const member = person.value !== null && person.value?.guest !== true
  return (
    <div class="frame" data-frame="shell" data-nav={member || undefined}>
      <SkipLink />
      {member && <Rail path={path} />}
      <div class="frame-main">
        {member && <PhoneHead path={path} />}
        <OfflineBar {...connection.value} />
        <main id="main" class="frame-content" data-width={width} tabIndex={-1}>
          {children}
        </main>
      </div>
      <div class="frame-pane" id={paneSlotId} />
      {member && <BottomBar path={path} />}
    </div>
  )
}

/** Alone on the screen; the page brings what it needs. */
export function BareFrame({ children }: FrameProps) {
  return (
    <div class="frame" data-frame="bare">
      <SkipLink />
      <div class="frame-main">
        <OfflineBar {...connection.value} />
        <main id="main" class="frame-bare" tabIndex={-1}>
          {children}
        </main>
      </div>
      <div class="frame-pane" id={paneSlotId} />
    </div>
  )
}

function SkipLink() {
  return (
    <a class="skip-link" href="#main">
      {t('app.skipToContent')}
    </a>
  )
}

type Place = {
  readonly label: string
  readonly href: string
  readonly icon: LucideIcon
  readonly here: boolean
  /** What is new there. */
  readonly unread?: number | undefined
}

function places(path: string): readonly Place[] {
  return [
    { label: t('app.today'), href: pathTo('today'), icon: CalendarCheck, here: path === pathTo('today') },
    { label: t('app.courses'), href: pathTo('courses'), icon: BookOpen, here: path === pathTo('courses') },
    {
      label: t('app.inbox'),
      href: pathTo('inbox'),
      icon: Inbox,
      here: path === pathTo('inbox'),
      unread: inbox.value.unread,
    },
  ]
}

function New({ count }: { readonly count: number | undefined }) {
  const tone = inbox.value.mentioned ? 'strong' : undefined
  return <Unread count={count} words={t('app.unreadChannels', { count: count ?? 0 })} tone={tone} />
}

function Rail({ path }: { readonly path: string }) {
  const live = liveClass.value
  return (
    <header class="rail">
      <div class="rail-head-line">
        <a class="rail-brand" href={pathTo('today')}>
          <Mark />
          {t('app.name')}
        </a>
        <Tools path={path} />
      </div>
      <button type="button" class="rail-search" onClick={togglePalette}>
        <Icon as={Search} />
        <span class="rail-item-words">{t('palette.open')}</span>
        <span class="rail-search-keys">{apple ? '⌘ K' : 'Ctrl K'}</span>
      </button>
      <nav class="rail-nav" aria-label={t('app.navigation')}>
        {live && (
          <a class="rail-live" href={live.href}>
            <span class="badge-dot" />
            <span class="rail-live-words">
              {t('app.live')}
              <span class="rail-live-title">{live.title}</span>
            </span>
          </a>
        )}
        <ul>
          {[
            ...places(path),
            ...ownPlaces.value.map(one => ({ ...one, here: path === one.href, unread: undefined })),
          ].map(place => (
            <li key={place.href}>
              <a class="rail-item" href={place.href} aria-current={place.here ? 'page' : undefined}>
                <Icon as={place.icon} />
                <span class="rail-item-words">{place.label}</span>
                <New count={place.unread} />
              </a>
            </li>
          ))}
        </ul>
        {courses.value.length > 0 && (
          <>
            <p class="rail-head">{t('app.yourCourses')}</p>
            <ul>
              {courses.value.map(course => {
                const href = pathTo('course', { courseId: course.id })
                const here = path === href || path.startsWith(`${href}/`)
                return (
                  <li key={course.id}>
                    <a
                      class="rail-item"
                      href={href}
                      data-within={here || undefined}
                      aria-current={path === href ? 'page' : undefined}
                    >
                      <span class="rail-item-words">{course.title}</span>
                      {course.live && (
                        <span class="rail-item-live">
                          <span class="badge-dot" aria-hidden="true" />
                          {t('app.live')}
                        </span>
                      )}
                    </a>
                  </li>
                )
              })}
            </ul>
          </>
        )}
      </nav>
      <div class="rail-foot">
        <PersonMenu className="rail-person">
          {person.value ? (
            <Avatar name={person.value.name} seed={person.value.id} size={24} />
          ) : (
            <Icon as={CircleUser} size={20} />
          )}
          <span class="rail-item-words">{person.value?.name ?? t('app.you')}</span>
        </PersonMenu>
      </div>
    </header>
  )
}

const apple = /Mac|iPhone|iPad/.test(navigator.platform)

function Tools({ path }: { readonly path: string }) {
  return <>{frameTools().map(({ name, Button }) => Button && <Button key={name} path={path} />)}</>
}

/** On a phone, above the page: what the rail has beside the product's name. */
function PhoneHead({ path }: { readonly path: string }) {
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

function BottomBar({ path }: { readonly path: string }) {
  const live = liveClass.value
  const [today, talk] = [places(path).slice(0, 2), places(path).slice(2)]
  const all: readonly Place[] = [
    ...today,
    {
      label: t('app.live'),
      href: live?.href ?? pathTo('join'),
      icon: Radio,
      here: path === (live?.href ?? pathTo('join')),
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

const themeWords: readonly {
  readonly id: Theme
  readonly text: 'app.themeSystem' | 'app.themeLight' | 'app.themeDark'
  readonly icon: LucideIcon
}[] = [
  { id: 'system', text: 'app.themeSystem', icon: Monitor },
  { id: 'light', text: 'app.themeLight', icon: Sun },
  { id: 'dark', text: 'app.themeDark', icon: Moon },
]

function PersonMenu({ className, children }: { readonly className: string; readonly children: ComponentChildren }) {
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

/** The product's mark: a lectern seen from the front. */
export function Mark() {
  return (
    <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect class="brand-ground" width="32" height="32" rx="7" />
      <path class="brand-figure" d="M6 9.5 16 12.5 26 9.5V13L16 16 6 13ZM14.6 17.5h2.8V24h-2.8ZM10 24h12v2.2H10Z" />
    </svg>
  )
}
