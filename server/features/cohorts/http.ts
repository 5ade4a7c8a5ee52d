// The doors of cohorts: administrators keep them, and whoever enrols in a course takes them in there.

import type { cohortRoutes } from '#protocol/cohorts.ts'
import { demandMay, demandMayGive, may, site } from '#server/features/access/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { addPeople, changeCohort, createCohort, removeCohort, removePeople } from './actions/cohorts.ts'
import { linkCohort, unlinkCohort } from './actions/sync.ts'
import { listCohortCourses, listCohortPeople, listCohorts, listOffered, readCohort, roleOfCohort } from './queries.ts'

const keeps = (ctx: Ctx) => may(ctx, 'account.manage', site)
const demandKeeps = (ctx: Ctx) => demandMay(ctx, 'account.manage', site)

export const httpHandlers: Handlers<typeof cohortRoutes> = {
  list: async (ctx, input) => {
    await demandKeeps(ctx)
    return listCohorts(ctx, input)
  },
  get: async (ctx, { cohortId }) => {
    await demandKeeps(ctx)
    return { cohort: await readCohort(ctx, cohortId) }
  },
  create: async (ctx, input) => {
    await demandKeeps(ctx)
    return { cohort: await createCohort(ctx, input) }
  },
  change: async (ctx, input) => {
    await demandKeeps(ctx)
    await changeCohort(ctx, input)
    return {}
  },
  remove: async (ctx, { cohortId }) => {
    await demandKeeps(ctx)
    await removeCohort(ctx, cohortId)
    return {}
  },
  people: async (ctx, input) => {
    await demandKeeps(ctx)
    await readCohort(ctx, input.cohortId)
    return listCohortPeople(ctx, input)
  },
  addPeople: async (ctx, input) => {
    await demandKeeps(ctx)
    return addPeople(ctx, input)
  },
  removePeople: async (ctx, input) => {
    await demandKeeps(ctx)
    return { removed: await removePeople(ctx, input) }
  },
  courses: async (ctx, input) => {
    await demandKeeps(ctx)
    await readCohort(ctx, input.cohortId)
    return listCohortCourses(ctx, input)
  },

  offered: async (ctx, input) => {
    await demandMay(ctx, 'course.enrol', courseContext(input.courseId))
    return listOffered(ctx, input, await keeps(ctx))
  },
  link: async (ctx, input) => {
    const context = courseContext(input.courseId)
    await demandMay(ctx, 'course.enrol', context, 'writing')
    const before = await roleOfCohort(ctx, input)
    await demandMayGive(ctx, before === undefined ? [input.role] : [before, input.role], context)
    await linkCohort(ctx, input, await keeps(ctx))
    return {}
  },
  unlink: async (ctx, input) => {
    const context = courseContext(input.courseId)
    await demandMay(ctx, 'course.enrol', context, 'writing')
    const role = await roleOfCohort(ctx, input)
    await demandMayGive(ctx, role === undefined ? [] : [role], context)
    await unlinkCohort(ctx, input)
    return {}
  },
}
