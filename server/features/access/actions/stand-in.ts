// What somebody supposed holds, in a transaction that is taken back: a role, and a place that is not in preparation any
// more. Nothing of it is ever committed, so it says nothing to open sockets.
import type { RoleKey } from '#protocol/access.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { type ContextRef, isCourseRole } from '../rules.ts'

interface Supposed {
  readonly accountId: AccountId
  readonly role: RoleKey
  readonly context: ContextRef
}

/** Gives the role, as by enrolment or beside one, and opens a place that is a draft. Only inside `readSupposing`. */
export async function supposeRole(ctx: Ctx, { accountId, role, context }: Supposed): Promise<void> {
  await ctx.sql(
    isCourseRole(role)
      ? `insert into role_assignments (account_id, context_kind, context_id, role, assigned_at) values ($1, $2, $3, $4, $5)`
      : `insert into granted_roles (account_id, context_kind, context_id, role, granted_at) values ($1, $2, $3, $4, $5)`,
    [accountId, context.kind, context.id, role, ctx.now],
  )
  await ctx.sql(`update contexts set phase = 'open' where kind = $1 and id = $2 and phase = 'draft'`, [
    context.kind,
    context.id,
  ])
}
