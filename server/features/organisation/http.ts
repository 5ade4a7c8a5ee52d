// The HTTP door of departments and terms: everybody signed in reads them, administrators keep them.
import type { departmentRoutes, termRoutes } from '#protocol/organisation.ts'
import { demandMay, site } from '#server/features/access/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { changeDepartment, changeTerm, createDepartment, createTerm, removeDepartment, removeTerm } from './actions.ts'
import { listDepartments, listTerms } from './queries.ts'

const demandKeeper = (ctx: Ctx) => demandMay(ctx, 'site.manage', site)

export const departmentHandlers: Handlers<typeof departmentRoutes> = {
  list: listDepartments,
  create: async (ctx, input) => {
    await demandKeeper(ctx)
    return { id: await createDepartment(ctx, input) }
  },
  change: async (ctx, input) => {
    await demandKeeper(ctx)
    await changeDepartment(ctx, input)
    return {}
  },
  remove: async (ctx, { departmentId }) => {
    await demandKeeper(ctx)
    await removeDepartment(ctx, departmentId)
    return {}
  },
}

export const termHandlers: Handlers<typeof termRoutes> = {
  list: listTerms,
  create: async (ctx, input) => {
    await demandKeeper(ctx)
    return { id: await createTerm(ctx, input) }
  },
  change: async (ctx, input) => {
    await demandKeeper(ctx)
    await changeTerm(ctx, input)
    return {}
  },
  remove: async (ctx, { termId }) => {
    await demandKeeper(ctx)
    await removeTerm(ctx, termId)
    return {}
  },
}
