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
  captionsText: async (ctx, { fileId, language, version }) => {
    await getFile(ctx, fileId)
    const held = await getCaptionsText(ctx, fileId, language)
    // Kept only under the address that names this very text.
    const options = version === held.version ? { keptSeconds: 3_600 } : {}
    return new FileAnswer(`${language}.vtt`, 'text/vtt; charset=utf-8', held.text, options)
  },
  setCaptions: {
    prepare: async (ctx, { fileId, language }) => {
      await getOwnFile(ctx, fileId)
      const bytes = ctx.session?.bytes
      if (!bytes) throw new Problem('malformed', { errors: [{ path: '', code: 'bytes_needed' }] })
      const read = await receiveCaptions(bytes)
      return {
        said: read.text,
        run: async tx => {
          await getOwnFile(tx, fileId)
          return { captions: await setCaptions(tx, fileId, { language, read }) }
        },
      }
    },
  },
  removeCaptions: async (ctx, { fileId, language }) => {
    await getOwnFile(ctx, fileId)
    await removeCaptions(ctx, fileId, language)
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
