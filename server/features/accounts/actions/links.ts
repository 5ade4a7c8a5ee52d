// The links by which new people come in: invitations, and the one-time link of the first administrator. Each works
// once; only hashes are kept. Unknown, used and run out are one answer.
import type { InvitationId } from '#protocol/accounts.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { SiteRole } from '#protocol/base/roles.ts'
import { audit } from '#server/features/audit/index.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import { hashSecret, newId, newSecret } from '#server/platform/db/id.ts'
import { demandAccount, demandStrong, mayManageAccounts } from '../rules.ts'
import { accounts, type InvitationRow, invitations, type SetupTokenRow, setupTokens } from '../tables.ts'
import { createMember, ownView } from './accounts.ts'
import { hashPassword } from './passwords.ts'
import { startSession } from './sessions.ts'

const dayMs = 86_400_000
const setupDays = 2

export interface NewPerson {
  readonly token: string
  readonly name: string
  readonly email: string
  readonly password: string
  readonly locale?: string | undefined
  readonly timeZone?: string | undefined
}

interface Link {
  readonly usedAt: Date | null
  readonly expiresAt: Date
}

function demandUsable<L extends Link>(link: L | null, now: Date): asserts link is L {
  demand(link !== null && link.usedAt === null && link.expiresAt > now, 'link-used')
}

/** Makes an invitation and answers its token, this once. */
export async function invite(
  ctx: WriteCtx,
  input: {
    email?: string | undefined
    siteRole: 'administrator' | 'member'
    courseId?: string | undefined
    days: number
  },
): Promise<{ id: InvitationId; token: string; expiresAt: string }> {
  demand(mayManageAccounts(ctx.who))
  const { accountId } = demandAccount(ctx.who)
  const token = newSecret()
  const id = newId<'Invitation'>()
  const expiresAt = new Date(ctx.now.getTime() + input.days * dayMs)
  await invitations.create({
    id,
    tokenHash: hashSecret(token),
    email: input.email ?? null,
    siteRole: input.siteRole,
    courseId: input.courseId ?? null,
    invitedBy: accountId,
    createdAt: ctx.now,
    expiresAt,
  })
  await audit.record(ctx, {
    verb: 'invitation.created',
    subject: { kind: 'invitation', id },
    details: { email: input.email ?? null, siteRole: input.siteRole },
  })
  return { id, token, expiresAt: expiresAt.toISOString() }
}

/** An invitation that can still be used. Throws `link-used`. */
export async function getInvitation(ctx: Ctx, token: string): Promise<InvitationRow> {
  const row = await invitations.findOne({ where: { tokenHash: hashSecret(token) } })
  demandUsable(row, ctx.now)
  return row
}

/** Throws `link-used` unless the set-up link works and nobody has set this server up. */
export async function demandSetupLink(ctx: Ctx, token: string): Promise<void> {
  demandUsable(await setupTokens.findOne({ where: { tokenHash: hashSecret(token) } }), ctx.now)
  demand(!(await hasAdministrator()), 'link-used')
}

/** Is there an administrator beside those of the demo school? */
export const hasAdministrator = async (): Promise<boolean> =>
  (await accounts.count({ where: { siteRole: 'administrator', demo: null, erasedAt: null } })) > 0

/** Makes a one-time link's token for the first administrator. Throws `link-used` when there is one. */
export async function createSetupToken(ctx: WriteCtx): Promise<string> {
  demand(!(await hasAdministrator()), 'link-used')
  const token = newSecret()
  await setupTokens.create({
    id: newId(),
    tokenHash: hashSecret(token),
    createdAt: ctx.now,
    expiresAt: new Date(ctx.now.getTime() + setupDays * dayMs),
  })
  return token
}

// Of two that use one link at once, the second waits for the first and then finds it used.
async function useSetup(ctx: WriteCtx, token: string): Promise<SiteRole> {
  const row: SetupTokenRow | null = await setupTokens.findOne({ where: { tokenHash: hashSecret(token) }, lock: true })
  demandUsable(row, ctx.now)
  demand(!(await hasAdministrator()), 'link-used')
  await setupTokens.update({ usedAt: ctx.now }, { where: { id: row.id } })
  return 'administrator'
}

async function comeIn(ctx: WriteCtx, person: NewPerson, siteRole: SiteRole, passwordHash: string) {
  const row = await createMember(ctx, { ...person, siteRole, passwordHash })
  await startSession(ctx, row)
  return row
}

/** Answers what makes the first administrator and signs them in. */
export async function prepareSetup(ctx: Ctx, person: NewPerson) {
  await demandSetupLink(ctx, person.token)
  demandStrong(person.password, person.email, 'password')
  const passwordHash = await hashPassword(person.password)
  return async (tx: WriteCtx) => {
    const siteRole = await useSetup(tx, person.token)
    return { account: ownView(await comeIn(tx, person, siteRole, passwordHash)) }
  }
}

/** Answers what makes the invited person's account and signs them in. */
export async function prepareAcceptance(ctx: Ctx, person: NewPerson) {
  const invited = await getInvitation(ctx, person.token)
  if (invited.email !== null && invited.email !== person.email)
    throw new Problem('malformed', { errors: [{ path: 'email', code: 'email_other' }] })
  demandStrong(person.password, person.email, 'password')
  const passwordHash = await hashPassword(person.password)
  return async (tx: WriteCtx) => {
    const row = await invitations.findOne({ where: { tokenHash: hashSecret(person.token) }, lock: true })
    demandUsable(row, tx.now)
    const account = await comeIn(tx, person, row.siteRole, passwordHash)
    await row.update({ usedAt: tx.now, usedBy: account.id })
    await audit.record(tx, {
      verb: 'invitation.accepted',
      subject: { kind: 'invitation', id: row.id },
      actor: account.id,
    })
    return { account: ownView(account) }
  }
}
