// Sets up the servers of meetings. Rights were asked by the door. What is recorded never holds a secret.
import { demand, Problem } from '#protocol/base/problems.ts'
import { mostServers, type ServerId, type ServerKind } from '#protocol/meetings/servers.ts'
import { audit } from '#server/features/audit/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { seal } from '#server/platform/seal.ts'
import { getServer, secretPurpose } from '../queries/servers.ts'
import { meetings, type ServerRow, servers } from '../tables.ts'

const record = (ctx: WriteCtx, verb: string, { id, name, kind, address }: ServerRow, details: object = {}) =>
  audit.record(ctx, {
    ...{ verb: `meeting-server.${verb}`, subject: { kind: 'meeting-server', id } },
    details: { name, kind, address, ...details },
  })

const demandSigner = ({ kind, appId }: Pick<ServerRow, 'kind' | 'appId'>) =>
  demand(kind !== 'jitsi' || appId !== '', 'malformed', { errors: [{ path: 'appId', code: 'too_small' }] })

export interface NewServer {
  readonly name: string
  readonly kind: ServerKind
  readonly address: string
  readonly appId: string
  readonly secret: string
}

/** Adds a server. Throws `malformed` at `appId`, `too-many`. */
export async function createServer(ctx: WriteCtx, { secret, ...given }: NewServer): Promise<ServerId> {
  demandSigner(given)
  const standing = await servers.count({ where: { removedAt: null } })
  demand(standing < mostServers, 'too-many', { params: { most: mostServers } })
  const row: ServerRow = {
    ...given,
    ...{ id: newId<'MeetingServer'>(), sealedSecret: seal(secretPurpose, secret) },
    ...{ version: 0, changedAt: ctx.now, removedAt: null },
  }
  await servers.create(row)
  await record(ctx, 'created', row)
  return row.id
}

export interface ServerChange {
  readonly serverId: ServerId
  readonly version: number
  readonly name?: string | undefined
  readonly address?: string | undefined
  readonly appId?: string | undefined
  readonly secret?: string | undefined
}

/**
 * Changes a server. A secret goes where it was written for: another address asks for it anew (`malformed` at `secret`).
 * Throws `conflict`, `not-found`, `malformed` at `appId`.
 */
export async function changeServer(ctx: WriteCtx, { serverId: id, version, ...given }: ServerChange): Promise<void> {
  const row = await servers.findOne({ where: { id, removedAt: null }, lock: true, raw: true })
  if (!row) throw new Problem('not-found')
  demand(row.version === version, 'conflict', { params: { current: { id, name: row.name, version: row.version } } })
  const next: ServerRow = {
    ...row,
    name: given.name ?? row.name,
    address: given.address ?? row.address,
    appId: given.appId ?? row.appId,
    sealedSecret: given.secret === undefined ? row.sealedSecret : seal(secretPurpose, given.secret),
    version: version + 1,
    changedAt: ctx.now,
  }
  demandSigner(next)
  demand(next.address === row.address || given.secret !== undefined, 'malformed', {
    errors: [{ path: 'secret', code: 'too_small' }],
  })
  await servers.update(next, { where: { id } })
  const told = ({ name, address, appId }: ServerRow) => ({ name, address, appId })
  const secret = given.secret === undefined ? {} : { secret: 'changed' }
  await record(ctx, 'changed', next, { before: told(row), after: { ...told(next), ...secret } })
}

/** Takes a server away. Throws `not-found`, `server-in-use` while meetings stand on it. */
export async function removeServer(ctx: WriteCtx, id: ServerId): Promise<void> {
  const row = await servers.findOne({ where: { id, removedAt: null }, lock: true, raw: true })
  if (!row) throw new Problem('not-found')
  demand((await meetings.count({ where: { serverId: id } })) === 0, 'server-in-use')
  await servers.update({ removedAt: ctx.now }, { where: { id } })
  await record(ctx, 'removed', row)
}

/** Brings it back with its secret. Throws `not-found`. */
export async function restoreServer(ctx: WriteCtx, id: ServerId): Promise<void> {
  const row = await getServer(id)
  if (row.removedAt === null) return
  await servers.update({ removedAt: null }, { where: { id } })
  await record(ctx, 'restored', row)
}
