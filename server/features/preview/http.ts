// The HTTP door of previews: what one may be shown as. The preview itself goes along with every request.
import type { previewRoutes } from '#protocol/preview.ts'
import { demandMay } from '#server/features/access/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { previewOptions } from './queries.ts'

export const httpHandlers: Handlers<typeof previewRoutes> = {
  options: async (ctx, { courseId }) => {
    await demandMay(ctx, 'content.change', courseContext(courseId))
    return previewOptions(ctx, courseId)
  },
}
