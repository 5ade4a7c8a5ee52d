// The HTTP door of captions and of watching: whoever may read a film may read its captions and says how far they are.
import { Problem } from '#protocol/base/problems.ts'
import type { watchingRoutes } from '#protocol/files/watching.ts'
import { demandMay } from '#server/features/access/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import { accountOf } from '#server/platform/ctx.ts'
import { FileAnswer, type Handlers } from '#server/platform/feature.ts'
import { receiveCaptions, removeCaptions, setCaptions } from '../actions/captions.ts'
import { noteWatched } from '../actions/watching.ts'
import { getFile, getOwnFile } from '../queries/files.ts'
import { getCaptionsText, listCaptions, listWatchers, watchedOf } from '../queries/watching.ts'

export const watchingHandlers: Handlers<typeof watchingRoutes> = {
  captions: async (ctx, { fileId }) => {
    await getFile(ctx, fileId)
    return { items: await listCaptions(ctx, fileId) }
  },
  captionsText: async (ctx, { fileId, language }) => {
    await getFile(ctx, fileId)
    const text = await getCaptionsText(ctx, fileId, language)
    return new FileAnswer(`${language}.vtt`, 'text/vtt; charset=utf-8', text, { keptSeconds: 3_600 })
  },
  setCaptions: {
    prepare: async (ctx, { fileId, language }) => {
      await getOwnFile(ctx, fileId)
      const bytes = ctx.session?.bytes
      if (!bytes) throw new Problem('malformed', { errors: [{ path: '', code: 'bytes_needed' }] })
      const brought = await receiveCaptions(bytes)
      return async tx => ({ captions: await setCaptions(tx, await getOwnFile(tx, fileId), { language, brought }) })
    },
  },
  removeCaptions: async (ctx, { fileId, language }) => {
    await removeCaptions(ctx, await getOwnFile(ctx, fileId), language)
    return {}
  },
  ownWatch: async (ctx, { fileId }) => {
    await getFile(ctx, fileId)
    return { watched: await watchedOf(ctx, fileId, accountOf(ctx.who)) }
  },
  watch: async (ctx, input) => {
    const { row } = await getFile(ctx, input.fileId)
    if (row.form !== 'video' && row.form !== 'audio') throw new Problem('not-found')
    return { watched: await noteWatched(ctx, accountOf(ctx.who), input) }
  },
  watchers: async (ctx, { fileId, ...input }) => {
    const { row } = await getFile(ctx, fileId)
    await demandMay(ctx, 'grade.view-all', courseContext(row.courseId))
    return listWatchers(ctx, fileId, input)
  },
}
