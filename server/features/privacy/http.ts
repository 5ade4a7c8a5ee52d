// The doors of one's own data, and those of administrators to the ends of accounts. Decides nothing else.
import type { AccountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import type { privacyRoutes } from '#protocol/privacy.ts'
import { demandMay, site } from '#server/features/access/index.ts'
import { maySuspend } from '#server/features/accounts/index.ts'
import { accountOf, type Ctx } from '#server/platform/ctx.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { beginErasure, prepareAsk, refuse, withdraw } from './actions/erasure.ts'
import { dropExport, startExport } from './actions/export.ts'
import { changeWindow, holdCourse, releaseCourse } from './actions/retention.ts'
import { askedBy, listErasures, readErasure } from './queries/erasures.ts'
import { countParts } from './queries/leftovers.ts'
import { exportFile, ownData } from './queries/own.ts'
import { countPast } from './queries/past.ts'
import { readRetention } from './queries/retention.ts'
import { monthsBefore } from './rules/times.ts'

async function demandAdministrator(ctx: Ctx): Promise<void> {
  await demandMay(ctx, 'account.manage', site)
}

/** Nobody erases themselves: one administrator always remains. */
async function demandErase(ctx: Ctx, accountId: AccountId): Promise<void> {
  await demandAdministrator(ctx)
  demand(maySuspend(ctx.who, accountId))
}

export const httpHandlers: Handlers<typeof privacyRoutes> = {
  mine: async ctx => ownData(ctx, accountOf(ctx.who)),
  startExport: async ctx => ({ export: await startExport(ctx, accountOf(ctx.who)) }),
  dropExport: async ctx => {
    await dropExport(ctx, accountOf(ctx.who))
    return {}
  },
  exportContent: async (ctx, { exportId }) => exportFile(ctx, accountOf(ctx.who), exportId),
  startExportFor: async (ctx, { accountId }) => {
    await demandAdministrator(ctx)
    await startExport(ctx, accountId)
    return {}
  },
  askErasure: { prepare: prepareAsk },
  withdrawErasure: async ctx => {
    await withdraw(ctx)
    return {}
  },
  previewErasure: async (ctx, { accountId }) => {
    await demandAdministrator(ctx)
    return { parts: await countParts(ctx, accountId), asked: await askedBy(ctx, accountId) }
  },
  erase: async (ctx, input) => {
    await demandErase(ctx, input.accountId)
    return { erasure: await readErasure(ctx, await beginErasure(ctx, input)) }
  },
  refuseErasure: async (ctx, { erasureId, reason }) => {
    await demandAdministrator(ctx)
    await refuse(ctx, erasureId, reason)
    return {}
  },
  getRetention: async ctx => {
    await demandAdministrator(ctx)
    return readRetention(ctx)
  },
  changeRetention: async (ctx, { kind, months }) => {
    await demandAdministrator(ctx)
    await changeWindow(ctx, kind, months)
    return {}
  },
  tryRetention: async (ctx, { kind, months }) => {
    await demandAdministrator(ctx)
    return countPast(ctx, kind, monthsBefore(ctx.now, months))
  },
  holdCourse: async (ctx, { courseId, reason }) => {
    await demandAdministrator(ctx)
    await holdCourse(ctx, courseId, reason)
    return {}
  },
  releaseCourse: async (ctx, { courseId }) => {
    await demandAdministrator(ctx)
    await releaseCourse(ctx, courseId)
    return {}
  },
  listErasures: async (ctx, input) => {
    await demandAdministrator(ctx)
    return listErasures(ctx, input)
  },
}
