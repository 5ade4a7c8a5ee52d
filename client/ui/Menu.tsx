// A menu of acts behind a button, on the popover of the platform. For choosing a value use a Field of type select.

import { Check, EllipsisVertical } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useId, useRef, useState } from 'preact/hooks'
import { Icon, type LucideIcon } from '#client/ui/Icon.tsx'
import { VisuallyHidden } from '#client/ui/VisuallyHidden.tsx'
import './Button.css'
import './Menu.css'

export type MenuItem =
  | {
      readonly label: string
      readonly icon?: LucideIcon | undefined
      readonly onSelect: () => void
      readonly kind?: 'danger' | undefined
      readonly disabled?: boolean | undefined
      /** For a setting: shows a tick when it holds. */
      readonly checked?: boolean | undefined
    }
  | { readonly label: string; readonly icon?: LucideIcon | undefined; readonly href: string }
  | 'line'

export type MenuProps = {
  /** What the button is called for readers; with `children`, read after them. */
  readonly label: string
  readonly items: readonly MenuItem[]
  /** What the button shows; three dots when left away. */
  readonly children?: ComponentChildren
  /** The children show the label themselves: it is not said twice. */
  readonly labelShown?: boolean | undefined
  readonly class?: string | undefined
}

/** Puts the list under the button, or above where there is no room, or where neither has any over it, inside the window. */
function place(list: HTMLElement, button: HTMLElement): void {
  const at = button.getBoundingClientRect()
  const size = list.getBoundingClientRect()
  const toEnd = getComputedStyle(button).direction === 'rtl' ? at.left : at.right - size.width
  const left = Math.max(8, Math.min(toEnd < 8 ? at.left : toEnd, innerWidth - size.width - 8))
  const below = at.bottom + 4
  const above = at.top - size.height - 4
  const last = innerHeight - size.height - 8
  const top = below <= last ? below : above > 8 ? above : Math.max(8, last)
  list.style.left = `${left}px`
  list.style.top = `${top}px`
  list.dataset.placed = ''
}

/** A button that opens a list of acts; arrows, Home, End and the first letter move in it. */
export function Menu({ label, items, children, labelShown = false, class: className }: MenuProps) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)

  const entries = () => [...(list.current?.querySelectorAll<HTMLElement>('.menu-item:not(:disabled)') ?? [])]
  const close = () => list.current?.hidePopover()

  const onKeyDown = (event: KeyboardEvent) => {
    const all = entries()
    const at = all.indexOf(document.activeElement as HTMLElement)
    const next =
      event.key === 'ArrowDown'
        ? all[(at + 1) % all.length]
        : event.key === 'ArrowUp'
          ? all.at((at - 1) % all.length)
          : event.key === 'Home'
            ? all[0]
            : event.key === 'End'
              ? all.at(-1)
              : event.key.length === 1 && event.key !== ' '
                ? all.find(one => one.textContent?.trim().toLowerCase().startsWith(event.key.toLowerCase()))
                : undefined
    if (event.key === 'Tab') close()
    if (!next) return
    event.preventDefault()
    next.focus()
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        class={className ?? 'icon-button'}
        aria-haspopup="menu"
        aria-expanded={open}
        {...(children ? {} : { 'aria-label': label, title: label })}
        popovertarget={id}
      >
        {children ? (
          <>
            {children}
            {!labelShown && <VisuallyHidden>{label}</VisuallyHidden>}
          </>
        ) : (
          <Icon as={EllipsisVertical} size={20} />
        )}
      </button>
      <div
        id={id}
        ref={list}
        class="menu"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        popover="auto"
        onKeyDown={onKeyDown}
        onToggle={event => {
          const shown = event.newState === 'open'
          setOpen(shown)
          if (!list.current || !button.current) return
          if (!shown) {
            delete list.current.dataset.placed
            return
          }
          place(list.current, button.current)
          entries()[0]?.focus()
        }}
      >
        {items.map((item, index) => {
          if (item === 'line') return <hr class="menu-line" key={index} />
          if ('href' in item) {
            return (
              <a class="menu-item" role="menuitem" tabIndex={-1} href={item.href} key={item.label} onClick={close}>
                {item.icon && <Icon as={item.icon} />}
                <span>{item.label}</span>
              </a>
            )
          }
          const setting = item.checked !== undefined
          return (
            <button
              type="button"
              class="menu-item"
              tabIndex={-1}
              key={item.label}
              disabled={item.disabled ?? false}
              data-kind={item.kind}
              role={setting ? 'menuitemcheckbox' : 'menuitem'}
              {...(setting ? { 'aria-checked': item.checked } : {})}
              onClick={() => {
                close()
                button.current?.focus()
                item.onSelect()
              }}
            >
              {item.icon && <Icon as={item.icon} />}
              <span>{item.label}</span>
              {item.checked && <Icon as={Check} class="menu-tick" />}
            </button>
          )
        })}
      </div>
    </>
  )
}
