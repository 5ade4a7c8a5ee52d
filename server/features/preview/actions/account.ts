// What views of a person owe them: to read of each, in their copy too, and to be forgotten with them.
import type { AccountHooks } from '#server/platform/feature.ts'
import { exportViews } from '../queries.ts'
import { personViews } from '../tables.ts'

export const accountHooks: AccountHooks = {
  columns: ['person_views.account_id', 'person_views.viewer_id'],
  // Who looked stands for whom they looked at, under a pseudonym once they are gone themselves.
  stays: { 'person_views.viewer_id': 'trail' },
  export: async (ctx, accountId) => ({ views: await exportViews(ctx, accountId) }),
  erase: async (_ctx, accountId) => {
    await personViews.destroy({ where: { accountId } })
  },
  merge: async (_ctx, from, into) => {
    await personViews.update({ accountId: into }, { where: { accountId: from } })
    await personViews.update({ viewerId: into }, { where: { viewerId: from } })
  },
}
