// What this feature itself owes a person: their copy goes with them, and the words of their wish.
import { privacyScope } from '#protocol/privacy.ts'
import type { AccountHooks } from '#server/platform/feature.ts'
import { dataExports, erasures } from '../tables.ts'
import { dropExport } from './export.ts'

export const accountHooks: AccountHooks = {
  columns: [
    'data_exports.account_id',
    'data_exports.asked_by',
    'erasures.account_id',
    'erasures.decided_by',
    'course_holds.held_by',
  ],
  stays: { 'erasures.account_id': 'trail', 'erasures.decided_by': 'trail', 'course_holds.held_by': 'trail' },
  export: async (_ctx, accountId) => ({
    copies: await dataExports.findAll({ where: { accountId }, attributes: ['askedAt', 'state'], raw: true }),
    wishes: await erasures.findAll({
      where: { accountId },
      attributes: ['state', 'reason', 'askedAt', 'decidedAt', 'decision'],
      raw: true,
    }),
  }),
  erase: async (ctx, accountId) => {
    await dropExport(ctx, accountId)
    await ctx.sql('update data_exports set asked_by = account_id where asked_by = $1', [accountId])
    await erasures.update({ reason: '' }, { where: { accountId } })
  },
  // A copy says what was kept about one of the two; a wish that waits was theirs.
  merge: async (ctx, from, into) => {
    await dropExport(ctx, from)
    await erasures.update({ state: 'withdrawn', reason: '' }, { where: { accountId: from, state: 'asked' } })
    await dataExports.update({ askedBy: into }, { where: { askedBy: from } })
    await erasures.update({ accountId: into }, { where: { accountId: from } })
    await ctx.sql('update course_holds set held_by = $2 where held_by = $1', [from, into])
    await erasures.update({ decidedBy: into }, { where: { decidedBy: from } })
    ctx.announce(privacyScope, from, { kind: 'erasureChanged', body: { erasure: null } })
  },
}
