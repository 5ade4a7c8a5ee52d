// Profiles as a reader may see them: the fields that are for them, and pictures of people they have met.
import type { AvatarId, Profile, ProfileField } from '#protocol/accounts/profile.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import { type Ctx, demandAccount } from '#server/platform/ctx.ts'
import { mayFill, maySeeField, maySeeSelf, type Standing } from '../rules.ts'
import { avatars, type ProfileFieldRow, profileFields, profileValues } from '../tables.ts'
import { getAccount } from './accounts.ts'
import { acquaintances } from './acquaintance.ts'

/** A row as it travels. */
export const fieldView = (row: ProfileFieldRow): ProfileField => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  options: row.options,
  seenBy: row.seenBy,
  filledBy: row.filledBy,
  version: row.version,
})

/** The fields that are asked for now, in their order. */
export const listFields = (): Promise<ProfileFieldRow[]> =>
  profileFields.findAll({
    where: { removedAt: null },
    order: [
      ['place', 'ASC'],
      ['id', 'ASC'],
    ],
    raw: true,
  })

/** How the reader stands to somebody; undefined for a stranger. */
async function standingTo(ctx: Ctx, accountId: AccountId): Promise<Standing | undefined> {
  const who = demandAccount(ctx.who)
  if (who.accountId === accountId) return 'self'
  if (who.siteRole === 'administrator') return 'administrator'
  return (await acquaintances(ctx, who.accountId, [accountId])).get(accountId)
}

/** Throws `not-found` for a stranger's profile and for an erased one. */
export async function demandKnown(ctx: Ctx, accountId: AccountId): Promise<void> {
  demand((await standingTo(ctx, accountId)) !== undefined, 'not-found')
  const row = await getAccount(accountId)
  demand(row.erasedAt === null && row.mergedInto === null, 'not-found')
}

/** A profile, as whoever asks may see it. Throws `not-found` for a stranger's and for an erased one. */
export async function readProfile(ctx: Ctx, accountId: AccountId): Promise<Profile> {
  const standing = await standingTo(ctx, accountId)
  demand(standing !== undefined, 'not-found')
  const row = await getAccount(accountId)
  demand(row.erasedAt === null && row.mergedInto === null, 'not-found')
  const values = await profileValues.findAll({ where: { accountId }, raw: true })
  const filled = new Map(values.map(one => [one.fieldId, one.value]))
  const open = maySeeSelf(standing, row)
  const fields = (await listFields())
    .filter(field => open && maySeeField(standing, field.seenBy))
    .map(field => ({ field: fieldView(field), value: filled.get(field.id) ?? '', mayFill: mayFill(standing, field) }))
    .filter(one => one.mayFill || one.value !== '')
  const avatar = await avatars.findByPk(accountId, { attributes: ['id'], raw: true })
  return {
    accountId,
    name: row.name,
    kind: row.kind,
    pronouns: open ? row.pronouns : '',
    bio: open ? row.bio : '',
    timeZone: row.timeZone,
    avatarId: open ? (avatar?.id ?? null) : null,
    fields,
    email: standing === 'self' || standing === 'administrator' ? row.email : null,
  }
}

interface Found {
  readonly accountId: AccountId
  readonly avatarId: AvatarId
}

/** Whose pictures of these people the reader may see. */
export async function findAvatars(ctx: Ctx, accountIds: readonly AccountId[]): Promise<Found[]> {
  const who = demandAccount(ctx.who)
  const found = await ctx.sql<Found & { minor: boolean }>(
    `select v.account_id as "accountId", v.id as "avatarId", a.minor from avatars v join accounts a on a.id = v.account_id
      where v.account_id = any($1::uuid[])`,
    [accountIds],
  )
  if (found.length === 0 || who.siteRole === 'administrator') return found
  const met = await acquaintances(
    ctx,
    who.accountId,
    found.map(one => one.accountId),
  )
  return found.filter(one => {
    const standing = one.accountId === who.accountId ? 'self' : met.get(one.accountId)
    return standing !== undefined && maySeeSelf(standing, one)
  })
}

/** The bytes of a picture, WebP. Throws `not-found`, also for a stranger's. */
export async function readAvatar(ctx: Ctx, avatarId: AvatarId): Promise<Buffer> {
  const row = await avatars.findOne({ where: { id: avatarId }, raw: true })
  demand(row !== null, 'not-found')
  const standing = await standingTo(ctx, row.accountId)
  demand(standing !== undefined && maySeeSelf(standing, await getAccount(row.accountId)), 'not-found')
  return row.image
}
