// The links by which new people come in: what they have in common, and the one-time link of the first administrator.
// Each works once; only hashes are kept.
import type { NextStep } from '#protocol/accounts.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import type { SiteRole } from '#protocol/base/roles.ts'
import { audit } from '#server/features/audit/index.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import { hashSecret, newId, newSecret } from '#server/platform/db/id.ts'
import { demandStrong } from '../rules.ts'
import { type AccountRow, accounts, type SetupTokenRow, sessions, setupTokens } from '../tables.ts'
import { createMember, ownView } from './accounts.ts'
import { hashPassword } from './passwords.ts'
import { nextStepOf } from './proof.ts'
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

/** Throws `link-unknown`, `link-used`, `link-expired`. */
export function demandUsable<L extends Link>(link: L | null, now: Date): asserts link is L {
  demand(link !== null, 'link-unknown')
  demand(link.usedAt === null, 'link-used')
  demand(link.expiresAt > now, 'link-expired')
}

/** Throws what `demandUsable` throws, and `administrator-exists` when this server was set up meanwhile. */
export async function demandSetupLink(ctx: Ctx, token: string): Promise<void> {
  demandUsable(await setupTokens.findOne({ where: { tokenHash: hashSecret(token) } }), ctx.now)
  demand(!(await hasAdministrator()), 'administrator-exists')
}

/** Is there an administrator beside those of the demo school? */
export const hasAdministrator = async (): Promise<boolean> =>
  (await accounts.count({ where: { siteRole: 'administrator', demo: null, erasedAt: null } })) > 0

/** Makes a one-time link's token for the first administrator. Throws `administrator-exists`. */
export async function createSetupToken(ctx: WriteCtx): Promise<string> {
  demand(!(await hasAdministrator()), 'administrator-exists')
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
  demand(!(await hasAdministrator()), 'administrator-exists')
  await setupTokens.update({ usedAt: ctx.now }, { where: { id: row.id } })
  return 'administrator'
}

/** Signs this device in unless something is still asked of the account, and answers that. */
export async function enterByLink(ctx: WriteCtx, row: AccountRow): Promise<NextStep | null> {
  const next = await nextStepOf(ctx, row)
  if (!next) await startSession(ctx, row)
  return next
}

/**
 * Gives an account that exists a password; every device is signed out. Throws `link-withdrawn` when the account was shut
 * or is gone.
 */
export async function comeBack(ctx: WriteCtx, accountId: AccountId, name: string, passwordHash: string) {
  const row = await accounts.findByPk(accountId, { lock: true })
  demand(row !== null && row.suspendedAt === null && row.erasedAt === null && row.mergedInto === null, 'link-withdrawn')
  await sessions.destroy({ where: { accountId } })
  await row.update({ passwordHash, name, version: row.version + 1 })
  await audit.record(ctx, {
    verb: 'account.password-changed',
    subject: { kind: 'account', id: accountId },
    actor: accountId,
  })
  ctx.rightsChanged(accountId)
  return row
}

/**
 * Answers what makes the first administrator and signs them in. Throws what `demandSetupLink` throws, `email-taken`,
 * `weak-password`.
 */
export async function prepareSetup(ctx: Ctx, person: NewPerson) {
  await demandSetupLink(ctx, person.token)
  demandStrong(person.password, person.email, 'password')
  const passwordHash = await hashPassword(person.password)
  return async (tx: WriteCtx) => {
    const siteRole = await useSetup(tx, person.token)
    const row = await createMember(tx, { ...person, siteRole, passwordHash })
    // The first of a school: nobody can have asked for more than the password yet.
    await startSession(tx, row)
    return { account: ownView(row) }
  }
}
