// The rail of a desktop: the product's name and tools, the palette, places, courses, the person.
import { CircleUser, Search } from 'lucide-preact'
import { courses, liveClass, ownPlaces, person } from '#client/app/frame.ts'
import { Mark } from '#client/app/Mark.tsx'
import { PersonMenu } from '#client/app/PersonMenu.tsx'
import { togglePalette } from '#client/app/palette/open.ts'
import { pathTo } from '#client/app/paths.ts'
import { New, places, Tools } from '#client/app/places.tsx'
import { t } from '#client/platform/texts.ts'
import { Avatar } from '#client/ui/Avatar.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import './Rail.css'

const apple = /Mac|iPhone|iPad/.test(navigator.platform)

/** `path` is the address, for marking where the reader is. */
export function Rail({ path }: { readonly path: string }) {
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
              <span class="rail-live-title one-line" dir="auto">
                {live.title}
              </span>
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
                      <span class="rail-item-words one-line" dir="auto">
                        {course.title}
                      </span>
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
          <span class="rail-item-words one-line" dir="auto">
            {person.value?.name ?? t('app.you')}
          </span>
        </PersonMenu>
      </div>
    </header>
  )
}
