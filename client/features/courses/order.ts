// Where a thing goes when it is moved one step by a button or key. Pure.

import { byPosition } from '#protocol/courses.ts'

interface Placed {
  readonly id: string
}

/** The id to stand ahead of after one step up: undefined when it is first already. */
export function aheadOfUp(order: readonly Placed[], id: string): string | undefined {
  const at = order.findIndex(one => one.id === id)
  return at > 0 ? order[at - 1]?.id : undefined
}

/** The id to stand ahead of after one step down, null for the end: undefined when it is last already. */
export function aheadOfDown(order: readonly Placed[], id: string): string | null | undefined {
  const at = order.findIndex(one => one.id === id)
  if (at < 0 || at >= order.length - 1) return undefined
  return order[at + 2]?.id ?? null
}

interface Item extends Placed {
  readonly moduleId: string | null
  readonly position: string
}

/** Items as the course home shows them from top to bottom: those above all modules, then module by module. */
export function inCourseOrder<T extends Item>(
  modules: readonly (Placed & { readonly position: string })[],
  items: readonly T[],
): T[] {
  const ids = [...modules].sort(byPosition).map(one => one.id)
  const place = (item: T) => (item.moduleId === null ? -1 : ids.indexOf(item.moduleId))
  return [...items].sort((a, b) => place(a) - place(b) || byPosition(a, b))
}
