// The roles there are, what they come to in a place, and what whoever asks may give away. Changes nothing.

import {
  type BuiltInRoleKey,
  builtInRoleKeys,
  type CustomRoleId,
  countsIn,
  type RoleKey,
  type RoleView,
  type Ruling,
} from '#protocol/access.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import { type Capability, type CourseRole, capabilities, type SiteRole } from '#protocol/base/roles.ts'
import { namesFrom } from '#server/features/audit/index.ts'
import { type Ctx, demandAccount } from '#server/platform/ctx.ts'
import { beyondGiving, builtInRoles, type ContextRef, decide, fitsCourse, type Override } from '../rules.ts'
import { type CustomRoleRow, customRoles, roleAssignments } from '../tables.ts'
import { capabilitiesIn, upwards } from './decision.ts'
import { type Law, lawIn } from './law.ts'
import { wayUp } from './places.ts'

interface Counts {
  readonly holders: number
  readonly rules: number
}

const none: Counts = { holders: 0, rules: 0 }

async function countsOf(ctx: Ctx, keys: readonly string[]): Promise<Map<string, Counts>> {
  const rows = await ctx.sql<Counts & { role: string }>(
    `select asked.role,
       (select count(distinct account_id)::int from roles_held h where h.role = asked.role) as holders,
       (select count(*)::int from role_overrides o where o.role = asked.role) as rules
     from unnest($1::text[]) as asked(role)`,
    [keys],
  )
  return new Map(rows.map(row => [row.role, row]))
}

/** What a built-in role may where no place says otherwise, in the order of the list. */
export const builtInCapabilities = (key: BuiltInRoleKey): Capability[] =>
  capabilities.filter(one => builtInRoles.get(key)?.has(one))

const builtInView = (key: BuiltInRoleKey, counts: Counts): RoleView => ({
  ...{ key, name: '', note: '', builtIn: true, basedOn: key, version: 0 },
  capabilities: builtInCapabilities(key),
  holders: key === 'member' ? null : counts.holders,
  rules: counts.rules,
})

const customView = (row: CustomRoleRow, counts: Counts): RoleView => ({
  ...{ key: row.id, name: row.name, note: row.note, builtIn: false, basedOn: row.basedOn, version: row.version },
  capabilities: capabilities.filter(one => row.capabilities.includes(one)),
  ...{ holders: counts.holders, rules: counts.rules },
})

/** Every role: those every Lectern has, then those made here by name. */
export async function listRoles(ctx: Ctx): Promise<RoleView[]> {
  const made = await customRoles.findAll({ where: { removedAt: null }, order: [['name', 'asc']], raw: true })
  const counts = await countsOf(ctx, [...builtInRoleKeys, ...made.map(row => row.id)])
  return [
    ...builtInRoleKeys.map(key => builtInView(key, counts.get(key) ?? none)),
    ...made.map(row => customView(row, counts.get(row.id) ?? none)),
  ]
}

/** A role made here as it travels, with how many hold it. */
export async function roleView(ctx: Ctx, row: CustomRoleRow): Promise<RoleView> {
  return customView(row, (await countsOf(ctx, [row.id])).get(row.id) ?? none)
}

const isBuiltIn = (key: RoleKey): key is BuiltInRoleKey => builtInRoleKeys.some(one => one === key)

/** One role. Throws `not-found` for one that is not there, or no longer. */
export async function getRole(ctx: Ctx, key: RoleKey): Promise<RoleView> {
  if (isBuiltIn(key)) return builtInView(key, (await countsOf(ctx, [key])).get(key) ?? none)
  const row = await customRoles.findOne({ where: { id: key, removedAt: null }, raw: true })
  if (!row) throw new Problem('not-found')
  return roleView(ctx, row)
}

/** What somebody is enrolled with: what they count as, and the role made here that stands in for it. */
export interface Enrolled {
  readonly role: CourseRole
  readonly custom: CustomRoleId | null
  /** The one of the two that says what they may. */
  readonly key: RoleKey
}

/**
 * What an enrolment with a role comes to. Throws `not-found` for a role that is not there, and `not-here` for one that
 * nobody is enrolled with. One query at most.
 */
export async function enrolmentWith(key: RoleKey): Promise<Enrolled> {
  if (isBuiltIn(key)) {
    if (key === 'member') throw new Problem('not-here')
    return { role: key, custom: null, key }
  }
  const row = await customRoles.findOne({ where: { id: key, removedAt: null }, raw: true })
  if (!row) throw new Problem('not-found')
  if (!fitsCourse(row.basedOn)) throw new Problem('not-here')
  return { role: row.basedOn, custom: row.id, key: row.id }
}

/** What an account is enrolled with in this very place; undefined when it is not. One query. */
export async function enrolledWith(accountId: AccountId, { kind, id }: ContextRef): Promise<Enrolled | undefined> {
  const row = await roleAssignments.findOne({ where: { accountId, contextKind: kind, contextId: id }, raw: true })
  return row
    ? { role: row.role as CourseRole, custom: row.custom, key: row.custom ?? (row.role as CourseRole) }
    : undefined
}

interface Giver {
  readonly accountId: AccountId
  readonly siteRole: SiteRole
}

async function missingToGive(ctx: Ctx, giver: Giver, roles: readonly string[], context: ContextRef) {
  const { held, ...law } = await upwards(ctx, giver.accountId, context)
  // Custom roles that the giver does not hold are known to the law of the place alone.
  const whole = roles.every(role => law.roles.has(role)) ? law : (await lawIn(ctx, [context]))(context)
  const question = { siteRole: giver.siteRole, held, ...law }
  const missing = new Set(roles.flatMap(role => beyondGiving(question, role, whole)))
  return capabilities.filter(one => missing.has(one))
}

/**
 * Throws `beyond-own` with what is missing unless `ctx.who` has all that each of these roles comes to here. To be asked
 * wherever a role is given or taken away, beside the right to do so. Two queries at most.
 */
export async function demandMayGive(ctx: Ctx, roles: readonly string[], context: ContextRef): Promise<void> {
  const missing = await missingToGive(ctx, demandAccount(ctx.who), roles, context)
  demand(missing.length === 0, 'beyond-own', { params: { capabilities: missing } })
}

/** Whether somebody has all that a role comes to here, for judging them when they do not ask themselves. */
export const mayGive = async (ctx: Ctx, giver: Giver, role: string, context: ContextRef): Promise<boolean> =>
  (await missingToGive(ctx, giver, [role], context)).length === 0

interface RoleToGive {
  readonly role: RoleKey
  readonly name: string
  readonly basedOn: BuiltInRoleKey
}

/** The roles that come to no more here than `ctx.who` may do themselves, with the names of those made here. Few queries. */
export async function rolesToGive(ctx: Ctx, context: ContextRef): Promise<RoleToGive[]> {
  const { accountId, siteRole } = demandAccount(ctx.who)
  const { held, ...own } = await upwards(ctx, accountId, context)
  const law = (await lawIn(ctx, [context]))(context)
  const made = await customRoles.findAll({ where: { removedAt: null }, order: [['name', 'asc']], raw: true })
  const question = { siteRole, held, ...own }
  const all = [
    ...builtInRoleKeys.map(role => ({ role, name: '', basedOn: role })),
    ...made.map(row => ({ role: row.id, name: row.name, basedOn: row.basedOn })),
  ]
  return all.filter(({ role }) => beyondGiving(question, role, law).length === 0)
}

const saidBy = (rules: readonly Override[]) => rules.toSorted((a, b) => a.depth - b.depth)[0]

/** What one capability of a role comes to where this law holds, with and without what the place itself says. */
export function rulingOf(role: RoleKey, one: Capability, law: Pick<Law, 'overrides' | 'roles'>) {
  const own = law.overrides.filter(rule => rule.role === role && rule.capability === one)
  const above = own.filter(rule => rule.depth > 0)
  const holds = (overrides: readonly Override[]) =>
    decide({ siteRole: 'guest', held: [{ role, depth: 0 }], overrides, roles: law.roles }, one)
  return {
    here: own.find(rule => rule.depth === 0)?.permission ?? ('inherit' as const),
    inherited: holds(above),
    allowed: holds(own),
    // A prohibition further up outweighs whatever stands nearer.
    decider: above.find(rule => rule.permission === 'prohibit') ?? saidBy(above),
  }
}

/** What a role comes to in a place, by each capability that counts there, and from where. Throws `not-found`. */
export async function listRulings(ctx: Ctx, role: RoleKey, context: ContextRef): Promise<Ruling[]> {
  await getRole(ctx, role)
  const way = await wayUp(ctx, context)
  const law = (await lawIn(ctx, [context]))(context)
  const own = new Set(await capabilitiesIn(ctx, context))
  return capabilities.flatMap(capability => {
    const { decider, ...ruling } = rulingOf(role, capability, law)
    // What was said once and does nothing here is shown, so that it can be taken back.
    if (!countsIn(context.kind, capability) && ruling.here === 'inherit') return []
    const place = decider && way[decider.depth]
    return {
      capability,
      ...ruling,
      from: decider && place ? { place, permission: decider.permission } : null,
      mayChange: own.has(capability),
    }
  })
}

/** What roles that were made here are called, removed ones too. */
export const customRoleNames = namesFrom('select id, name from custom_roles where id = any($1::uuid[])')
