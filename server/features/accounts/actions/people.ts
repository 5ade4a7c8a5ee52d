// What administrators do with people: add, let in, make administrators, merge, remove. Each is recorded.
import { profileScope } from '#protocol/accounts/profile.ts'
import type { InvitationId, KeptPart } from '#protocol/accounts.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import { audit } from '#server/features/audit/index.ts'
import { type Ctx, demandAccount, type WriteCtx } from '#server/platform/ctx.ts'
import { hashSecret, newId, newSecret } from '#server/platform/db/id.ts'
import { accounts, invitations } from '../tables.ts'
import { createMember } from './accounts.ts'
import { exportAccount } from './hooks.ts'
import { postInvitation } from './letters.ts'

/** How long a link by which a member chooses a password is good for. */
export const linkDays = 30

/** The account, if it still is somebody. Throws `not-found`. */
async function somebody(accountId: AccountId, lock: 'to read' | 'to change' = 'to read') {
  const row = await accounts.findByPk(accountId, lock === 'to change' ? { lock: true } : {})
  demand(row !== null && row.erasedAt === null && row.mergedInto === null, 'not-found')
  return row
}

/**
 * Makes a link by which a member chooses a password; earlier ones end. Throws `not-found`, `not-allowed` for guests and
 * the suspended.
 */
export async function makeSignInLink(
  ctx: WriteCtx,
  accountId: AccountId,
): Promise<{ id: InvitationId; token: string; expiresAt: string }> {
  const { accountId: invitedBy } = demandAccount(ctx.who)
  const row = await somebody(accountId, 'to change')
  demand(row.kind === 'member' && row.suspendedAt === null && row.email !== null)
  await invitations.update({ revokedAt: ctx.now }, { where: { accountId, usedAt: null, revokedAt: null } })
  const token = newSecret()
  const id = newId<'Invitation'>()
  const expiresAt = new Date(ctx.now.getTime() + linkDays * 86_400_000)
  const made = { id, accountId, invitedBy, expiresAt, email: row.email, courseId: null, role: null, custom: null }
  await invitations.create({
    ...made,
    tokenHash: hashSecret(token),
    siteRole: row.siteRole === 'administrator' ? 'administrator' : 'member',
    createdAt: ctx.now,
  })
  await postInvitation(ctx, made, token)
  await audit.record(ctx, { verb: 'account.link-made', subject: { kind: 'account', id: accountId } })
  return { id, token, expiresAt: expiresAt.toISOString() }
}

/**
 * Adds somebody who has nothing to sign in with yet, and makes the link that lets them in. Throws `not-found`,
 * `not-allowed`, `email-taken`.
 */
export async function addPerson(
  ctx: WriteCtx,
  person: { name: string; email: string; siteRole: 'administrator' | 'member' },
) {
  const { id } = await createMember(ctx, { ...person, passwordHash: null })
  return { accountId: id, link: await makeSignInLink(ctx, id) }
}

/**
 * Makes a member an administrator or takes that away again. Nobody does so to themselves: one always remains. Throws
 * `not-found` and `not-allowed`.
 */
export async function changeSiteRole(
  ctx: WriteCtx,
  accountId: AccountId,
  siteRole: 'administrator' | 'member',
): Promise<void> {
  const row = await somebody(accountId, 'to change')
  demand(row.kind === 'member')
  if (row.siteRole === siteRole) return
  const before = row.siteRole
  await row.update({ siteRole, version: row.version + 1 })
  await audit.record(ctx, {
    verb: 'account.role-changed',
    subject: { kind: 'account', id: accountId },
    details: { before: { siteRole: before }, after: { siteRole } },
  })
  ctx.announce(profileScope, accountId, { kind: 'changed', body: {} })
  ctx.rightsChanged(accountId)
}

/** Says whether a member is a minor. Open talks are judged anew at once. Throws `not-found` and `not-allowed`. */
export async function changeMinor(ctx: WriteCtx, accountId: AccountId, minor: boolean): Promise<void> {
  const row = await somebody(accountId, 'to change')
  demand(row.kind === 'member')
  if (row.minor === minor) return
  await row.update({ minor, version: row.version + 1 })
  const verb = minor ? 'account.minor-marked' : 'account.minor-unmarked'
  await audit.record(ctx, { verb, subject: { kind: 'account', id: accountId } })
  ctx.announce(profileScope, accountId, { kind: 'changed', body: {} })
  ctx.rightsChanged(accountId)
}

/** Notes which version of the school's text was agreed to; an older one than before changes nothing. */
export async function noteAgreed(ctx: WriteCtx, accountId: AccountId, version: number): Promise<void> {
  await ctx.sql('update accounts set agreed = greatest(agreed, $2) where id = $1', [accountId, version])
  ctx.rightsChanged(accountId)
}

/** What every feature keeps about an account, counted. Throws `not-found`. */
export async function countKept(ctx: Ctx, accountId: AccountId): Promise<KeptPart[]> {
  await somebody(accountId)
  const parts: KeptPart[] = []
  for (const [feature, kept] of Object.entries(await exportAccount(ctx, accountId)))
    for (const [part, value] of Object.entries(kept as Record<string, unknown>)) {
      const count = Array.isArray(value) ? value.length : value ? 1 : 0
      if (count > 0) parts.push({ feature, part, count })
    }
  return parts
}
