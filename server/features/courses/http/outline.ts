// The HTTP door of the outline of a course: asks for the right, of the course for modules and what is new, of the items for
// what is done with them, then calls the action or query. Decides nothing else.
import type { outlineRoutes } from '#protocol/courses/outline.ts'
import { demandMay } from '#server/features/access/index.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { changeMany } from '../actions/at-once.ts'
import { addHeading, changeHeading } from '../actions/headings.ts'
import { moveItem, removeItemById, restoreItemById, showItem } from '../actions/items.ts'
import { changeModule, createModule, moveModule, removeModule, restoreModule } from '../actions/modules.ts'
import { courseContext } from '../queries/course.ts'
import { demandItems, withBelow } from '../queries/item-rights.ts'
import { listRemoved } from '../queries/removed.ts'

export const outlineHandlers: Handlers<typeof outlineRoutes> = {
  createModule: async (ctx, input) => {
    await demandMay(ctx, 'content.change', courseContext(input.courseId))
    return { module: await createModule(ctx, input) }
  },
  changeModule: async (ctx, input) => {
    await demandMay(ctx, 'content.change', courseContext(input.courseId))
    return { module: await changeModule(ctx, input) }
  },
  moveModule: async (ctx, input) => {
    await demandMay(ctx, 'content.change', courseContext(input.courseId))
    return { module: await moveModule(ctx, input) }
  },
  removeModule: async (ctx, input) => {
    await demandMay(ctx, 'content.change', courseContext(input.courseId))
    await removeModule(ctx, input)
    return {}
  },
  restoreModule: async (ctx, input) => {
    await demandMay(ctx, 'content.change', courseContext(input.courseId))
    return { module: await restoreModule(ctx, input) }
  },
  changeMany: async (ctx, input) => {
    const { courseId, changes } = input
    if (changes.some(one => one.subject === 'module')) await demandMay(ctx, 'content.change', courseContext(courseId))
    const itemIds = changes.flatMap(one => (one.subject === 'item' ? [one.id] : []))
    await demandItems(ctx, 'content.change', courseId, itemIds)
    return changeMany(ctx, input)
  },

  moveItem: async (ctx, input) => {
    await demandItems(ctx, 'content.change', input.courseId, await withBelow(ctx, input.courseId, input.itemId))
    return { item: await moveItem(ctx, input) }
  },
  publishItem: async (ctx, input) => {
    await demandItems(ctx, 'content.change', input.courseId, [input.itemId])
    return { item: await showItem(ctx, input, 'published') }
  },
  hideItem: async (ctx, input) => {
    await demandItems(ctx, 'content.change', input.courseId, [input.itemId])
    return { item: await showItem(ctx, input, 'hidden') }
  },
  addHeading: async (ctx, input) => {
    await demandMay(ctx, 'content.change', courseContext(input.courseId))
    return { item: await addHeading(ctx, input) }
  },
  changeHeading: async (ctx, input) => {
    await demandItems(ctx, 'content.change', input.courseId, [input.itemId])
    return { item: await changeHeading(ctx, input) }
  },
  removeItem: async (ctx, input) => {
    await demandItems(ctx, 'content.change', input.courseId, [input.itemId])
    await removeItemById(ctx, input)
    return {}
  },
  restoreItem: async (ctx, input) => {
    await demandItems(ctx, 'content.change', input.courseId, [input.itemId])
    return { item: await restoreItemById(ctx, input) }
  },
  removed: async (ctx, { courseId, ...input }) => {
    await demandMay(ctx, 'content.change', courseContext(courseId))
    return listRemoved(ctx, courseId, input)
  },
}
