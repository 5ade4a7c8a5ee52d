// What views of a person owe them: to read of each, in their copy too; and to forget why when they are erased.
import type { AccountHooks } from '#server/platform/feature.ts'
import { exportViews } from '../queries.ts'
import { personViews } from '../tables.ts'

export const accountHooks: AccountHooks = {
  columns: ['person_views.account_id', 'person_views.viewer_id'],
  // That somebody looked, and when, stands for good, as it does in the audit log: under pseudonyms.
  stays: { 'person_views.account_id': 'trail', 'person_views.viewer_id': 'trail' },
  export: async (ctx, accountId) => ({ views: await exportViews(ctx, accountId) }),
  erase: async (_ctx, accountId) => {
    await personViews.update({ reason: '' }, { where: { accountId } })
  },
  merge: async (_ctx, from, into) => {
    await personViews.update({ accountId: into }, { where: { accountId: from } })
    await personViews.update({ viewerId: into }, { where: { viewerId: from } })
  },
}
