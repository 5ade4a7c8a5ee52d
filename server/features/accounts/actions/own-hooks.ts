// What accounts itself owes a person: their row, devices, invitations and remembered operations.
import { Op } from 'sequelize'
import { schoolId, schoolScope } from '#protocol/accounts/people.ts'
import { userScope } from '#protocol/accounts.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { forgetOperations, moveOperations } from '#server/platform/db/operations.ts'
import { blankEvents } from '#server/platform/events/log.ts'
import type { AccountHooks } from '#server/platform/feature.ts'
import { formerName } from '../rules.ts'
import { accessTokens, accounts, avatars, invitations, peopleLookups, profileValues, sessions } from '../tables.ts'
import { bumpUser } from './bump.ts'
import { eraseLookups, mergeLookups } from './lookups.ts'
import { tellEnded } from './sessions.ts'

export const ownHooks: AccountHooks = {
  columns: [
    'accounts.id',
    'accounts.merged_into',
    'sessions.account_id',
    'sessions.guest_id',
    'access_tokens.account_id',
    'invitations.invited_by',
    'invitations.used_by',
    'invitations.account_id',
    'avatars.account_id',
    'profile_values.account_id',
    'people_lookups.account_id',
    'operations.author',
    'events.actor',
  ],
  // The row that goes leads to the one that stays; a link for its password is ended and leads nowhere; an event says who
  // acted as it was told then, and is gone with the kept tail.
  kept: ['accounts.id', 'invitations.account_id', 'events.actor'],

  files: async (_ctx, accountId) => {
    const row = await avatars.findByPk(accountId, { raw: true })
    return row ? [{ name: 'picture.webp', open: async () => row.image }] : []
  },
  stays: {
    'accounts.id': 'record',
    'accounts.merged_into': 'trail',
    'invitations.invited_by': 'trail',
    'invitations.used_by': 'trail',
    'invitations.account_id': 'trail',
    'events.actor': 'trail',
  },
  export: async (ctx, accountId) => ({
    account: await accounts.findByPk(accountId, { attributes: { exclude: ['passwordHash'] }, raw: true }),
    devices: await sessions.findAll({
      where: { accountId },
      attributes: { exclude: ['tokenHash', 'guestId'] },
      raw: true,
    }),
    accessTokens: await accessTokens.findAll({
      where: { accountId },
      attributes: { exclude: ['tokenHash'] },
      raw: true,
    }),
    // Whom somebody invited is not theirs to take away: the addresses stay here.
    invitations: await invitations.findAll({
      where: { invitedBy: accountId },
      attributes: { exclude: ['tokenHash', 'email'] },
      raw: true,
    }),
    cameBy: await invitations.findAll({
      where: { usedBy: accountId },
      attributes: { exclude: ['tokenHash', 'invitedBy'] },
      raw: true,
    }),
    picture: await avatars.findByPk(accountId, { attributes: ['id', 'at'], raw: true }),
    profileFields: await ctx.sql(
      `select f.name, v.value from profile_values v join profile_fields f on f.id = v.field_id
        where v.account_id = $1 order by f.place`,
      [accountId],
    ),
    addressesLookedUp: await peopleLookups.findAll({
      where: { accountId },
      attributes: ['day', 'addresses'],
      raw: true,
    }),
  }),

  erase: async (ctx, accountId) => {
    const row = await accounts.findByPk(accountId)
    if (!row) return
    await tellEnded(ctx, accountId, 'erased')
    await sessions.update({ guestId: null }, { where: { guestId: accountId } })
    await accessTokens.destroy({ where: { accountId } })
    await invitations.update({ email: null }, { where: { usedBy: accountId } })
    await invitations.update({ revokedAt: ctx.now }, { where: { accountId, usedAt: null, revokedAt: null } })
    if (row.email !== null) await invitations.update({ email: null }, { where: { email: row.email } })
    await forgetOperations(ctx, accountId)
    await eraseLookups(ctx, accountId)
    await avatars.destroy({ where: { accountId } })
    await profileValues.destroy({ where: { accountId } })
    const name = formerName(accountId, row.kind)
    await row.update({
      name,
      pronouns: '',
      bio: '',
      email: null,
      passwordHash: null,
      siteRole: row.kind === 'guest' ? 'guest' : 'member',
      demo: null,
      erasedAt: ctx.now,
      version: row.version + 1,
    })
    await blankEvents(ctx.client, userScope, accountId, 'profileChanged', {})
    ctx.announce(userScope, accountId, { kind: 'profileChanged', body: { name } })
    if (row.kind === 'member') ctx.announce(schoolScope, schoolId, { kind: 'accountErased', body: { accountId } })
  },

  merge: async (ctx, from: AccountId, into: AccountId) => {
    // What a guest did goes once, to whoever it went to now.
    await sessions.update({ guestId: null }, { where: { guestId: from } })
    // What a shut account was signed in on opens nobody else's.
    if ((await accounts.count({ where: { id: from, suspendedAt: { [Op.ne]: null } } })) > 0)
      await sessions.destroy({ where: { accountId: from } })
    else await sessions.update({ accountId: into }, { where: { accountId: from } })
    // A program was let in as the account it was made for, and as nobody else.
    await accessTokens.destroy({ where: { accountId: from } })
    await invitations.update({ invitedBy: into }, { where: { invitedBy: from } })
    await invitations.update({ revokedAt: ctx.now }, { where: { accountId: from, usedAt: null, revokedAt: null } })
    await invitations.update({ usedBy: into }, { where: { usedBy: from } })
    await moveOperations(ctx, from, into)
    await mergeLookups(ctx, from, into)
    // What the second one says of themselves stands; what only the first one said goes over.
    for (const [table, key] of [
      ['avatars', 'true'],
      ['profile_values', 'o.field_id = m.field_id'],
    ])
      await ctx.sql(
        `delete from ${table} m where m.account_id = $1
           and exists (select from ${table} o where o.account_id = $2 and ${key})`,
        [from, into],
      )
    await avatars.update({ accountId: into }, { where: { accountId: from } })
    await profileValues.update({ accountId: into }, { where: { accountId: from } })
    await accounts.update({ mergedInto: into, email: null, passwordHash: null }, { where: { id: from } })
    await bumpUser(ctx, into, 'courses')
    await bumpUser(ctx, into, 'grades')
  },
}
