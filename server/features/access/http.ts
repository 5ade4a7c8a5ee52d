// The HTTP door of access, for those who look after roles: asks who may, calls the action. Decides nothing else.
import { type accessRoutes, countsIn } from '#protocol/access.ts'
import { demand } from '#protocol/base/problems.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { FileAnswer, type Handlers } from '#server/platform/feature.ts'
import { grantRole, takeRole } from './actions/grants.ts'
import { countLookups } from './actions/lookups.ts'
import { changeRules } from './actions/many-rules.ts'
import { changeRole, copyRole, importRole, removeRole, resetRole, restoreRole } from './actions/roles.ts'
import { changeRule, resetRules } from './actions/rules.ts'
import { demandMay, may } from './queries/decision.ts'
import { explainFor, listHolders, listRolesOf } from './queries/holders.ts'
import { previewRules } from './queries/many-rules.ts'
import { listPlaces, listRolePlaces, wayUp } from './queries/places.ts'
import { getRole, listRoles, listRulings } from './queries/roles.ts'
import { type ContextRef, site } from './rules.ts'

/** Whoever gives roles in a place or makes its rules sees both there. Throws as `demandMay`. */
async function demandLook(ctx: Ctx, { kind, id }: ContextRef): Promise<ContextRef> {
  const context = { kind, id }
  if (!(await may(ctx, 'role.rule', context))) await demandMay(ctx, 'role.give', context)
  return context
}

/** The same, for what names people: to look after roles does not make anybody known. */
async function demandLookAtPeople(ctx: Ctx, input: ContextRef): Promise<ContextRef> {
  const context = await demandLook(ctx, input)
  await demandMay(ctx, 'course.view-people', context)
  return context
}

async function demandIn(ctx: Ctx, capability: 'role.rule' | 'role.give', input: ContextRef): Promise<ContextRef> {
  const context = { kind: input.kind, id: input.id }
  await demandMay(ctx, capability, context, 'writing')
  return context
}

export const httpHandlers: Handlers<typeof accessRoutes> = {
  listRoles: async (ctx, { kind = site.kind, id = site.id }) => {
    await demandLook(ctx, { kind, id })
    return { items: await listRoles(ctx), mayDefine: await may(ctx, 'role.define', site) }
  },
  createRole: async (ctx, input) => {
    await demandMay(ctx, 'role.define', site)
    return { role: await copyRole(ctx, input) }
  },
  importRole: async (ctx, { file }) => {
    await demandMay(ctx, 'role.define', site)
    return { role: await importRole(ctx, file) }
  },
  rolesOf: async (ctx, input) => {
    await demandMay(ctx, 'account.manage', site)
    return listRolesOf(ctx, input)
  },
  changeRole: async (ctx, input) => {
    await demandMay(ctx, 'role.define', site)
    return { role: await changeRole(ctx, input) }
  },
  resetRole: async (ctx, input) => {
    await demandMay(ctx, 'role.define', site)
    return { role: await resetRole(ctx, input) }
  },
  removeRole: async (ctx, input) => {
    await demandMay(ctx, 'role.define', site)
    await removeRole(ctx, input)
    return {}
  },
  restoreRole: async (ctx, input) => {
    await demandMay(ctx, 'role.define', site)
    return { role: await restoreRole(ctx, input) }
  },
  exportRole: async (ctx, { role }) => {
    await demandMay(ctx, 'role.define', site)
    const { name, key, note, basedOn, capabilities } = await getRole(ctx, role)
    const file = { format: 'lectern-role', name: name || key, note, basedOn, capabilities }
    return new FileAnswer('role.json', 'application/json; charset=utf-8', JSON.stringify(file, null, 2))
  },
  listRolePlaces: async (ctx, input) => {
    await demandLook(ctx, site)
    await getRole(ctx, input.role)
    return listRolePlaces(ctx, input)
  },
  getPlace: async (ctx, input) => {
    const context = await demandLook(ctx, input)
    const [place, ...above] = await wayUp(ctx, context)
    return {
      ...{ place, above },
      mayGrant: await may(ctx, 'role.give', context),
      mayRule: await may(ctx, 'role.rule', context),
    }
  },
  listPlaces: async (ctx, input) => listPlaces(ctx, await demandLook(ctx, input), input),
  listRules: async (ctx, input) => ({ items: await listRulings(ctx, input.role, await demandLook(ctx, input)) }),
  changeRule: async (ctx, input) => {
    await changeRule(ctx, await demandIn(ctx, 'role.rule', input), input)
    return {}
  },
  previewRules: async (ctx, input) => ({ items: await previewRules(ctx, input) }),
  changeRules: async (ctx, input) => ({ before: await changeRules(ctx, input) }),
  resetRules: async (ctx, input) => ({
    taken: await resetRules(ctx, await demandIn(ctx, 'role.rule', input), input.role),
  }),
  listHolders: async (ctx, input) => {
    const context = await demandLookAtPeople(ctx, input)
    const told = await may(ctx, context.kind === site.kind ? 'site.manage' : 'course.enrol', context)
    return listHolders(ctx, context, input, told ? 'with e-mail' : 'names only')
  },
  grantRole: {
    prepare: async (ctx, { role, accountId, email, ...input }) => {
      const context = await demandIn(ctx, 'role.give', input)
      if (accountId === undefined) await countLookups(ctx, 1)
      return tx => grantRole(tx, context, { role, accountId, email })
    },
  },
  takeRole: async (ctx, { role, accountId, ...input }) => {
    await takeRole(ctx, await demandIn(ctx, 'role.give', input), { role, accountId })
    return {}
  },
  explain: async (ctx, { capability, accountId, email, ...input }) => {
    const context = await demandLookAtPeople(ctx, input)
    demand(countsIn(context.kind, capability), 'counts-above')
    const about = (await may(ctx, 'site.manage', site)) ? 'everybody' : 'people of the place'
    return { explanation: await explainFor(ctx, { accountId, email }, capability, { context, about }) }
  },
}
