// A table: sticky head and first column, sorting, copying as CSV, keyboard, and past 200 rows only those in sight are drawn.
// The rows come whole from the feature; nothing is fetched here.

import { ArrowDown, ArrowUp, Copy, Download } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks'
import { locale, t } from '#client/platform/texts.ts'
import { ButtonLink } from '#client/ui/Button.tsx'
import { CopyButton, copyAndSay } from '#client/ui/CopyButton.tsx'
import { type CsvValue, toCsv } from '#client/ui/csv.ts'
import { Icon } from '#client/ui/Icon.tsx'
import { Menu } from '#client/ui/Menu.tsx'
import { useAside } from '#client/ui/table-aside.ts'
import { tableWindow } from '#client/ui/table-window.ts'
import { inOwnDirection } from '#client/ui/words.tsx'
import './Table.css'

export type Column<R> = {
  readonly key: string
  readonly head: string
  /** A second, quieter line of the head, such as what the figures are out of; also the tip of the head. */
  readonly headDetail?: string | undefined
  readonly headTip?: string | undefined
  /** Stands in a last row under the column, such as an average. */
  readonly foot?: ComponentChildren
  /** The plain value: sorted by, copied, and shown where there is no `cell`. */
  readonly value: (row: R) => CsvValue
  /** What is copied where that is another, such as the word for an empty cell. */
  readonly copied?: ((row: R) => CsvValue) | undefined
  /** The columns it is copied as where one cell says more than one thing, such as "43 of 48". */
  readonly copies?: readonly { readonly head: string; readonly value: (row: R) => CsvValue }[] | undefined
  readonly cell?: ((row: R) => ComponentChildren) | undefined
  /** Figures stand at the end of their column. */
  readonly numeric?: boolean | undefined
  readonly sortable?: boolean | undefined
  /** The cell that names the row for readers; the first column when none says so. */
  readonly rowHead?: boolean | undefined
}

export type TableProps<R> = {
  /** Names the table for readers and for the copy button. */
  readonly label: string
  readonly columns: readonly Column<R>[]
  readonly rows: readonly R[]
  readonly rowKey: (row: R) => string
  /** An EmptyState for when there are no rows. */
  readonly empty: ComponentChildren
  /** Enter or a click on the row. Rows are then reached by the arrow keys. */
  readonly onOpen?: ((row: R) => void) | undefined
  readonly sortBy?: { readonly key: string; readonly down?: boolean } | undefined
  /** How many rows there are, in words: where not all of them are here. */
  readonly counted?: string | undefined
  /** Buttons beside "Copy as CSV": filters, columns. */
  readonly tools?: ComponentChildren
  /** Where the whole table is as a file: the way out that is offered first, copying stands in a menu then. */
  readonly download?: { readonly href: string; readonly label: string } | undefined
}

const rowHeight = 44
const drawAllUpTo = 200

/** Orders two values; what is absent stands last in both directions. */
function compare(one: CsvValue, other: CsvValue, direction: 1 | -1): number {
  const noOne = one === null || one === undefined
  const noOther = other === null || other === undefined
  if (noOne || noOther) return Number(noOne) - Number(noOther)
  if (typeof one === 'number' && typeof other === 'number') return direction * (one - other)
  return direction * String(one).localeCompare(String(other), locale, { numeric: true, sensitivity: 'base' })
}

/** Rows under their heads. */
export function Table<R>({
  label,
  columns,
  rows,
  rowKey,
  empty,
  onOpen,
  sortBy,
  counted,
  tools,
  download,
}: TableProps<R>) {
  const [sort, setSort] = useState(sortBy)
  const [view, setView] = useState({ top: 0, height: 600 })
  const [active, setActive] = useState(0)
  const box = useRef<HTMLElement>(null)
  const countId = useId()
  const aside = useAside(box, rows.length === 0 ? 0 : columns.length)

  const sorted = useMemo(() => {
    const column = columns.find(one => one.key === sort?.key)
    if (!column) return rows
    const direction: 1 | -1 = sort?.down ? -1 : 1
    return [...rows].sort((one, other) => compare(column.value(one), column.value(other), direction))
  }, [rows, columns, sort])

  const long = sorted.length > drawAllUpTo
  const range = long
    ? tableWindow(sorted.length, rowHeight, view.top, view.height)
    : { from: 0, to: sorted.length, before: 0, after: 0 }

  useEffect(() => {
    const element = box.current
    if (!element || !long) return
    const measure = () => setView({ top: element.scrollTop, height: element.clientHeight })
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    element.addEventListener('scroll', measure, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', measure)
    }
  }, [long])

  const moveTo = (index: number) => {
    const next = Math.max(0, Math.min(sorted.length - 1, index))
    setActive(next)
    const element = box.current
    if (element && long) {
      const top = next * rowHeight
      if (top < element.scrollTop) element.scrollTop = top
      else if (top + 2 * rowHeight > element.scrollTop + element.clientHeight) {
        element.scrollTop = top + 2 * rowHeight - element.clientHeight
      }
    }
    // The row may be drawn only after the scroll.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => element?.querySelector<HTMLElement>(`[data-row="${next}"]`)?.focus()),
    )
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement) || event.target.dataset.row === undefined) return
    const at = Number(event.target.dataset.row)
    const page = Math.max(1, Math.floor(view.height / rowHeight) - 2)
    const goal = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: sorted.length - 1,
    }[event.key]
    const row = sorted[at]
    if (goal !== undefined) {
      event.preventDefault()
      moveTo(goal)
    } else if (event.key === 'Enter' && row !== undefined) {
      event.preventDefault()
      onOpen?.(row)
    }
  }

  const headKey = (columns.find(column => column.rowHead) ?? columns[0])?.key
  const csv = () => {
    const copied = columns.flatMap(
      column => column.copies ?? [{ head: column.head, value: column.copied ?? column.value }],
    )
    return toCsv([copied.map(one => one.head), ...sorted.map(row => copied.map(one => one.value(row)))])
  }

  if (rows.length === 0) return <div class="table-box">{empty}</div>

  const reachable = Math.min(Math.max(active, range.from), range.to - 1)
  return (
    <div class="table-frame">
      <div class="table-tools">
        <span class="muted figures" id={countId}>
          {counted ?? t('ui.rows', { count: rows.length })}
          {aside.any && ` · ${t('ui.tableMore')}`}
        </span>
        <div class="cluster">
          {tools}
          {download ? (
            <>
              <ButtonLink kind="quiet" size="small" icon={Download} href={download.href} download="">
                <span class="table-download">{download.label}</span>
              </ButtonLink>
              <Menu
                label={t('ui.tableMenu')}
                items={[{ label: t('ui.copyCsv'), icon: Copy, onSelect: () => void copyAndSay(csv()) }]}
              />
            </>
          ) : (
            <CopyButton text={csv} label={t('ui.copyCsv')} />
          )}
        </div>
      </div>
      <div class="table-edges" data-start={aside.start || undefined} data-end={aside.end || undefined}>
        <section
          class="table-box"
          ref={box}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by the keyboard.
          tabIndex={0}
          aria-label={label}
          aria-describedby={countId}
          data-long={long || undefined}
        >
          <table class="table" aria-label={label} aria-rowcount={sorted.length + 1} {...(onOpen ? { onKeyDown } : {})}>
            <thead>
              <tr aria-rowindex={1}>
                {columns.map(column => {
                  const sorting = sort?.key === column.key ? (sort.down ? 'descending' : 'ascending') : undefined
                  return (
                    <th key={column.key} scope="col" data-numeric={column.numeric || undefined} aria-sort={sorting}>
                      {column.sortable ? (
                        <button
                          type="button"
                          class="table-sort"
                          title={column.headTip ?? t('ui.sortBy', { column: column.head })}
                          onClick={() => {
                            setSort({ key: column.key, down: sorting === 'ascending' })
                            if (box.current) box.current.scrollTop = 0
                          }}
                        >
                          <span class="table-head">
                            <span class="table-head-words">{column.head}</span>
                            {column.headDetail && <span class="table-head-detail">{column.headDetail}</span>}
                          </span>
                          <span class="table-arrow">
                            {sorting && <Icon as={sorting === 'ascending' ? ArrowUp : ArrowDown} />}
                          </span>
                        </button>
                      ) : (
                        column.head
                      )}
                    </th>
                  )
                })}
              </tr>
            </thead>
            <tbody>
              {range.before > 0 && <Gap height={range.before} columns={columns.length} />}
              {sorted.slice(range.from, range.to).map((row, offset) => {
                const index = range.from + offset
                return (
                  <tr
                    key={rowKey(row)}
                    aria-rowindex={index + 2}
                    {...(onOpen
                      ? {
                          'data-row': index,
                          tabIndex: index === reachable ? 0 : -1,
                          onFocus: () => setActive(index),
                          onClick: (event: MouseEvent) => {
                            if (event.target instanceof Element && event.target.closest('a, button, input, label'))
                              return
                            onOpen(row)
                          },
                        }
                      : {})}
                  >
                    {columns.map(column => {
                      const content = column.cell ? column.cell(row) : column.value(row)
                      return column.key === headKey ? (
                        <th key={column.key} scope="row" data-numeric={column.numeric || undefined}>
                          {typeof content === 'string' ? (
                            <span class="table-name" title={content}>
                              {inOwnDirection(content)}
                            </span>
                          ) : (
                            content
                          )}
                        </th>
                      ) : (
                        <td key={column.key} data-numeric={column.numeric || undefined}>
                          {inOwnDirection(content)}
                        </td>
                      )
                    })}
                  </tr>
                )
              })}
              {range.after > 0 && <Gap height={range.after} columns={columns.length} />}
            </tbody>
            {columns.some(column => column.foot !== undefined) && (
              <tfoot>
                <tr>
                  {columns.map(column =>
                    column.key === headKey ? (
                      <th key={column.key} scope="row">
                        {column.foot}
                      </th>
                    ) : (
                      <td key={column.key} data-numeric={column.numeric || undefined}>
                        {column.foot}
                      </td>
                    ),
                  )}
                </tr>
              </tfoot>
            )}
          </table>
        </section>
      </div>
    </div>
  )
}

function Gap({ height, columns }: { readonly height: number; readonly columns: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row without an index cannot take the focus.
    <tr class="table-gap" aria-hidden="true">
      <td colSpan={columns} style={{ blockSize: `${height}px` }} />
    </tr>
  )
}
