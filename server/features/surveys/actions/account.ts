// What surveys owe a person: what they answered under their name, back and gone with their account. What was answered
// without a name can't be found by it, and stays.
import type { AccountHooks } from '#server/platform/feature.ts'
import { exportAnswers } from '../queries/surveys.ts'

const owned = ['survey_answers', 'survey_participants'] as const

export const accountHooks: AccountHooks = {
  columns: ['survey_answers.account_id', 'survey_participants.account_id'],
  export: async (ctx, accountId) => ({ surveys: await exportAnswers(ctx, accountId) }),
  erase: async (ctx, accountId) => {
    for (const name of owned) await ctx.sql(`delete from ${name} where account_id = $1`, [accountId])
  },
  // Where both answered, what stands under the account that stays is kept.
  merge: async (ctx, from, into) => {
    for (const name of owned) {
      await ctx.sql(
        `delete from ${name} d using ${name} i
          where d.account_id = $1 and i.account_id = $2 and i.survey_id = d.survey_id`,
        [from, into],
      )
      await ctx.sql(`update ${name} set account_id = $2 where account_id = $1`, [from, into])
    }
  },
}
