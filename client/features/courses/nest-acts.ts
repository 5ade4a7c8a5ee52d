// Indents items and moves them with what stands below them, each act with one notice that takes all of it back.
import { t } from '#client/platform/texts.ts'
import { blockOf } from '#protocol/courses/levels.ts'
import type { ThingChange } from '#protocol/courses/outline.ts'
import type { CourseItem, ItemId, ModuleId } from '#protocol/courses.ts'
import { type Chosen, send } from './many.ts'
import { type Place, placed, rebasedOut, roots, stepped, type Unders } from './nesting.ts'

const changeOf = ({ id, version }: CourseItem, to: NonNullable<ThingChange['to']>): ThingChange => ({
  ...{ subject: 'item', id, version, to },
})

const underOf = (unders: Unders, id: string) => {
  const under = unders.get(id)
  return under === undefined ? {} : { under: under as ItemId[] }
}

/** What one step in or out would change, in whatever modules these stand. */
function steps(orders: readonly (readonly CourseItem[])[], ids: ReadonlySet<string>, way: 'in' | 'out'): ThingChange[] {
  return orders.flatMap(order => {
    const unders = stepped(order, ids, way)
    return order.flatMap(item =>
      unders.has(item.id) ? [changeOf(item, { moduleId: item.moduleId, ...underOf(unders, item.id) })] : [],
    )
  })
}

/** Whether any of these can go one step in or out. */
export const canStep = (
  orders: readonly (readonly CourseItem[])[],
  ids: ReadonlySet<string>,
  way: 'in' | 'out',
): boolean => orders.some(order => stepped(order, ids, way).size > 0)

/** One item a step in or out, with all below it. */
export const stepItem = (
  courseId: string,
  order: readonly CourseItem[],
  { id, title }: CourseItem,
  way: 'in' | 'out',
): Promise<boolean> =>
  send(
    courseId,
    steps([order], new Set([id]), way),
    t(way === 'in' ? 'courses.indented' : 'courses.outdented', { title }),
  )

/** Many a step in or out, each in its module. `orders`: those modules, whole. */
export function stepMany(
  { courseId, items }: Chosen,
  orders: readonly (readonly CourseItem[])[],
  way: 'in' | 'out',
): Promise<boolean> {
  const count = items.length
  const words = t(way === 'in' ? 'courses.manyIndented' : 'courses.manyOutdented', { count })
  return send(courseId, steps(orders, new Set(items.map(one => one.id)), way), words)
}

interface Move {
  readonly courseId: string
  /** The thing with all below it, as they stand now. */
  readonly block: readonly CourseItem[]
  /** The module it comes to, without the block. */
  readonly rest: readonly CourseItem[]
  readonly moduleId: string | null
}

/** Moves a thing with all below it to a place. */
export function moveTo({ courseId, block, rest, moduleId }: Move, place: Place): Promise<boolean> {
  const { before, unders } = placed(rest, block, place)
  const at = { moduleId: moduleId as ModuleId | null, before: before as ItemId | null }
  const changes = block.map(one => changeOf(one, { ...at, ...underOf(unders, one.id) }))
  return send(courseId, changes, t('courses.moved', { title: block[0]?.title ?? '' }))
}

/** To the end of a module, in the order in which they stand, each with all below it; null: above all modules. */
export function moveMany(
  { courseId, items }: Chosen,
  orders: readonly (readonly CourseItem[])[],
  moduleId: ModuleId | null,
): Promise<boolean> {
  const ids = new Set<string>(items.map(one => one.id))
  const changes = orders.flatMap(order =>
    roots(order, ids).flatMap(root => {
      const block = blockOf(order, root.id)
      const unders = rebasedOut(block)
      return block.map(one =>
        changeOf(one, { moduleId, ...(root.moduleId === moduleId ? {} : underOf(unders, one.id)) }),
      )
    }),
  )
  return send(courseId, changes, t('courses.manyMoved', { count: items.length }))
}
