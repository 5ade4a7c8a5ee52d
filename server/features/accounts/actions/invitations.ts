// Invitations: made by administrators or, into a course, by those who may enrol there; each works once. Only a hash of
// the token is kept; the token has 128 random bits, so that saying why one does not work tells nobody of another.
import { Op } from 'sequelize'
import { type BuiltInInvitedRole, builtInInvitedRole, type InvitationId, type InvitedRole } from '#protocol/accounts.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import type { MailFate } from '#protocol/mail.ts'
import { audit } from '#server/features/audit/index.ts'
import { type Ctx, demandAccount, type WriteCtx } from '#server/platform/ctx.ts'
import { hashSecret, newId, newSecret } from '#server/platform/db/id.ts'
import { mailIsSetUp } from '#server/platform/mail/mailer.ts'
import { fatesOf, takeBackLetters } from '#server/platform/mail/outbox.ts'
import { getAccount } from '../queries/accounts.ts'
import { demandStrong, invitationAbout, mayManageAccounts } from '../rules.ts'
import { accounts, type InvitationRow, invitations } from '../tables.ts'
import { createMember, ownView } from './accounts.ts'
import { type InvitationTarget, invitationEffect } from './invitation-effect.ts'
import { postInvitation } from './letters.ts'
import { comeBack, demandUsable, enterByLink, type NewPerson } from './links.ts'
import { hashPassword } from './passwords.ts'

const dayMs = 86_400_000

/** More open links than anybody hands out; past it, old ones must be used or taken back first. */
const mostOpen = 200

/** Addresses that one person invites in a day: what goes out by mail must not become a flood of it. */
const mostADay = 500
/** A link is sent again to the same address after so many seconds at the earliest. */
const againAfter = 60

async function demandMailsLeft(ctx: Ctx, invitedBy: AccountId): Promise<void> {
  const since = new Date(ctx.now.getTime() - dayMs)
  const today = await invitations.count({
    where: { invitedBy, email: { [Op.ne]: null }, createdAt: { [Op.gt]: since } },
  })
  demand(today < mostADay, 'slow-down', { params: { retryAfter: 3_600 } })
}

export interface NewInvitation {
  readonly email?: string | undefined
  readonly siteRole: 'administrator' | 'member'
  readonly courseId?: string | undefined
  readonly role?: InvitedRole | undefined
  readonly days: number
}

const isBuiltIn = (role: InvitedRole): role is BuiltInInvitedRole => builtInInvitedRole.safeParse(role).success

/** A node of the version before lets in by `role` alone: beside a role made here it is the least there is. */
function asStored(role: InvitedRole | undefined): Pick<InvitationRow, 'role' | 'custom'> {
  if (role === undefined) return { role: null, custom: null }
  return isBuiltIn(role) ? { role, custom: null } : { role: 'learner', custom: role }
}

/**
 * Makes an invitation and answers its token, this once. Throws `malformed`, `slow-down`, `not-allowed`, `not-found`,
 * `too-many`; into a course `beyond-own`, `not-here`, `is-template` of the role.
 */
export async function invite(
  ctx: WriteCtx,
  input: NewInvitation,
): Promise<{ id: InvitationId; token: string; expiresAt: string }> {
  const { accountId } = demandAccount(ctx.who)
  const { courseId } = input
  const role = courseId === undefined ? undefined : (input.role ?? 'learner')
  if (courseId === undefined) {
    demand(mayManageAccounts(ctx.who))
    demand(input.role === undefined, 'malformed', { errors: [{ path: 'role', code: 'no_course' }] })
  } else {
    await invitationEffect().demandMayInvite(ctx, courseId, role)
    demand(input.siteRole === 'member' || mayManageAccounts(ctx.who))
  }
  const open = await invitations.count({
    where: { invitedBy: accountId, usedAt: null, revokedAt: null, expiresAt: { [Op.gt]: ctx.now } },
  })
  demand(open < mostOpen, 'too-many', { params: { most: mostOpen } })
  if (input.email !== undefined) await demandMailsLeft(ctx, accountId)
  const token = newSecret()
  const id = newId<'Invitation'>()
  const expiresAt = new Date(ctx.now.getTime() + input.days * dayMs)
  const made = {
    id,
    accountId: null,
    email: input.email ?? null,
    siteRole: input.siteRole,
    courseId: courseId ?? null,
    ...asStored(role),
    invitedBy: accountId,
    createdAt: ctx.now,
    expiresAt,
  }
  await invitations.create({ ...made, tokenHash: hashSecret(token) })
  await postInvitation(ctx, made, token)
  await audit.record(ctx, {
    verb: 'invitation.created',
    subject: { kind: 'invitation', id },
    details: { email: input.email ?? null, siteRole: input.siteRole, courseId: courseId ?? null, role: role ?? null },
  })
  return { id, token, expiresAt: expiresAt.toISOString() }
}

const targetOf = (row: InvitationRow): InvitationTarget | undefined => {
  const role = row.custom ?? row.role
  return row.courseId !== null && role !== null ? { courseId: row.courseId, role, invitedAt: row.createdAt } : undefined
}

export interface UsableInvitation {
  readonly row: InvitationRow
  readonly invitedBy: string
  /** The course it leads into, if it does. */
  readonly target: (InvitationTarget & { readonly title: string }) | undefined
  /** Whose new password it is for, when they asked for the link themselves. */
  readonly newPassword: { readonly name: string } | null
}

/** An invitation that can still be used by anybody, whoever made it included. Throws `link-unknown`, `link-used`,
 * `link-expired`, `link-withdrawn`, `inviter-gone`, `role-gone`, and `not-found` where its course is gone. */
export async function usableInvitation(
  ctx: Ctx,
  token: string,
  lock: 'to read' | 'to use' = 'to read',
): Promise<UsableInvitation> {
  const where = { tokenHash: hashSecret(token) }
  const row = await invitations.findOne({ where, ...(lock === 'to use' ? { lock: true } : {}) })
  demandUsable(row, ctx.now)
  demand(row.revokedAt === null, 'link-withdrawn')
  const inviter = await getAccount(row.invitedBy)
  demand(inviter.suspendedAt === null && inviter.erasedAt === null, 'inviter-gone')
  const { id: accountId, siteRole, name } = inviter
  if (row.accountId === accountId) return { row, invitedBy: name, target: undefined, newPassword: { name } }
  const target = targetOf(row)
  if (!target || row.siteRole === 'administrator') demand(siteRole === 'administrator', 'inviter-gone')
  if (!target) return { row, invitedBy: name, target: undefined, newPassword: await newPasswordOf(row) }
  const title = await invitationEffect().titleOf(ctx, target.courseId)
  demand(title !== undefined, 'not-found')
  await demandStands(row)
  demand(await invitationEffect().stillMay(ctx, { accountId, siteRole }, target), 'inviter-gone')
  return { row, invitedBy: name, target: { ...target, title }, newPassword: null }
}

/** Throws `role-gone` where the role made here that it leads to is no longer given. */
async function demandStands({ custom }: InvitationRow): Promise<void> {
  demand(custom === null || (await invitationEffect().stands(custom)), 'role-gone')
}

/** Whose password a link sets anew; null where it is their first, or makes an account. */
async function newPasswordOf({ accountId }: InvitationRow): Promise<UsableInvitation['newPassword']> {
  const account = accountId === null ? null : await getAccount(accountId)
  return account !== null && account.passwordHash !== null ? { name: account.name } : null
}

async function markUsed(ctx: WriteCtx, id: InvitationId, accountId: AccountId): Promise<void> {
  await invitations.update({ usedAt: ctx.now, usedBy: accountId }, { where: { id } })
  await audit.record(ctx, { verb: 'invitation.accepted', subject: { kind: 'invitation', id }, actor: accountId })
}

function demandMeant(row: InvitationRow, email: string | null): void {
  demand(row.email === null || row.email.toLowerCase() === email?.toLowerCase(), 'link-not-yours')
}

/**
 * Answers what makes the invited person's account, or opens the one the link is for, lets them into the course, if
 * there is one, and signs them in as far as a password does. Throws what `usableInvitation` throws, `link-not-yours`,
 * `email-taken`, `weak-password`.
 */
export async function prepareAcceptance(ctx: Ctx, person: NewPerson) {
  const { row: invited } = await usableInvitation(ctx, person.token)
  demandMeant(invited, person.email)
  demandStrong(person.password, person.email, 'password')
  const passwordHash = await hashPassword(person.password)
  return async (tx: WriteCtx) => {
    // Of two that use one link at once, the second waits here and then finds it used.
    const { row, target } = await usableInvitation(tx, person.token, 'to use')
    const account = row.accountId
      ? await comeBack(tx, row.accountId, person.name, passwordHash)
      : await createMember(tx, { ...person, siteRole: row.siteRole, passwordHash })
    await markUsed(tx, row.id, account.id)
    // Whoever has chosen a password needs no other link to do so, nor shall anybody else have one.
    if (row.accountId)
      await invitations.update(
        { revokedAt: tx.now },
        { where: { accountId: account.id, usedAt: null, revokedAt: null } },
      )
    if (target) await invitationEffect().admit(tx, account.id, target)
    // After the course: a role in it may be what asks for the second step.
    const next = await enterByLink(tx, account)
    return { account: ownView(account), courseId: target?.courseId ?? null, next }
  }
}

/**
 * Lets the person who is signed in into the invitation's course, without a new account. Whoever is in already uses
 * nothing up. Throws what `usableInvitation` throws, `link-not-yours`, `not-allowed` for guests, `taken-out`.
 */
export async function joinByInvitation(ctx: WriteCtx, token: string): Promise<{ courseId: string; title: string }> {
  const { accountId } = demandAccount(ctx.who)
  const { row, target } = await usableInvitation(ctx, token, 'to use')
  demand(target !== undefined && row.accountId === null, 'not-found')
  const account = await accounts.findByPk(accountId, { rejectOnEmpty: true })
  demand(account.kind === 'member')
  demandMeant(row, account.email)
  if ((await invitationEffect().admit(ctx, accountId, target)) === 'came') await markUsed(ctx, row.id, accountId)
  return { courseId: target.courseId, title: target.title }
}

/** An invitation that whoever asks may take back or send again. Throws `not-found`, `not-allowed`. */
async function ownInvitation(ctx: Ctx, id: InvitationId, lock: 'to read' | 'to change'): Promise<InvitationRow> {
  demandAccount(ctx.who)
  const row = await invitations.findByPk(id, { raw: true, ...(lock === 'to change' ? { lock: true } : {}) })
  // Who asked for a new password has nothing to do with anybody else.
  demand(row !== null && row.accountId !== row.invitedBy, 'not-found')
  if (row.courseId === null) demand(mayManageAccounts(ctx.who), 'not-found')
  else await invitationEffect().demandMayInvite(ctx, row.courseId)
  return row
}

/** Takes an open invitation back. Throws `not-found`, `not-allowed`, and `link-used` when somebody was faster. */
export async function revokeInvitation(ctx: WriteCtx, id: InvitationId): Promise<void> {
  const row = await ownInvitation(ctx, id, 'to change')
  if (row.revokedAt !== null) return
  demand(row.usedAt === null, 'link-used')
  await invitations.update({ revokedAt: ctx.now }, { where: { id } })
  await takeBackLetters(ctx, invitationAbout(id))
  await audit.record(ctx, { verb: 'invitation.revoked', subject: { kind: 'invitation', id } })
}

/**
 * Sends a new link to the address of an open invitation; the earlier one ends, since nobody knows it any more. Throws
 * `link-unknown`, `mail-off`, `link-used`, `link-withdrawn`, `link-expired`, `slow-down` right after the last;
 * `not-found` without an address; `not-allowed`, `beyond-own`, `role-gone`, `is-template` of its role.
 */
export async function sendInvitation(ctx: WriteCtx, id: InvitationId): Promise<void> {
  const row = await ownInvitation(ctx, id, 'to change')
  demand(mailIsSetUp(), 'mail-off')
  demandUsable(row, ctx.now)
  demand(row.revokedAt === null, 'link-withdrawn')
  demand(row.email !== null, 'not-found')
  const target = targetOf(row)
  if (target) {
    await demandStands(row)
    await invitationEffect().demandMayInvite(ctx, target.courseId, target.role)
  }
  const about = invitationAbout(id)
  const last = (await fatesOf(ctx, [about])).get(about)
  if (last && last.state !== 'failed') {
    const wait = againAfter - (ctx.now.getTime() - Date.parse(last.at)) / 1_000
    demand(wait <= 0, 'slow-down', { params: { retryAfter: Math.ceil(wait) } })
  }
  const token = newSecret()
  await invitations.update({ tokenHash: hashSecret(token) }, { where: { id } })
  await takeBackLetters(ctx, about)
  await postInvitation(ctx, row, token)
  await audit.record(ctx, { verb: 'invitation.sent', subject: { kind: 'invitation', id } })
}

/** What became of the mail with its link; null where none was written. Throws `not-found`, `not-allowed`. */
export async function invitationMail(ctx: Ctx, id: InvitationId): Promise<MailFate | null> {
  await ownInvitation(ctx, id, 'to read')
  const about = invitationAbout(id)
  return (await fatesOf(ctx, [about])).get(about) ?? null
}
