// What cohorts owe a person: which they are in.
import type { AccountHooks } from '#server/platform/feature.ts'
import { exportCohorts } from '../queries.ts'
import { cohortMembers } from '../tables.ts'

export const accountHooks: AccountHooks = {
  columns: ['cohort_members.account_id'],
  export: async (ctx, accountId) => ({ cohorts: await exportCohorts(ctx, accountId) }),
  erase: async (_ctx, accountId) => {
    await cohortMembers.destroy({ where: { accountId } })
  },
  merge: async (ctx, from, into) => {
    await ctx.sql(
      `insert into cohort_members (cohort_id, account_id, at)
       select cohort_id, $2, at from cohort_members where account_id = $1 on conflict do nothing`,
      [from, into],
    )
    await cohortMembers.destroy({ where: { accountId: from } })
  },
}
