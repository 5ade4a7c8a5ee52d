// Sets providers up, changes, removes and brings them back. Who may was asked by the door. A secret is sealed and never
// told, not even to the trail.
import { demand, Problem } from '#protocol/base/problems.ts'
import { mostProviders, type ProviderId, type ProviderSettings } from '#protocol/providers.ts'
import { audit } from '#server/features/audit/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { seal } from '#server/platform/seal.ts'
import { listProviders, secretPurpose } from '../queries.ts'
import { demandDomains } from '../rules.ts'
import { identities, providers } from '../tables.ts'

type Given<Secret> = ProviderSettings & { readonly providerId: ProviderId; readonly secret?: Secret | undefined }

const record = (ctx: WriteCtx, verb: string, id: ProviderId, details: object = {}) =>
  audit.record(ctx, { verb: `provider.${verb}`, subject: { kind: 'provider', id }, details: { ...details } })

// 'lect' and 'oidc' in ASCII: what is set up, brought back and moved to another issuer goes one after the other.
const lock = (ctx: WriteCtx) => ctx.sql('select pg_advisory_xact_lock($1, $2)', [0x6c656374, 0x6f696463])

async function demandOwnIssuer(issuer: string, id: ProviderId): Promise<void> {
  const same = await providers.findOne({ where: { issuer, removedAt: null }, raw: true })
  demand(same === null || same.id === id, 'issuer-known', {
    params: { name: same?.name },
    errors: [{ path: 'issuer', code: 'issuer_known' }],
  })
}

async function readBack(ctx: WriteCtx, id: ProviderId) {
  const [provider] = await listProviders(ctx, id)
  if (!provider) throw new Problem('not-found')
  return { provider }
}

/**
 * Sets a provider up. Throws `not-found`, `issuer-known`, `too-many`, `malformed` at `domains`, `conflict` for an id
 * that is used.
 */
export async function createProvider(ctx: WriteCtx, { providerId: id, secret, ...settings }: Given<string>) {
  demandDomains(settings)
  await lock(ctx)
  demand((await providers.findByPk(id)) === null, 'conflict')
  const count = await providers.count({ where: { removedAt: null } })
  demand(count < mostProviders, 'too-many', { params: { most: mostProviders } })
  await demandOwnIssuer(settings.issuer, id)
  const sealedSecret = secret === undefined ? null : seal(secretPurpose, secret)
  await providers.create({ ...settings, id, sealedSecret, version: 0, removedAt: null, createdAt: ctx.now })
  await record(ctx, 'created', id, settings)
  return readBack(ctx, id)
}

const plain = (value: unknown): unknown => (Array.isArray(value) ? value.join(' ') : value)

/** Changes one. Throws `conflict`, `issuer-in-use` for another issuer while people are connected, and what `createProvider` throws. */
export async function changeProvider(
  ctx: WriteCtx,
  { providerId: id, version, secret, ...settings }: Given<string | null> & { readonly version: number },
) {
  demandDomains(settings)
  await lock(ctx)
  const row = await providers.findOne({ where: { id, removedAt: null }, lock: true, raw: true })
  if (!row) throw new Problem('not-found')
  demand(row.version === version, 'conflict')
  if (row.issuer !== settings.issuer) {
    await demandOwnIssuer(settings.issuer, id)
    const connected = await identities.count({ where: { issuer: row.issuer } })
    demand(connected === 0, 'issuer-in-use', { errors: [{ path: 'issuer', code: 'issuer_in_use' }] })
    // Else whoever may change the address could have the kept secret sent to themselves.
    const told = secret !== undefined || row.sealedSecret === null
    demand(told, 'malformed', { errors: [{ path: 'secret', code: 'secret_again' }] })
  }
  const sealed = secret === undefined ? {} : { sealedSecret: secret === null ? null : seal(secretPurpose, secret) }
  await providers.update({ ...settings, ...sealed, version: version + 1 }, { where: { id } })
  const keys = Object.keys(settings) as (keyof ProviderSettings)[]
  await record(ctx, 'changed', id, {
    before: Object.fromEntries(keys.map(key => [key, plain(row[key])])),
    after: Object.fromEntries(keys.map(key => [key, plain(settings[key])])),
    ...(secret === undefined ? {} : { secret: 'changed' }),
  })
  return readBack(ctx, id)
}

/** Takes one from the door. Those connected stay so, for when it is brought back. */
export async function removeProvider(ctx: WriteCtx, id: ProviderId): Promise<void> {
  const [removed] = await providers.update({ removedAt: ctx.now }, { where: { id, removedAt: null } })
  if (removed > 0) await record(ctx, 'removed', id)
}

/** Brings one back. Throws `not-found`, `issuer-known` when another took its place. */
export async function restoreProvider(ctx: WriteCtx, id: ProviderId): Promise<void> {
  await lock(ctx)
  const row = await providers.findByPk(id, { raw: true })
  if (!row) throw new Problem('not-found')
  if (row.removedAt === null) return
  await demandOwnIssuer(row.issuer, id)
  await providers.update({ removedAt: null, version: row.version + 1 }, { where: { id } })
  await record(ctx, 'restored', id)
}
