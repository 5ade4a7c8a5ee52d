// What accounts itself owes a person: their row, devices, invitations and remembered operations.
import { Op } from 'sequelize'
import { userScope } from '#protocol/accounts.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { forgetOperations, moveOperations } from '#server/platform/db/operations.ts'
import { blankEvents } from '#server/platform/events/log.ts'
import type { AccountHooks } from '#server/platform/feature.ts'
import { accessTokens, accounts, invitations, sessions } from '../tables.ts'
import { bumpUser } from './accounts.ts'

/** What stands where a name was. */
const erasedName = 'Removed account'

export const ownHooks: AccountHooks = {
  columns: [
    'accounts.id',
    'accounts.merged_into',
    'sessions.account_id',
    'access_tokens.account_id',
    'invitations.invited_by',
    'invitations.used_by',
    'operations.author',
    'events.actor',
  ],

  export: async (_ctx, accountId) => ({
    account: await accounts.findByPk(accountId, { attributes: { exclude: ['passwordHash'] }, raw: true }),
    devices: await sessions.findAll({ where: { accountId }, attributes: { exclude: ['tokenHash'] }, raw: true }),
    accessTokens: await accessTokens.findAll({
      where: { accountId },
      attributes: { exclude: ['tokenHash'] },
      raw: true,
    }),
    invitations: await invitations.findAll({
      where: { [Op.or]: [{ invitedBy: accountId }, { usedBy: accountId }] },
      attributes: { exclude: ['tokenHash'] },
      raw: true,
    }),
  }),

  erase: async (ctx, accountId) => {
    const row = await accounts.findByPk(accountId)
    if (!row) return
    await sessions.destroy({ where: { accountId } })
    await accessTokens.destroy({ where: { accountId } })
    await invitations.update({ email: null }, { where: { usedBy: accountId } })
    if (row.email !== null) await invitations.update({ email: null }, { where: { email: row.email } })
    await forgetOperations(ctx, accountId)
    await row.update({
      name: erasedName,
      email: null,
      passwordHash: null,
      siteRole: row.kind === 'guest' ? 'guest' : 'member',
      demo: null,
      erasedAt: ctx.now,
      version: row.version + 1,
    })
    await blankEvents(ctx.client, userScope, accountId, 'profileChanged', {})
    ctx.announce(userScope, accountId, { kind: 'profileChanged', body: { name: erasedName } })
  },

  merge: async (ctx, from: AccountId, into: AccountId) => {
    await sessions.update({ accountId: into }, { where: { accountId: from } })
    // A program was let in as the account it was made for, and as nobody else.
    await accessTokens.destroy({ where: { accountId: from } })
    await invitations.update({ invitedBy: into }, { where: { invitedBy: from } })
    await invitations.update({ usedBy: into }, { where: { usedBy: from } })
    await moveOperations(ctx, from, into)
    await accounts.update({ mergedInto: into, email: null, passwordHash: null }, { where: { id: from } })
    await bumpUser(ctx, into, 'courses')
    await bumpUser(ctx, into, 'grades')
  },
}
