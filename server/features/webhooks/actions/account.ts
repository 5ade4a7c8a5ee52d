// What webhooks owe a person: that nothing about them waits to be told any more. Messages hold ids alone and go with their
// age.
import type { AccountHooks } from '#server/platform/feature.ts'
import { waitingGrades } from '../tables.ts'

export const accountHooks: AccountHooks = {
  columns: ['webhook_grades.account_id'],
  // What waits is no more than the grade itself, which grades exports.
  export: async () => ({}),
  erase: async (_ctx, accountId) => {
    await waitingGrades.destroy({ where: { accountId } })
  },
  merge: async (ctx, from, into) => {
    await ctx.sql(
      `insert into webhook_grades (grade_item_id, account_id)
       select grade_item_id, $2 from webhook_grades where account_id = $1 on conflict do nothing`,
      [from, into],
    )
    await waitingGrades.destroy({ where: { accountId: from } })
  },
}
