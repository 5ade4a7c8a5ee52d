// What observing owes a person: told in their copy, over when they are gone, theirs under another account.
import { bumpUsers } from '#server/features/accounts/index.ts'
import type { AccountHooks } from '#server/platform/feature.ts'
import { exportLinks, observersOf } from '../queries/links.ts'
import { observations, observerCodes } from '../tables.ts'

export const accountHooks: AccountHooks = {
  columns: [
    'observations.observer_id',
    'observations.learner_id',
    'observations.made_by',
    'observations.ended_by',
    'observer_codes.learner_id',
  ],
  // Who observed whom, and who let them, stands for the others of it, under pseudonyms once they are gone.
  stays: {
    'observations.observer_id': 'trail',
    'observations.learner_id': 'trail',
    'observations.made_by': 'trail',
    'observations.ended_by': 'trail',
  },
  export: async (ctx, accountId) => ({ ...(await exportLinks(ctx, accountId)) }),
  erase: async (ctx, accountId) => {
    const observers = await observersOf(ctx, [accountId])
    await observerCodes.destroy({ where: { learnerId: accountId } })
    await ctx.sql(
      `update observations set ended_at = coalesce(ended_at, $2), ended_by = coalesce(ended_by, $1)
        where observer_id = $1 or learner_id = $1`,
      [accountId, ctx.now],
    )
    if (observers.length > 0) await bumpUsers(ctx, observers, 'observed')
  },
  merge: async (ctx, from, into) => {
    await observerCodes.update({ learnerId: into }, { where: { learnerId: from } })
    // The two were linked to each other, or to the same person: what stands with `into` stays.
    await ctx.sql(
      `delete from observations where (observer_id = $1 and learner_id = $2) or (observer_id = $2 and learner_id = $1)`,
      [from, into],
    )
    await ctx.sql(
      `delete from observations o where o.ended_at is null and (o.observer_id = $1 or o.learner_id = $1) and exists (
         select from observations k where k.ended_at is null
           and k.observer_id = case when o.observer_id = $1 then $2 else o.observer_id end
           and k.learner_id = case when o.learner_id = $1 then $2 else o.learner_id end)`,
      [from, into],
    )
    for (const column of ['observerId', 'learnerId', 'madeBy', 'endedBy'] as const)
      await observations.update({ [column]: into }, { where: { [column]: from } })
  },
}
