// What Today says of wishes to be erased, to whoever decides about them.

import type { AccountId } from '#protocol/base/ids.ts'
import { may, mayEach, site } from '#server/features/access/index.ts'
import type { TodaySource } from '#server/features/courses/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'

/** How many wait, in one line that leads to them. */
export const erasuresToday: TodaySource = async ctx => {
  if (!(await may(ctx, 'account.manage', site))) return []
  const [row] = await ctx.sql<{ count: number }>(`select count(*)::int as count from erasures where state = 'asked'`)
  const count = row?.count ?? 0
  if (count === 0) return []
  const item = { kind: 'erasure', refId: site.id }
  return [{ kind: 'decide', item, title: '', courseId: null, courseTitle: '', at: null, detail: { count } }]
}

/** Everybody who decides: administrators, and whoever was given a role of the whole school that may. */
export async function listDeciding(ctx: Ctx): Promise<AccountId[]> {
  const rows = await ctx.sql<{ id: AccountId }>(
    `select id from accounts where site_role = 'administrator' and suspended_at is null and erased_at is null
     union select account_id from granted_roles where context_kind = 'site'`,
  )
  const asked = rows.map(one => ({ accountId: one.id, context: site }))
  const decides = await mayEach(ctx, asked)
  return asked.filter(one => decides(one, 'account.manage')).map(one => one.accountId)
}
