// Reads providers and who is connected at them. Changes nothing, and tells nobody a secret.
import { Transaction } from 'sequelize'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { Identity, OfferedProvider, Provider, ProviderId } from '#protocol/providers.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { unseal } from '#server/platform/seal.ts'
import { type IdentityRow, identities, type ProviderRow, providers } from './tables.ts'

/** What secrets are sealed for. */
export const secretPurpose = 'provider'

/** SQL for how many identities the account `a` can come in by now. */
export const usableIdentities = `select count(*)::int from identities i
  join providers p on p.issuer = i.issuer and p.enabled and p.removed_at is null where i.account_id = a.id`

/** The secret of a provider; undefined for a public client. Throws a fault when SECRET_KEY is not the one it was sealed under. */
export function secretOf(row: Pick<ProviderRow, 'sealedSecret'>): string | undefined {
  if (row.sealedSecret === null) return undefined
  const secret = unseal(secretPurpose, row.sealedSecret)
  if (secret === undefined) throw new Error('A sealed secret does not open: was SECRET_KEY changed?')
  return secret
}

/** A provider that is there and switched on; locked `to use`, nobody changes it before the commit. Throws `not-found`, `provider-off`. */
export async function openProvider(id: ProviderId, lock: 'to read' | 'to use' = 'to read'): Promise<ProviderRow> {
  const held = lock === 'to use' ? { lock: Transaction.LOCK.SHARE } : {}
  const row = await providers.findOne({ where: { id, removedAt: null }, ...held, raw: true })
  if (!row) throw new Problem('not-found')
  if (!row.enabled) throw new Problem('provider-off')
  return row
}

/** A provider must be set up still as it was when it was asked. Throws `sign-in-over`, and what `openProvider` throws. */
export async function demandUnchanged({ id, version }: Pick<ProviderRow, 'id' | 'version'>): Promise<void> {
  demand((await openProvider(id, 'to use')).version === version, 'sign-in-over')
}

/** A provider, removed or not; null when there never was one. */
export const findProvider = (id: ProviderId): Promise<ProviderRow | null> => providers.findByPk(id, { raw: true })

/** What is offered at the door, by name. */
export async function offeredProviders(): Promise<OfferedProvider[]> {
  const rows = await providers.findAll({ where: { enabled: true, removedAt: null }, order: ['name', 'id'], raw: true })
  return rows.map(({ id, name }) => ({ id, name }))
}

/** All of them as administrators see them, by name. */
export async function listProviders(ctx: Ctx, only?: ProviderId): Promise<Provider[]> {
  const rows = await ctx.sql<Provider>(
    `select p.id, p.name, p.issuer, p.client_id as "clientId", p.sealed_secret is not null as secret, p.scopes, p.newcomers,
       p.domains, p.vouched, p.minors, p.trusted, p.enabled, p.version,
       (select count(distinct i.account_id)::int from identities i where i.issuer = p.issuer) as people
     from providers p where p.removed_at is null and ($1::uuid is null or p.id = $1) order by lower(p.name), p.id`,
    [only ?? null],
  )
  return rows
}

/** The names of providers, for the trail. */
export async function providerNames(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await ctx.sql<{ id: string; name: string }>(
    'select id, name from providers where id = any($1::uuid[])',
    [ids],
  )
  return new Map(rows.map(row => [row.id, row.name]))
}

/** Whom an account elsewhere belongs to; null when nobody here has it. */
export const findIdentity = (issuer: string, subject: string): Promise<IdentityRow | null> =>
  identities.findOne({ where: { issuer, subject }, raw: true })

/** The connections of an account, oldest first. One whose provider is gone is called by its host. */
export async function listIdentities(ctx: Ctx, accountId: AccountId): Promise<Identity[]> {
  const rows = await ctx.sql<
    Pick<IdentityRow, 'id' | 'issuer' | 'label'> & {
      name: string | null
      usable: boolean
      created_at: Date
      last_used_at: Date | null
    }
  >(
    `select i.id, i.issuer, i.label, i.created_at, i.last_used_at, p.name, coalesce(p.enabled, false) as usable
       from identities i left join providers p on p.issuer = i.issuer and p.removed_at is null
      where i.account_id = $1 order by i.id`,
    [accountId],
  )
  return rows.map(row => ({
    id: row.id,
    provider: row.name ?? new URL(row.issuer).hostname,
    usable: row.usable,
    label: row.label,
    createdAt: new Date(row.created_at).toISOString(),
    lastUsedAt: row.last_used_at === null ? null : new Date(row.last_used_at).toISOString(),
  }))
}

/** All that is kept of somebody's connections. */
export const exportIdentities = (accountId: AccountId): Promise<IdentityRow[]> =>
  identities.findAll({ where: { accountId }, raw: true })
