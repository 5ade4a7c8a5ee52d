// The outline of a course as a reader has it: which items stand in which module, and how deep. Pure, but for the registry
// of kinds.
import { levelsOf } from '#protocol/courses/levels.ts'
import type { CourseItem } from '#protocol/courses.ts'
import { type CourseHome, seesAsStaff } from './home.ts'
import { itemKind } from './registry.ts'

/** Whether an item stands in a section of its kind instead of above all modules. */
export const ownSection = (item: CourseItem) => (item.moduleId === null ? itemKind(item.kind)?.section : undefined)

/** Whether this reader can do anything with it: what is the staff's alone is in the way of the learners' own things. */
const isFor = (home: CourseHome, item: CourseItem): boolean =>
  seesAsStaff(home, item) || !itemKind(item.kind)?.staffs || home.marks(item.id)?.how === 'marked'

/** What this reader has in a module, or above all modules for null, in order. */
export const itemsIn = (home: CourseHome, moduleId: string | null): CourseItem[] =>
  home.items.filter(item => item.moduleId === moduleId && !ownSection(item) && isFor(home, item))

/** Each item of an order with how deep it stands. */
export function leveled(order: readonly CourseItem[]): { readonly item: CourseItem; readonly level: number }[] {
  const levels = levelsOf(order)
  return order.map((item, index) => ({ item, level: levels[index] ?? 0 }))
}
