// The doors of the school's people: for administrators alone.
import type { peopleRoutes } from '#protocol/accounts/people.ts'
import { demand } from '#protocol/base/problems.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { renamePerson } from '../actions/accounts.ts'
import { makeSignInLinks } from '../actions/batches.ts'
import { mergeAccounts } from '../actions/hooks.ts'
import { addPerson, changeMinor, changeSiteRole, countKept, makeSignInLink } from '../actions/people.ts'
import { signOutEverywhere } from '../actions/sessions.ts'
import { countPeople, listPeople } from '../queries/people.ts'
import { mayManageAccounts, maySuspend } from '../rules.ts'

export const peopleHandlers: Handlers<typeof peopleRoutes> = {
  people: async (ctx, input) => {
    demand(mayManageAccounts(ctx.who))
    return listPeople(ctx, input)
  },
  countPeople: async ctx => {
    demand(mayManageAccounts(ctx.who))
    return countPeople(ctx)
  },
  addPerson: async (ctx, input) => {
    demand(mayManageAccounts(ctx.who))
    return addPerson(ctx, input)
  },
  makeSignInLink: async (ctx, { accountId }) => {
    demand(mayManageAccounts(ctx.who))
    return { link: await makeSignInLink(ctx, accountId) }
  },
  makeSignInLinks: async (ctx, { accountIds }) => {
    demand(mayManageAccounts(ctx.who))
    return makeSignInLinks(ctx, accountIds)
  },
  renamePerson: async (ctx, { accountId, ...names }) => {
    demand(mayManageAccounts(ctx.who))
    return { name: await renamePerson(ctx, accountId, names) }
  },
  changeSiteRole: async (ctx, { accountId, siteRole }) => {
    demand(maySuspend(ctx.who, accountId))
    await changeSiteRole(ctx, accountId, siteRole)
    return {}
  },
  changeMinor: async (ctx, { accountId, minor }) => {
    demand(maySuspend(ctx.who, accountId))
    await changeMinor(ctx, accountId, minor)
    return {}
  },
  signOutEverywhere: async (ctx, { accountId }) => {
    demand(maySuspend(ctx.who, accountId))
    return signOutEverywhere(ctx, accountId)
  },
  previewMerge: async (ctx, { accountId }) => {
    demand(mayManageAccounts(ctx.who))
    return { moves: await countKept(ctx, accountId) }
  },
  merge: async (ctx, { accountId, into }) => {
    demand(maySuspend(ctx.who, accountId))
    await mergeAccounts(ctx, accountId, into)
    return {}
  },
}
