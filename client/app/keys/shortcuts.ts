// The one table of keyboard shortcuts: what stands here is bound and is what the sheet lists. A page's own hold while it
// is on screen. Keys of one letter never act while somebody types, and can be switched off (WCAG 2.1.4).
import { effect, signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'

export interface Shortcut {
  /** `mod+k` (Ctrl, on a Mac Command), `g t` (one after the other), `?`, `space`, `a`. */
  readonly keys: string
  readonly label: string
  readonly run: () => void
  /** Does the same; the sheet names the first alone. */
  readonly alsoKeys?: string | undefined
}

export interface ShortcutGroup {
  readonly title: string
  readonly shortcuts: readonly Shortcut[]
}

const groups = signal<ReadonlyMap<object, () => ShortcutGroup>>(new Map())

const storageKey = 'lectern.single-keys'

/** Whether keys without Ctrl or Command act; kept on this device. */
export const singleKeys = signal(true)

const keysOf = (one: Shortcut): string[] => (one.alsoKeys === undefined ? [one.keys] : [one.keys, one.alsoKeys])

/** What holds now, by group. A key that two things of a page want belongs to neither. */
export function activeGroups(): ShortcutGroup[] {
  const all = [...groups.value.values()].map(read => read())
  const wanted = new Map<string, number>()
  for (const one of all.flatMap(group => group.shortcuts))
    for (const keys of keysOf(one)) wanted.set(keys, (wanted.get(keys) ?? 0) + 1)
  return all
    .map(group => ({ ...group, shortcuts: group.shortcuts.filter(one => wanted.get(one.keys) === 1) }))
    .filter(group => group.shortcuts.length > 0)
}

/** Binds a page's shortcuts as long as the component is mounted. An empty list binds nothing. */
export function useShortcuts(title: string, shortcuts: readonly Shortcut[]): void {
  const latest = useRef<ShortcutGroup>({ title, shortcuts })
  latest.current = { title, shortcuts }
  useEffect(() => {
    const key = {}
    groups.value = new Map(groups.peek()).set(key, () => latest.current)
    return () => {
      const rest = new Map(groups.peek())
      rest.delete(key)
      groups.value = rest
    }
  }, [])
}

/** Whether the key goes into a field, or presses what has the focus. */
export function isTaken(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable) return true
  const field = target.closest('input, textarea, select, [role="textbox"], [role="combobox"]')
  if (field && !(field instanceof HTMLInputElement && ['checkbox', 'radio', 'button'].includes(field.type))) return true
  if (key === 'space') return target.closest('button, a, summary, input, [role="button"], [role="menuitem"]') !== null
  return target.closest('[role="menu"], [role="listbox"], [role="tablist"], [role="radiogroup"]') !== null
}

const nameOf = (event: KeyboardEvent): string => (event.key === ' ' ? 'space' : event.key.toLowerCase())

/** How long the second key of a pair may take, in milliseconds. */
const pairMs = 1_200

/** Listens. Called once by main. */
export function startShortcuts(): void {
  try {
    singleKeys.value = localStorage.getItem(storageKey) !== 'off'
  } catch {
    // A device that keeps nothing has them on.
  }
  effect(() => {
    const on = singleKeys.value
    try {
      if (on) localStorage.removeItem(storageKey)
      else localStorage.setItem(storageKey, 'off')
    } catch {
      // The choice then lasts as long as the page.
    }
  })
  let first: { readonly key: string; readonly until: number } | undefined
  addEventListener('keydown', event => {
    if (event.defaultPrevented || event.isComposing || event.repeat || event.altKey) return
    const key = nameOf(event)
    const held = event.ctrlKey || event.metaKey
    if (!held && (!singleKeys.value || isTaken(event.target, key) || document.querySelector('dialog:modal'))) return
    const pair = !held && first && event.timeStamp < first.until ? `${first.key} ${key}` : undefined
    first = undefined
    const all = activeGroups().flatMap(group => group.shortcuts)
    const fits = (keys: string) => all.find(one => keysOf(one).includes(keys))
    const found = held ? fits(`mod+${key}`) : ((pair && fits(pair)) ?? fits(key))
    if (found) {
      event.preventDefault()
      found.run()
    } else if (!held && all.some(one => one.keys.startsWith(`${key} `))) {
      first = { key, until: event.timeStamp + pairMs }
    }
  })
}
