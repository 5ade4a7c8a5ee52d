// Who may look up how many addresses.
import { spendLookups } from '#server/features/accounts/index.ts'
import { accountOf, type Ctx } from '#server/platform/ctx.ts'
import { may } from '../queries/decision.ts'
import { site } from '../rules.ts'

/**
 * Takes so many addresses from the budget of whoever asks, unless they manage the site, who see every account anyway. Before
 * the transaction that answers. Throws `slow-down`.
 */
export async function countLookups(ctx: Ctx, addresses: number): Promise<void> {
  if (!(await may(ctx, 'site.manage', site))) await spendLookups(ctx, accountOf(ctx.who), addresses)
}
