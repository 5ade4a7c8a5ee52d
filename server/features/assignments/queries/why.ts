// Why somebody has no mark in the column of an assignment. Changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import type { WhyUnmarked } from '#server/features/grades/index.ts'

/** Handed in and not marked; not handed in, while it is taken or in time; over. Two queries. */
export const whyUnmarked: WhyUnmarked = async (ctx, assignmentIds, accountIds) => {
  const rows = await ctx.sql<{ id: string; account: AccountId; handIns: number }>(
    `select assignment_id as id, account_id as account, hand_ins as "handIns" from submissions
      where assignment_id = any($1::uuid[]) and account_id = any($2::uuid[]) and hand_ins > 0`,
    [[...assignmentIds], [...accountIds]],
  )
  const over = await ctx.sql<{ id: string }>(
    'select id from assignments where id = any($1::uuid[]) and coalesce(due_at, cut_off_at) < $2',
    [[...assignmentIds], ctx.now],
  )
  const given = new Set(rows.map(row => `${row.id} ${row.account}`))
  const past = new Set(over.map(row => row.id))
  return (assignmentId, accountId) =>
    given.has(`${assignmentId} ${accountId}`) ? 'unmarked' : past.has(assignmentId) ? 'missing' : 'not-yet'
}
