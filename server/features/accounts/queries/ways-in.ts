// By how many ways somebody can come in: their password, and what later features keep for it. Changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Ctx } from '#server/platform/ctx.ts'

const ways: (() => string)[] = []

/**
 * Adds a way in: what answers SQL for a whole number, how many of it the account `a` can use now. Called once, when an index
 * is loaded; the SQL is asked for each time.
 */
export function registerWayIn(sql: () => string): void {
  ways.push(sql)
}

/** SQL for the number of ways of the account `a` beside the password. Read when asked: features add theirs as they load. */
export const otherWaysIn = (): string => ['0', ...ways.map(one => `(${one()})`)].join(' + ')

/** How many ways lead into an account. */
export async function countWaysIn(ctx: Ctx, accountId: AccountId): Promise<number> {
  const [row] = await ctx.sql<{ count: number }>(
    `select ((a.password_hash is not null)::int + ${otherWaysIn()})::int as count from accounts a where a.id = $1`,
    [accountId],
  )
  return row?.count ?? 0
}
