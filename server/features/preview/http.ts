// The HTTP door of previews: what one may be shown as, and views of persons. The preview itself goes along with every
// request.
import type { previewRoutes } from '#protocol/preview.ts'
import { demandMay } from '#server/features/access/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import { accountOf } from '#server/platform/ctx.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { beginView, endView } from './actions/views.ts'
import { listViews, previewOptions } from './queries.ts'

export const httpHandlers: Handlers<typeof previewRoutes> = {
  options: async (ctx, { courseId }) => {
    await demandMay(ctx, 'content.change', courseContext(courseId))
    return previewOptions(ctx, courseId)
  },
  beginView: async (ctx, input) => ({ view: await beginView(ctx, input) }),
  endView: async (ctx, { viewId }) => {
    await endView(ctx, viewId)
    return {}
  },
  views: async (ctx, input) => listViews(ctx, accountOf(ctx.who), input),
}
