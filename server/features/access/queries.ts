// Asks the rules about a person in a place: one query reads the roles on the way up the tree. It decides nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { Capability, Role, SiteRole } from '#protocol/base/roles.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { type ContextRef, decide, decideAll, type Held, mayKnow, nearestRole, type Question, site } from './rules.ts'

type HeldRole = Held & { readonly role: Role; readonly assigned_at: Date }

const rolesUpwards = `
  with recursive way as (
    select kind, id, parent_kind, parent_id, 0 as depth from contexts where kind = $2 and id = $3
    union all
    select c.kind, c.id, c.parent_kind, c.parent_id, way.depth + 1
    from contexts c join way on c.kind = way.parent_kind and c.id = way.parent_id
    where way.depth < 16
  )
  select r.role, r.assigned_at, way.depth from way
  join role_assignments r on r.context_kind = way.kind and r.context_id = way.id and r.account_id = $1
  order by way.depth`

const heldIn = (ctx: Ctx, accountId: string, context: ContextRef): Promise<HeldRole[]> =>
  ctx.sql<HeldRole>(rolesUpwards, [accountId, context.kind, context.id])

async function questionOf(
  ctx: Ctx,
  context: ContextRef,
): Promise<Omit<Question, 'held'> & { readonly held: readonly HeldRole[] }> {
  if (ctx.who.kind === 'nobody') return { siteRole: undefined, held: [] }
  const { siteRole, accountId } = ctx.who
  // Nothing on the way up could change the answer.
  if (siteRole === 'administrator') return { siteRole, held: [] }
  return { siteRole, held: await heldIn(ctx, accountId, context) }
}

/** May `ctx.who` do this here? One query; none for administrators and for nobody. */
export const may = async (ctx: Ctx, capability: Capability, context: ContextRef): Promise<boolean> =>
  decide(await questionOf(ctx, context), capability)

/** May this account do this here? For judging somebody who does not ask themselves. One query at most. */
export async function accountMay(
  ctx: Ctx,
  { accountId, siteRole }: { readonly accountId: AccountId; readonly siteRole: SiteRole },
  capability: Capability,
  context: ContextRef,
): Promise<boolean> {
  const held = siteRole === 'administrator' ? [] : await heldIn(ctx, accountId, context)
  return decide({ siteRole, held }, capability)
}

/**
 * Throws unless `ctx.who` may do this here: `not-signed-in` for nobody, `not-found` for who may not even know of the
 * place, else `not-allowed`.
 */
export async function demandMay(ctx: Ctx, capability: Capability, context: ContextRef): Promise<void> {
  const question = await questionOf(ctx, context)
  if (decide(question, capability)) return
  if (question.siteRole === undefined) throw new Problem('not-signed-in')
  throw new Problem(context.kind === site.kind || mayKnow(question) ? 'not-allowed' : 'not-found')
}

/**
 * Since when `ctx.who` may do this here: since the first of the roles that allow it was given; null for those whom none
 * of them lets in, such as administrators. One query at most.
 */
export async function entitledSince(ctx: Ctx, capability: Capability, context: ContextRef): Promise<Date | null> {
  const { siteRole, held } = await questionOf(ctx, context)
  const times = held.filter(role => decide({ siteRole, held: [role] }, capability)).map(role => role.assigned_at)
  return times.length === 0 ? null : new Date(Math.min(...times.map(time => new Date(time).getTime())))
}

/** Everything `ctx.who` may do here. */
export const capabilitiesIn = async (ctx: Ctx, context: ContextRef): Promise<Capability[]> =>
  decideAll(await questionOf(ctx, context))

/** The role an account holds here, or else nearest above; undefined when it holds none. Site roles do not count. */
export const roleIn = async (ctx: Ctx, accountId: AccountId, context: ContextRef): Promise<Role | undefined> =>
  nearestRole(await heldIn(ctx, accountId, context))
