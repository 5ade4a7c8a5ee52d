// Lists of things, one line or two each, parted by hairlines. A row goes somewhere or holds its own buttons.
import type { ComponentChildren } from 'preact'
import { inOwnDirection } from '#client/ui/words.tsx'
import './List.css'

export type ListProps = { readonly children: ComponentChildren; readonly label?: string | undefined }

/** The list; its children are Rows. */
export function List({ children, label }: ListProps) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: Safari forgets that a list without bullets is one.
    <ul class="list" role="list" {...(label === undefined ? {} : { 'aria-label': label })}>
      {children}
    </ul>
  )
}

export type RowProps = {
  readonly title: ComponentChildren
  /** The second line: when, by whom, how many. */
  readonly detail?: ComponentChildren
  /** An icon or an avatar before it. */
  readonly start?: ComponentChildren
  /** A badge, a time or buttons after it. */
  readonly end?: ComponentChildren
  /** The whole row goes there; buttons in `end` still take their own taps. */
  readonly href?: string | undefined
  /** The whole row does this; for going somewhere use `href`. */
  readonly onPress?: (() => void) | undefined
  readonly current?: boolean | undefined
  /** How far it is indented, 0 to 3: for a list that is a tree. What says so to readers stands in the row. */
  readonly level?: number | undefined
}

/** One line of a list. */
export function Row({ title, detail, start, end, href, onPress, current = false, level = 0 }: RowProps) {
  const pressable = href !== undefined || onPress !== undefined
  return (
    <li
      class="row"
      data-pressable={pressable || undefined}
      data-current={current || undefined}
      data-level={level || undefined}
    >
      {start && <div class="row-start">{start}</div>}
      <div class="row-words">
        {href !== undefined ? (
          <a class="row-title" href={href} aria-current={current ? 'page' : undefined}>
            {inOwnDirection(title)}
          </a>
        ) : onPress ? (
          <button type="button" class="row-title" onClick={onPress}>
            {inOwnDirection(title)}
          </button>
        ) : (
          <div class="row-title">{inOwnDirection(title)}</div>
        )}
        {detail && <div class="row-detail">{inOwnDirection(detail)}</div>}
      </div>
      {end && <div class="row-end">{end}</div>}
    </li>
  )
}
