// Asks the rules about a person in a place: one query reads the roles on the way up the tree. It decides nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { Capability, CourseRole, SiteRole } from '#protocol/base/roles.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import {
  builtInRoles,
  type ContextKind,
  type ContextRef,
  decide,
  decideAll,
  forOneself,
  type Held,
  isCourseRole,
  judge,
  mayKnow,
  nearestRole,
  type Override,
  type Phase,
  type Question,
  site,
  strictest,
} from '../rules.ts'
import { bookWith, type Law } from './law.ts'

/** `countsAs`: what somebody is in a place by their enrolment, which a role made here may stand in for. */
type HeldRole = Held & { readonly assigned_at: Date; readonly countsAs: string | null }

// What is held and what is said about it are read at once: no permission costs more than one query.
const rolesUpwards = `
  with recursive way as (
    select kind, id, parent_kind, parent_id, phase, 0 as depth from contexts where kind = $2 and id = $3
    union all
    select c.kind, c.id, c.parent_kind, c.parent_id, c.phase, way.depth + 1
    from contexts c join way on c.kind = way.parent_kind and c.id = way.parent_id
    where way.depth < 16
  )
  select r.role, r.counts_as, r.assigned_at, way.depth, way.kind, way.id, way.phase, custom.capabilities,
    (select json_agg(json_build_object(
       'role', o.role, 'capability', o.capability, 'permission', o.permission, 'depth', w.depth))
     from way w join role_overrides o on o.context_kind = w.kind and o.context_id = w.id) as overrides
  from way
  left join roles_held r on r.context_kind = way.kind and r.context_id = way.id and r.account_id = $1
  left join custom_roles custom on custom.id::text = r.role and custom.removed_at is null
  order by way.depth`

interface UpwardsRow {
  readonly role: string | null
  readonly counts_as: string | null
  readonly assigned_at: Date
  readonly depth: number
  readonly kind: ContextKind
  readonly id: string
  readonly phase: Phase
  readonly capabilities: readonly Capability[] | null
  readonly overrides: readonly Override[] | null
}

export interface Upwards extends Law {
  readonly held: readonly HeldRole[]
  /** The place and what is above it, by depth. */
  readonly way: readonly ContextRef[]
}

const nothingHeld: Upwards = { held: [], overrides: [], roles: builtInRoles, phase: 'open', way: [] }

/** What an account holds on the way up from a place, and what the places say about it. One query. */
export async function upwards(ctx: Ctx, accountId: string, context: ContextRef): Promise<Upwards> {
  const rows = await ctx.sql<UpwardsRow>(rolesUpwards, [accountId, context.kind, context.id], 'access-upwards')
  const held = rows.flatMap(({ role, counts_as: countsAs, assigned_at, depth }) =>
    role === null ? [] : [{ role, countsAs, assigned_at, depth }],
  )
  const custom = rows.flatMap(({ role, capabilities }) => (role && capabilities ? [{ role, capabilities }] : []))
  const way = new Map(rows.map(({ depth, kind, id }) => [depth, { kind, id }]))
  return {
    held,
    overrides: rows[0]?.overrides ?? [],
    roles: bookWith(custom),
    phase: strictest(rows.map(row => row.phase)),
    way: [...way.values()],
  }
}

/** All that is asked about somebody in a place. */
export type PersonQuestion = Omit<Question, 'held'> & Law & { readonly held: readonly Held[] }

/** What the rules are asked about `ctx.who` in a place. One query; none for nobody, and for administrators about the site. */
export async function questionOf(ctx: Ctx, context: ContextRef): Promise<Omit<Question, 'held'> & Upwards> {
  if (ctx.who.kind === 'nobody') return { siteRole: undefined, ...nothingHeld }
  const { siteRole, accountId } = ctx.who
  // Nothing on the way up could change the answer.
  if (siteRole === 'administrator' && context.kind === site.kind) return { siteRole, ...nothingHeld }
  return { siteRole, ...(await upwards(ctx, accountId, context)) }
}

/** What is done with a place: what is over may still be read. */
export type Doing = 'reading' | 'writing'

// A transaction that announces is there to write; who writes later, or only reads in one, says so.
export const doingIn = (ctx: Ctx): Doing => ('announce' in ctx ? 'writing' : 'reading')

type Bounds = (capability: Capability, doing: Doing) => boolean

/** Somebody supposed never sees what whoever looks on may not see, but for what learners do for themselves alone. */
async function boundsIn({ behind, ...ctx }: Ctx, context: ContextRef): Promise<Bounds> {
  if (behind === undefined) return () => true
  const question = await questionOf({ ...ctx, who: behind }, context)
  return (capability, doing) => forOneself.has(capability) || judge(question, capability, doing) === 'allowed'
}

/** May `ctx.who` do this here, now? One query; none for administrators about the site and for nobody. */
export async function may(
  ctx: Ctx,
  capability: Capability,
  context: ContextRef,
  doing: Doing = doingIn(ctx),
): Promise<boolean> {
  if (judge(await questionOf(ctx, context), capability, doing) !== 'allowed') return false
  return (await boundsIn(ctx, context))(capability, doing)
}

/** May this account do this here? For judging somebody who does not ask themselves, as a reader. One query. */
export async function accountMay(
  ctx: Ctx,
  { accountId, siteRole }: { readonly accountId: AccountId; readonly siteRole: SiteRole },
  capability: Capability,
  context: ContextRef,
): Promise<boolean> {
  return judge({ siteRole, ...(await upwards(ctx, accountId, context)) }, capability, 'reading') === 'allowed'
}

/** What somebody may in a place, for whoever wants to know more than one thing of it. */
export interface StandingHere {
  readonly may: (capability: Capability) => boolean
  /** As `roleIn` says. */
  readonly role: CourseRole | undefined
  /** As `capabilitiesIn` says. */
  readonly capabilities: () => Capability[]
  /** May they read or write this one place further up? What is held in this very place does not count there. */
  readonly mayAbove: (capability: Capability, doing?: Doing) => boolean
}

/** The same question one place further up. */
const oneUp = <T extends { readonly depth: number }>(all: readonly T[]): T[] =>
  all.flatMap(one => (one.depth === 0 ? [] : [{ ...one, depth: one.depth - 1 }]))

const courseRoleOf = (held: readonly Omit<HeldRole, 'assigned_at'>[]): CourseRole | undefined =>
  nearestRole(
    held.flatMap(({ role, countsAs, depth }) => {
      const counts = countsAs ?? role
      return isCourseRole(counts) ? [{ role: counts, depth }] : []
    }),
  )

const allOf = (question: Question & Pick<Law, 'phase'>): Capability[] =>
  decideAll(question).filter(one => judge(question, one, 'writing') === 'allowed')

/**
 * Answers what else `ctx.who` may here, from the same query. Throws unless they may do this, now: `not-signed-in` for
 * nobody, `not-found` for who may not even know of the place, `not-published` where it is still prepared, `concluded` where it is over and this would write, else `not-allowed`.
 */
export async function demandMay(
  ctx: Ctx,
  capability: Capability,
  context: ContextRef,
  doing: Doing = doingIn(ctx),
): Promise<StandingHere> {
  const question = await questionOf(ctx, context)
  const judgement = judge(question, capability, doing)
  if (judgement === 'allowed') {
    const lets = await boundsIn(ctx, context)
    if (!lets(capability, doing)) throw new Problem('not-allowed')
    return {
      may: other => judge(question, other, doing) === 'allowed' && lets(other, doing),
      role: courseRoleOf(question.held),
      capabilities: () => allOf(question).filter(one => lets(one, 'writing')),
      mayAbove: (other, how = doing) => {
        const up = { ...question, held: oneUp(question.held), overrides: oneUp(question.overrides) }
        return judge(up, other, how) === 'allowed' && lets(other, how)
      },
    }
  }
  if (question.siteRole === undefined) throw new Problem('not-signed-in')
  if (judgement === 'hidden') throw new Problem('not-found')
  if (judgement !== 'refused') throw new Problem(judgement)
  throw new Problem(context.kind === site.kind || mayKnow(question) ? 'not-allowed' : 'not-found')
}

/** Throws `concluded` where a place is over: for what is written without a right, such as coming in by a code. One query. */
export async function demandNotOver(ctx: Ctx, context: ContextRef): Promise<void> {
  const [row] = await ctx.sql<{ phase: Phase }>('select phase from contexts where kind = $1 and id = $2', [
    context.kind,
    context.id,
  ])
  if (row?.phase === 'concluded') throw new Problem('concluded')
}

/**
 * Since when `ctx.who` may do this here: since the first of the roles that allow it was given; null for those whom none
 * of them lets in, such as administrators. One query at most.
 */
export async function entitledSince(ctx: Ctx, capability: Capability, context: ContextRef): Promise<Date | null> {
  const question = await questionOf(ctx, context)
  const lets = (role: HeldRole) => decide({ ...question, held: [role] }, capability)
  const times = question.held.filter(lets).map(role => role.assigned_at)
  return times.length === 0 ? null : new Date(Math.min(...times.map(time => new Date(time).getTime())))
}

/** Everything `ctx.who` may do here, now. Where a place is over, that is reading and what leads it through its life. */
export async function capabilitiesIn(ctx: Ctx, context: ContextRef): Promise<Capability[]> {
  const lets = await boundsIn(ctx, context)
  return allOf(await questionOf(ctx, context)).filter(one => lets(one, 'writing'))
}

/**
 * The role an account holds here, or else nearest above; undefined when it holds none. Site roles do not count; a role made
 * here counts as what it is based on where somebody is enrolled with it, and not where it was given beside an enrolment.
 */
export async function roleIn(ctx: Ctx, accountId: AccountId, context: ContextRef): Promise<CourseRole | undefined> {
  return courseRoleOf((await upwards(ctx, accountId, context)).held)
}
