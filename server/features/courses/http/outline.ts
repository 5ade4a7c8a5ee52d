// The HTTP door of the outline of a course: asks for the right, then calls the action or query. Decides nothing else.
import type { outlineRoutes } from '#protocol/courses/outline.ts'
import { demandMay } from '#server/features/access/index.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { changeMany } from '../actions/at-once.ts'
import { addHeading, changeHeading } from '../actions/headings.ts'
import { moveItem, removeItemById, restoreItemById, showItem } from '../actions/items.ts'
import { changeModule, createModule, moveModule, removeModule, restoreModule } from '../actions/modules.ts'
import { courseContext } from '../queries/course.ts'
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
    await demandMay(ctx, 'content.change', courseContext(input.courseId))
    return changeMany(ctx, input)
  },

  moveItem: async (ctx, input) => {
    await demandMay(ctx, 'content.change', courseContext(input.courseId))
    return { item: await moveItem(ctx, input) }
  },
  publishItem: async (ctx, input) => {
    await demandMay(ctx, 'content.change', courseContext(input.courseId))
    return { item: await showItem(ctx, input, 'published') }
  },
  hideItem: async (ctx, input) => {
    await demandMay(ctx, 'content.change', courseContext(input.courseId))
    return { item: await showItem(ctx, input, 'hidden') }
  },
  addHeading: async (ctx, input) => {
    await demandMay(ctx, 'content.change', courseContext(input.courseId))
    return { item: await addHeading(ctx, input) }
  },
  changeHeading: async (ctx, input) => {
    await demandMay(ctx, 'content.change', courseContext(input.courseId))
    return { item: await changeHeading(ctx, input) }
  },
  removeItem: async (ctx, input) => {
    await demandMay(ctx, 'content.change', courseContext(input.courseId))
    await removeItemById(ctx, input)
    return {}
  },
  restoreItem: async (ctx, input) => {
    await demandMay(ctx, 'content.change', courseContext(input.courseId))
    return { item: await restoreItemById(ctx, input) }
  },
  removed: async (ctx, { courseId, ...input }) => {
    await demandMay(ctx, 'content.change', courseContext(courseId))
    return listRemoved(ctx, courseId, input)
  },
}
