// What rules of the whole school say about people where no place below it could: between two of them. Two queries for any number.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Capability, SiteRole } from '#protocol/base/roles.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { site, takenByRule } from '../rules.ts'
import { lawIn } from './law.ts'

/**
 * Those of these people from whom a rule of the whole school takes something that needs no role: as a place would decide in
 * which they hold every role that they hold anywhere, and about which only the school says something.
 */
export async function takenBySchool(
  ctx: Ctx,
  accountIds: readonly AccountId[],
  capability: Capability,
): Promise<ReadonlySet<AccountId>> {
  const { overrides, roles } = (await lawIn(ctx, [site]))(site)
  // Nearly every school says nothing about it.
  if (accountIds.length === 0 || !overrides.some(one => one.capability === capability)) return new Set()
  const rows = await ctx.sql<{ id: AccountId; site_role: SiteRole; held: string[] }>(
    `select a.id, a.site_role, array(select distinct h.role from roles_held h where h.account_id = a.id) as held
     from accounts a where a.id = any($1::uuid[])`,
    [accountIds],
  )
  const taken = rows.filter(({ site_role: siteRole, held }) =>
    takenByRule({ siteRole, held: held.map(role => ({ role, depth: 0 })), overrides, roles }, capability),
  )
  return new Set(taken.map(one => one.id))
}
