// The shortcuts that hold on every page, and the sheet that lists all that hold now.
import { signal } from '@preact/signals'
import { useLocation } from 'preact-iso/router'
import { person } from '#client/app/frame.ts'
import { togglePalette } from '#client/app/palette/open.ts'
import { pathTo } from '#client/app/paths.ts'
import { t } from '#client/platform/texts.ts'
import { Switch } from '#client/ui/Choice.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { activeGroups, singleKeys, useShortcuts } from './shortcuts.ts'
import './KeySheet.css'

export const keySheetOpen = signal(false)

/** Mounted once by the application. */
export function KeyHost() {
  const { route } = useLocation()
  const who = person.value
  const member = who !== null && who !== undefined && !who.guest
  const go = (keys: string, label: string, path: string) => ({ keys, label, run: () => route(path) })
  useShortcuts(t('keys.everywhere'), [
    ...(member
      ? [
          { keys: 'mod+k', label: t('palette.title'), run: togglePalette },
          go('g t', t('keys.goTo', { page: t('app.today') }), pathTo('today')),
          go('g c', t('keys.goTo', { page: t('app.courses') }), pathTo('courses')),
          go('g k', t('keys.goTo', { page: t('calendar.title') }), pathTo('calendar')),
          go('g i', t('keys.goTo', { page: t('app.inbox') }), pathTo('inbox')),
          go('g y', t('keys.goTo', { page: t('app.you') }), pathTo('sessions')),
        ]
      : []),
    {
      keys: '?',
      label: t('keys.sheet'),
      run: () => {
        keySheetOpen.value = true
      },
    },
  ])
  const close = () => {
    keySheetOpen.value = false
  }
  return (
    <Dialog open={keySheetOpen.value} onClose={close} title={t('keys.title')}>
      {keySheetOpen.value && <Sheet />}
    </Dialog>
  )
}

function Sheet() {
  // The page's own first: they are what somebody looks for.
  const groups = [...activeGroups()].reverse()
  return (
    <div class="stack">
      {groups.map(group => (
        <section class="stack-tight" key={group.title} aria-label={group.title}>
          <h3>{group.title}</h3>
          <dl class="key-list">
            {group.shortcuts.map(one => (
              <div class="key-row" key={one.keys}>
                <dt>
                  <Keys keys={one.keys} />
                  {one.alsoKeys && (
                    <>
                      {' '}
                      {t('keys.or')} <Keys keys={one.alsoKeys} />
                    </>
                  )}
                </dt>
                <dd>{one.label}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <SingleKeys />
    </div>
  )
}

/** Switches keys of one letter off and on, on this device. */
export function SingleKeys() {
  return (
    <Switch
      label={t('keys.single')}
      hint={t('keys.singleHint')}
      checked={singleKeys.value}
      onChecked={on => {
        singleKeys.value = on
      }}
    />
  )
}

const apple = /Mac|iPhone|iPad/.test(navigator.platform)

function wordOf(key: string): string {
  if (key === 'mod') return apple ? '⌘' : t('keys.ctrl')
  return key === 'space' ? t('keys.space') : key.toUpperCase()
}

function Keys({ keys }: { readonly keys: string }) {
  const parts = keys.split(/[+ ]/)
  return (
    <>
      {parts.map((key, at) => (
        <span key={key}>
          {at > 0 && <span class="muted"> {keys.includes('+') ? '+' : t('keys.next')} </span>}
          <kbd>{wordOf(key)}</kbd>
        </span>
      ))}
    </>
  )
}
