// The doors of archives: who may copy a course may take it away, who may create courses may bring one in.
import type { archiveRoutes } from '#protocol/archives.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { CourseId } from '#protocol/courses.ts'
import { demandMay, site } from '#server/features/access/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import { accountOf, type Ctx } from '#server/platform/ctx.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { dropExport, startExport } from './actions/export.ts'
import { dropImport, prepareAppend, startImport } from './actions/import.ts'
import { beginMaking, planImport } from './actions/make.ts'
import { exportFile, getExport, getImport, importOf } from './queries/archives.ts'

/** The bank comes along with its keys. A course that is over is only read. Throws what `demandMay` throws. */
export async function demandTakeAway(ctx: Ctx, courseId: CourseId): Promise<void> {
  for (const needed of ['content.change', 'activity.change'] as const)
    await demandMay(ctx, needed, courseContext(courseId), 'reading')
}

const demandBringIn = (ctx: Ctx) => demandMay(ctx, 'course.create', site)

export const httpHandlers: Handlers<typeof archiveRoutes> = {
  startExport: async (ctx, { courseId }) => {
    await demandTakeAway(ctx, courseId)
    return { export: await startExport(ctx, courseId) }
  },
  dropExport: async (ctx, { exportId }) => {
    const row = await getExport(ctx, exportId)
    await demandTakeAway(ctx, row.courseId)
    await dropExport(ctx, row)
    return {}
  },
  exportContent: async (ctx, { exportId }) => {
    const row = await getExport(ctx, exportId)
    await demandTakeAway(ctx, row.courseId)
    return exportFile(ctx, row)
  },
  startImport: async (ctx, input) => {
    await demandBringIn(ctx)
    return { import: await startImport(ctx, input) }
  },
  getImport: async (ctx, { importId }) => ({ import: importOf(await getImport(ctx, importId)) }),
  append: {
    prepare: async (ctx, input) => {
      await demandBringIn(ctx)
      const bytes = ctx.session?.bytes
      if (!bytes) throw new Problem('malformed', { errors: [{ path: '', code: 'bytes_needed' }] })
      return prepareAppend(ctx, input, bytes)
    },
  },
  make: async (ctx, { importId, how, ...wish }) => {
    await demandBringIn(ctx)
    if (wish.departmentId !== null) await demandMay(ctx, 'site.manage', site)
    const row = await getImport(ctx, importId)
    demand(row.summary !== null, 'import-not-checked')
    const dates = await planImport(ctx, row, wish)
    return { import: how === 'try' ? importOf(row) : await beginMaking(ctx, importId, wish), dates }
  },
  dropImport: async (ctx, { importId }) => {
    await dropImport(ctx, { id: importId, accountId: accountOf(ctx.who) })
    return {}
  },
}
