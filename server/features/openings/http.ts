// The doors of openings: people of the school find courses and come in; whoever enrols says how a course is open.
import { demand } from '#protocol/base/problems.ts'
import type { openingRoutes } from '#protocol/openings.ts'
import { demandMay, demandMayGive } from '#server/features/access/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import { type Ctx, demandAccount } from '#server/platform/ctx.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { changeOpening } from './actions/change.ts'
import { comeBack, leave, prepareEnter } from './actions/enter.ts'
import { findOpen, findOpening, listOpen, openingOf } from './queries.ts'

/** Guests are of one class; courses are for people of the school. */
const demandMember = (ctx: Ctx): void => demand(demandAccount(ctx.who).siteRole !== 'guest')

export const httpHandlers: Handlers<typeof openingRoutes> = {
  list: async (ctx, input) => {
    demandMember(ctx)
    return listOpen(ctx, input)
  },
  find: async (ctx, { courseId }) => {
    demandMember(ctx)
    return { course: await findOpen(ctx, courseId) }
  },
  enter: {
    prepare: async (ctx, input) => {
      demandMember(ctx)
      return prepareEnter(ctx, input)
    },
  },
  leave: async (ctx, { courseId }) => {
    await demandMay(ctx, 'course.view', courseContext(courseId), 'reading')
    await leave(ctx, courseId)
    return {}
  },
  comeBack: async (ctx, { courseId }) => {
    demandMember(ctx)
    await comeBack(ctx, courseId)
    return {}
  },
  get: async (ctx, { courseId }) => {
    await demandMay(ctx, 'course.enrol', courseContext(courseId), 'reading')
    const row = await findOpening(courseId)
    return { opening: row && openingOf(row) }
  },
  change: async (ctx, input) => {
    const context = courseContext(input.courseId)
    await demandMay(ctx, 'course.enrol', context, 'writing')
    await demandMayGive(ctx, ['learner'], context)
    return { opening: await changeOpening(ctx, input) }
  },
}
