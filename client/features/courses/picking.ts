// Which things of a course are chosen, to act on many at once: by box, a stretch of them with Shift, a module with all it
// holds. Pure, but for the signal at the end.
import { signal } from '@preact/signals'

/** A line of the outline, in the order in which it is shown. */
export interface Line {
  readonly id: string
  /** The module of an item; a module has itself. */
  readonly moduleId: string | null
  readonly subject: 'item' | 'module'
}

export interface Picked {
  readonly ids: ReadonlySet<string>
  /** The box that was touched last: a stretch begins there. */
  readonly last: string | undefined
}

export const nothingPicked: Picked = { ids: new Set(), last: undefined }

/** A module goes with what it holds, and is no longer chosen itself once something in it is not. */
function settled(
  ids: ReadonlySet<string>,
  touched: ReadonlySet<string>,
  on: boolean,
  lines: readonly Line[],
): Set<string> {
  const next = new Set(ids)
  for (const line of lines) {
    const withModule = line.moduleId !== null && touched.has(line.moduleId)
    if (touched.has(line.id) || withModule) {
      if (on) next.add(line.id)
      else {
        next.delete(line.id)
        if (line.moduleId !== null) next.delete(line.moduleId)
      }
    }
  }
  return next
}

/** After one box was turned; with `through`, all from the last one to it are turned alike. */
export function pick(picked: Picked, id: string, how: 'alone' | 'through', lines: readonly Line[]): Picked {
  const on = !picked.ids.has(id)
  const [from, to] = [lines.findIndex(one => one.id === picked.last), lines.findIndex(one => one.id === id)]
  const stretch =
    how === 'through' && from >= 0 ? lines.slice(Math.min(from, to), Math.max(from, to) + 1) : lines.slice(to, to + 1)
  return { ids: settled(picked.ids, new Set(stretch.map(one => one.id)), on, lines), last: id }
}

/** Those that are still there: what somebody else removed is chosen no more. */
export const standing = (picked: Picked, lines: readonly Line[]): ReadonlySet<string> =>
  new Set(lines.flatMap(one => (picked.ids.has(one.id) ? [one.id] : [])))

/** What is chosen in the course that is open; undefined while nobody chooses. */
export const picking = signal<Picked | undefined>(undefined)

export const beginPicking = (): void => {
  picking.value = nothingPicked
}

/** These are chosen no more, where somebody still chooses. */
export const letGo = (gone: ReadonlySet<string>): void => {
  const now = picking.peek()
  if (now) picking.value = { ...now, ids: new Set([...now.ids].filter(id => !gone.has(id))) }
}

export const endPicking = (): void => {
  picking.value = undefined
}

interface Shown {
  readonly id: string
  readonly moduleId: string | null
}

/** The outline from top to bottom: what stands above all modules, each module with what it holds, what stands apart. */
export const linesOf = (
  modules: readonly { readonly id: string }[],
  above: readonly Shown[],
  items: readonly Shown[],
  apart: readonly Shown[],
): Line[] => {
  const line = ({ id, moduleId }: Shown): Line => ({ id, moduleId, subject: 'item' })
  return [
    ...above.map(line),
    ...modules.flatMap(({ id }): Line[] => [
      { id, moduleId: id, subject: 'module' },
      ...items.filter(one => one.moduleId === id).map(line),
    ]),
    ...apart.map(line),
  ]
}
