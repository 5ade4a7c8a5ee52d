// The doors of observing: administrators link, learners see who observes them, observers read. Decides nothing else.
import type { AccountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import type { observerListRoutes } from '#protocol/observers/list.ts'
import type { observerRoutes } from '#protocol/observers.ts'
import { demandMay, may, site } from '#server/features/access/index.ts'
import { accountOf, type Ctx, demandAccount } from '#server/platform/ctx.ts'
import { FileAnswer, type Handlers } from '#server/platform/feature.ts'
import { dropCode, makeCode, useCode } from './actions/codes.ts'
import { changeRules, endObservation, linkByEmail, restoreObservation } from './actions/links.ts'
import { bringIn, csvOfLinks, endMany } from './actions/list.ts'
import { listCodes, listObserved, listObservers, readParty, readRules } from './queries/links.ts'
import { readLearner, readLearnersCourse } from './queries/reading.ts'

const keeps = (ctx: Ctx) => may(ctx, 'account.manage', site)
const demandKeeps = (ctx: Ctx) => demandMay(ctx, 'account.manage', site)

/** Guests come for one class: they have nobody who looks after them here. */
function member(ctx: Ctx): AccountId {
  const { accountId, siteRole } = demandAccount(ctx.who)
  demand(siteRole !== 'guest')
  return accountId
}

export const httpHandlers: Handlers<typeof observerRoutes> = {
  list: async (ctx, { accountId, ...page }) => {
    await demandKeeps(ctx)
    await readParty(ctx, accountId)
    return listObservers(ctx, accountId, page)
  },
  add: async (ctx, { accountId, email, kind, until }) => {
    await demandKeeps(ctx)
    const wanted = { email, learnerId: accountId, kind, until: until === null ? null : new Date(until) }
    const { observed, observerId } = await linkByEmail(ctx, wanted)
    return { observer: { ...observed, accountId: observerId, name: (await readParty(ctx, observerId)).name } }
  },
  end: async (ctx, { observationId }) => {
    await endObservation(ctx, observationId, await keeps(ctx))
    return {}
  },
  restore: async (ctx, { observationId }) => {
    await restoreObservation(ctx, observationId)
    return {}
  },
  mine: async (ctx, page) => {
    const me = accountOf(ctx.who)
    return { ...(await listObservers(ctx, me, page)), rules: await readRules(ctx), codes: await listCodes(ctx, me) }
  },
  makeCode: async ctx => {
    member(ctx)
    return makeCode(ctx)
  },
  dropCode: async (ctx, { codeId }) => {
    await dropCode(ctx, codeId)
    return {}
  },
  useCode: async (ctx, { code }) => {
    member(ctx)
    return { observed: await useCode(ctx, code) }
  },
  observed: async (ctx, page) => listObserved(ctx, accountOf(ctx.who), page),
  learner: async (ctx, { accountId }) => readLearner(ctx, accountId),
  course: async (ctx, { accountId, courseId }) => readLearnersCourse(ctx, accountId, courseId),
  rules: async ctx => ({ rules: await readRules(ctx) }),
  changeRules: async (ctx, rules) => {
    await demandKeeps(ctx)
    await changeRules(ctx, rules)
    return {}
  },
}

export const listHandlers: Handlers<typeof observerListRoutes> = {
  csv: async ctx => {
    await demandKeeps(ctx)
    return new FileAnswer('observers.csv', 'text/csv; charset=utf-8', await csvOfLinks(ctx))
  },
  bringIn: async (ctx, input) => {
    await demandKeeps(ctx)
    return bringIn(ctx, input)
  },
  endMany: async (ctx, { observationIds }) => {
    await demandKeeps(ctx)
    return { ended: await endMany(ctx, observationIds) }
  },
}
