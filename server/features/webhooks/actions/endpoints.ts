// Sets up where webhooks go. Rights were asked by the door. What is recorded never holds a secret.
import { randomBytes } from 'node:crypto'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { DepartmentId } from '#protocol/organisation.ts'
import type { EventType } from '#protocol/webhooks/events.ts'
import { type Endpoint, type EndpointId, mostEndpoints, type PauseReason } from '#protocol/webhooks.ts'
import { audit } from '#server/features/audit/index.ts'
import { isDepartment } from '#server/features/organisation/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { BarredAddress } from '#server/platform/http/guard.ts'
import { mayPostTo } from '#server/platform/http/post-outside.ts'
import { seal } from '#server/platform/seal.ts'
import { getEndpoint, secretPurpose } from '../queries/endpoints.ts'
import { oldSecretMs, secretBytes, secretText } from '../rules.ts'
import { type EndpointRow, endpoints, messages } from '../tables.ts'
import { endpointsChanged, moved } from './moved.ts'

const record = (
  ctx: WriteCtx,
  verb: string,
  { id, address }: Pick<EndpointRow, 'id' | 'address'>,
  details: Record<string, unknown> = {},
) => audit.record(ctx, { verb: `webhook.${verb}`, subject: { kind: 'webhook', id }, details: { address, ...details } })

/**
 * Looks whether an address may be called, and its name up: before any transaction. Throws `malformed` at `address`: form,
 * scheme, credentials, port, private or unknown.
 */
export async function demandCallable(address: string): Promise<void> {
  try {
    await mayPostTo(address)
  } catch (error) {
    if (!(error instanceof BarredAddress)) throw error
    throw new Problem('malformed', { errors: [{ path: 'address', code: error.why }] })
  }
}

const newSecret = (): string => secretText(randomBytes(secretBytes))

/** The row, locked to the commit. Throws `not-found`, for a removed one too. */
async function locked(id: EndpointId): Promise<EndpointRow> {
  const row = await endpoints.findOne({ where: { id, removedAt: null }, lock: true, raw: true })
  if (!row) throw new Problem('not-found')
  return row
}

const demandDepartment = async (id: DepartmentId | null): Promise<void> =>
  demand(id === null || (await isDepartment(id)), 'not-found')

export interface NewEndpoint {
  readonly address: string
  readonly description: string
  readonly types: readonly EventType[]
  readonly departmentId: DepartmentId | null
}

/** Adds an endpoint; its secret is told here and never again. Throws `too-many`, `not-found`. */
export async function createEndpoint(
  ctx: WriteCtx,
  { address, description, types, departmentId }: NewEndpoint,
): Promise<{ endpoint: Endpoint; secret: string }> {
  await demandDepartment(departmentId)
  const standing = await endpoints.count({ where: { removedAt: null } })
  demand(standing < mostEndpoints, 'too-many', { params: { most: mostEndpoints } })
  const secret = newSecret()
  const row: EndpointRow = {
    ...{ id: newId<'WebhookEndpoint'>(), address, description, types: [...new Set(types)], departmentId, paused: null },
    ...{ sealedSecret: seal(secretPurpose, secret), sealedOldSecret: null, oldSecretUntil: null },
    ...{ lastSuccessAt: null, failingSince: null, version: 0, createdAt: ctx.now, removedAt: null },
  }
  await endpoints.create(row)
  await record(ctx, 'created', row, { types: row.types, departmentId })
  endpointsChanged(ctx)
  return { endpoint: await getEndpoint(ctx, row.id), secret }
}

export interface EndpointChange {
  readonly endpointId: EndpointId
  readonly version: number
  readonly address?: string | undefined
  readonly description?: string | undefined
  readonly types?: readonly EventType[] | undefined
  readonly departmentId?: DepartmentId | null | undefined
}

/** Changes an endpoint; what waits goes to the new address. Throws `conflict` with the current one, `not-found`. */
export async function changeEndpoint(ctx: WriteCtx, change: EndpointChange): Promise<Endpoint> {
  const row = await locked(change.endpointId)
  if (row.version !== change.version)
    throw new Problem('conflict', { params: { current: await getEndpoint(ctx, row.id) } })
  const { departmentId = row.departmentId } = change
  if (departmentId !== row.departmentId) await demandDepartment(departmentId)
  const next = {
    address: change.address ?? row.address,
    description: change.description ?? row.description,
    types: [...new Set(change.types ?? row.types)],
    departmentId,
  }
  // What another server did not take says nothing of the one it goes to now.
  const anew = next.address === row.address ? {} : { failingSince: null }
  await endpoints.update({ ...next, ...anew, version: row.version + 1 }, { where: { id: row.id } })
  const before = { address: row.address, types: row.types, departmentId: row.departmentId }
  await record(ctx, 'changed', { ...row, ...next }, { before, after: next })
  endpointsChanged(ctx)
  return getEndpoint(ctx, row.id)
}

/**
 * Gives it a new secret, told here and never again. The one before signs beside it for a day; one before that no more.
 * Throws `not-found`.
 */
export async function rotateSecret(ctx: WriteCtx, id: EndpointId): Promise<{ endpoint: Endpoint; secret: string }> {
  const row = await locked(id)
  const secret = newSecret()
  await endpoints.update(
    {
      ...{ sealedSecret: seal(secretPurpose, secret), sealedOldSecret: row.sealedSecret },
      oldSecretUntil: new Date(ctx.now.getTime() + oldSecretMs),
    },
    { where: { id } },
  )
  await record(ctx, 'rotated', row)
  endpointsChanged(ctx)
  return { endpoint: await getEndpoint(ctx, id), secret }
}

/** Keeps what waits to be sent, so that nothing goes out. */
const keepWaiting = (id: EndpointId) =>
  messages.update({ state: 'kept', nextAt: null, lease: null }, { where: { endpointId: id, state: 'waiting' } })

/** Pauses an endpoint whose row is locked. Paused already, it stays so for its first reason. */
export async function pauseRow(ctx: WriteCtx, row: EndpointRow, why: PauseReason): Promise<void> {
  if (row.paused !== null) return
  await endpoints.update({ paused: why }, { where: { id: row.id } })
  await keepWaiting(row.id)
  await record(ctx, 'paused', row, { why })
  endpointsChanged(ctx)
  moved(ctx, 'not due')
}

/** Pauses an endpoint by hand. Throws `not-found`. */
export async function pauseEndpoint(ctx: WriteCtx, id: EndpointId): Promise<Endpoint> {
  await pauseRow(ctx, await locked(id), 'by-hand')
  return getEndpoint(ctx, id)
}

/** Lets what comes from now on go out; what was kept goes out when somebody sends it again. Throws `not-found`. */
export async function resumeEndpoint(ctx: WriteCtx, id: EndpointId): Promise<Endpoint> {
  const row = await locked(id)
  if (row.paused !== null) {
    await endpoints.update({ paused: null, failingSince: null }, { where: { id } })
    await record(ctx, 'resumed', row)
    endpointsChanged(ctx)
  }
  return getEndpoint(ctx, id)
}

/** Takes an endpoint away; what waited is kept with it. Throws `not-found`. */
export async function removeEndpoint(ctx: WriteCtx, id: EndpointId): Promise<void> {
  const row = await locked(id)
  await endpoints.update({ removedAt: ctx.now }, { where: { id } })
  await keepWaiting(id)
  await record(ctx, 'removed', row)
  endpointsChanged(ctx)
}

/** Brings it back with its secret and its messages. Throws `not-found`, `too-many`. */
export async function restoreEndpoint(ctx: WriteCtx, id: EndpointId): Promise<void> {
  const row = await endpoints.findByPk(id, { lock: true, raw: true })
  if (!row) throw new Problem('not-found')
  if (row.removedAt === null) return
  const standing = await endpoints.count({ where: { removedAt: null } })
  demand(standing < mostEndpoints, 'too-many', { params: { most: mostEndpoints } })
  await endpoints.update({ removedAt: null }, { where: { id } })
  await record(ctx, 'restored', row)
  endpointsChanged(ctx)
}
