// The HTTP door of conditions: what staff say about a course, and what is shut for oneself.
import type { conditionRoutes } from '#protocol/conditions.ts'
import { demandMay } from '#server/features/access/index.ts'
import { courseContext, demandItems, getCourse } from '#server/features/courses/index.ts'
import { accountOf } from '#server/platform/ctx.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { changeRelease } from './actions/releases.ts'
import { fieldsOffered } from './queries/profile.ts'
import { listReleases, ownLocks } from './queries/releases.ts'
import { seesAll } from './queries/standing.ts'

export const httpHandlers: Handlers<typeof conditionRoutes> = {
  profileFields: async (ctx, { courseId }) => {
    await demandMay(ctx, 'content.change', courseContext(courseId))
    return { items: await fieldsOffered(ctx) }
  },
  list: async (ctx, { courseId }) => {
    await demandMay(ctx, 'content.change', courseContext(courseId))
    return listReleases(ctx, courseId)
  },
  change: async (ctx, input) => {
    if (input.subject === 'item') await demandItems(ctx, 'content.change', input.courseId, [input.subjectId])
    else await demandMay(ctx, 'content.change', courseContext(input.courseId))
    await getCourse(ctx, input.courseId)
    return { release: await changeRelease(ctx, input) }
  },
  mine: async (ctx, { courseId }) => {
    await demandMay(ctx, 'course.view', courseContext(courseId))
    // Nothing is shut for staff.
    if (await seesAll(ctx, courseId)) return { locks: [], targets: [], items: [], guarded: false, nextAt: null }
    return ownLocks(ctx, courseId, accountOf(ctx.who))
  },
}
