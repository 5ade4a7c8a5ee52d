// What is known of somebody's second step. Changes nothing.
import { escapeLiteral } from 'pg'
import { Op } from 'sequelize'
import type { NextStep } from '#protocol/accounts.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Passkey } from '#protocol/factors/passkeys.ts'
import { type FactorPolicy, factorPolicy } from '#protocol/factors.ts'
import { auditEntries } from '#server/features/audit/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { fixedHost } from '#server/platform/http/addresses.ts'
import { unseal } from '#server/platform/seal.ts'
import { mustHave } from './rules.ts'
import { type PasskeyRow, passkeys, type TotpFactorRow, totpFactors } from './tables.ts'

/** How the trail calls that a passkey was made. */
export const passkeyAdded = 'factor.passkey-added'

/** What keys are sealed for. */
export const keyPurpose = 'totp'

/** The key of an app. Throws a fault when SECRET_KEY is not the one it was sealed under. */
export function keyOf(row: Pick<TotpFactorRow, 'sealedKey'>): string {
  const key = unseal(keyPurpose, row.sealedKey)
  if (key === undefined) throw new Error('A sealed key does not open: was SECRET_KEY changed?')
  return key
}

/** The app that counts for an account; undefined without one. */
export async function findApp(accountId: AccountId): Promise<TotpFactorRow | undefined> {
  const row = await totpFactors.findByPk(accountId, { raw: true })
  return row?.confirmedAt ? row : undefined
}

/** SQL for how many passkeys open the account `a`: where PUBLIC_URL is set, those of its host alone. */
export function passkeysOf(): string {
  const host = fixedHost()
  const ofHost = host === undefined ? '' : ` and k.host = ${escapeLiteral(host)}`
  return `select count(*)::int from passkeys k where k.account_id = a.id${ofHost}`
}

/** The passkeys of an account, oldest first. */
export const listPasskeys = (accountId: AccountId): Promise<PasskeyRow[]> =>
  passkeys.findAll({ where: { accountId }, order: ['id'], raw: true })

/** A passkey as its owner sees it. */
export const passkeyView = (row: PasskeyRow): Passkey => ({
  id: row.id,
  name: row.name,
  host: row.host,
  synced: row.synced,
  createdAt: row.createdAt.toISOString(),
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
})

/** Whose a credential is; null when it is nobody's here. */
export const findPasskey = (credential: string): Promise<PasskeyRow | null> =>
  passkeys.findOne({ where: { credential }, raw: true })

/**
 * Whether a passkey was made for an account after a question was put. Read from the trail, which keeps it when the passkey
 * is gone: a question to make one is answered once.
 */
export const madePasskeySince = async (accountId: AccountId, at: Date): Promise<boolean> =>
  (await auditEntries.count({ where: { subjectId: accountId, verb: passkeyAdded, at: { [Op.gte]: at } } })) > 0

/** By what an account can take its second step; nothing when it has none. */
export async function meansOf(accountId: AccountId): Promise<NextStep['means']> {
  const app = await findApp(accountId)
  const count = await passkeys.count({ where: { accountId } })
  return [...(app ? (['app'] as const) : []), ...(count > 0 ? (['passkey'] as const) : [])]
}

/** Who must have a second step; nobody until somebody says so. */
export async function currentPolicy(ctx: Ctx): Promise<FactorPolicy> {
  const [row] = await ctx.sql<{ value: unknown }>("select value from settings where key = 'second-step'")
  return factorPolicy.safeParse(row?.value).data ?? 'nobody'
}

/** Must this account have one? Administrators, and who teaches or assists anywhere, are staff. */
export async function isRequired(ctx: Ctx, accountId: AccountId): Promise<boolean> {
  const policy = await currentPolicy(ctx)
  if (policy === 'nobody') return false
  const [row] = await ctx.sql<{ staff: boolean }>(
    `select a.site_role = 'administrator' or exists (
       select from roles_held h where h.account_id = a.id and h.role not in ('learner', 'guest')
     ) as staff from accounts a where a.id = $1`,
    [accountId],
  )
  return mustHave(policy, { staff: row?.staff ?? false })
}

/** How many recovery codes are left. */
export async function countRecovery(ctx: Ctx, accountId: AccountId): Promise<number> {
  const [row] = await ctx.sql<{ count: number }>(
    'select count(*)::int as count from recovery_codes where account_id = $1',
    [accountId],
  )
  return row?.count ?? 0
}
