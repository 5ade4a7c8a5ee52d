// Starts and ends signed-in devices, and knows them again. Only a hash of the token is kept; the token itself leaves in the cookie alone.
import { Op } from 'sequelize'
import type { AccountId, SessionId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import { audit } from '#server/features/audit/index.ts'
import type { Ctx, Who, WriteCtx } from '#server/platform/ctx.ts'
import { hashSecret, newId, newSecret } from '#server/platform/db/id.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { findSession } from '../queries/accounts.ts'
import { coarseAddress, deviceKindOf, seenEveryMs, sessionSeconds } from '../rules.ts'
import { type AccountRow, accessTokens, accounts, type EndedSessionRow, endedSessions, sessions } from '../tables.ts'
import { tellSafety } from './safety.ts'

type Owner = Pick<AccountRow, 'id' | 'kind'>

/** A device to be signed in: whose it becomes, and the request it asked with. */
export interface Device {
  readonly account: Owner
  readonly from: Ctx
  /** The guest it was until now. */
  readonly guest?: AccountId | undefined
}

/** Makes the session rows and answers their tokens, in order; `startSessions` also hands them to the browsers. */
async function createSessions(
  ctx: WriteCtx,
  devices: readonly Device[],
): Promise<{ device: Device; token: string; id: SessionId }[]> {
  const made = devices.map(device => {
    const { account, from } = device
    const agent = (from.session?.agent ?? '').slice(0, 300)
    const expiresAt = new Date(from.now.getTime() + sessionSeconds[account.kind] * 1000)
    return { device, token: newSecret(), id: newId<'Session'>(), agent, expiresAt }
  })
  await ctx.sql(
    `insert into sessions (id, token_hash, account_id, created_at, last_seen_at, expires_at, user_agent, address,
       device_kind, guest_id)
     select id, token_hash, account_id, at, at, expires_at, user_agent, address, device_kind, guest_id
     from unnest($1::uuid[], $2::bytea[], $3::uuid[], $4::timestamptz[], $5::timestamptz[], $6::text[], $7::text[],
       $8::text[], $9::uuid[]) as made(id, token_hash, account_id, at, expires_at, user_agent, address, device_kind, guest_id)`,
    [
      made.map(one => one.id),
      made.map(one => hashSecret(one.token)),
      made.map(one => one.device.account.id),
      made.map(one => one.device.from.now),
      made.map(one => one.expiresAt),
      made.map(one => one.agent),
      made.map(one => coarseAddress(one.device.from.address)),
      made.map(one => deviceKindOf(one.agent)),
      made.map(one => one.device.guest ?? null),
    ],
  )
  return made
}

/** Makes a session row and answers its token; `startSession` also hands it to the browser. */
export async function createSession(ctx: WriteCtx, account: Owner): Promise<{ token: string; id: SessionId }> {
  const [made] = await createSessions(ctx, [{ account, from: ctx }])
  if (!made) throw new Error('No session was made')
  return made
}

/**
 * Signs devices in. Their cookies are set after the commit: a token the database does not know would only confuse. Throws
 * a fault on a socket.
 */
export async function startSessions(ctx: WriteCtx, devices: readonly Device[]): Promise<void> {
  const made = await createSessions(ctx, devices)
  await audit.recordAll(
    ctx,
    made.map(({ device: { account, from }, id }) => ({
      verb: 'session.started',
      subject: { kind: 'account', id: account.id },
      details: { session: id, address: coarseAddress(from.address) },
      actor: account.id,
      requestId: from.requestId,
    })),
  )
  // A guest has one device, and comes with many at once.
  for (const { device } of made) if (device.account.kind === 'member') tellSafety(ctx, device.account.id)
  for (const { device, token } of made) {
    const door = device.from.session
    if (!door) throw new Error('A session starts over HTTP only')
    ctx.afterCommit(() => door.start(token, sessionSeconds[device.account.kind]))
  }
}

/**
 * Signs this device in. The session it had before ends, so that a token never changes hands; where that was a guest's, the new one
 * remembers whose (`guest-before.ts`).
 */
export async function startSession(ctx: WriteCtx, account: Owner): Promise<void> {
  const guest =
    account.kind === 'member' && ctx.who.kind === 'account' && ctx.who.siteRole === 'guest'
      ? ctx.who.accountId
      : undefined
  if (ctx.who.kind === 'account') {
    await sessions.destroy({ where: { id: ctx.who.sessionId } })
    ctx.rightsChanged(ctx.who.accountId)
  }
  await startSessions(ctx, [{ account, from: ctx, guest }])
}

/** Signs this device out. Throws `not-found`. */
export async function endOwnSession(ctx: WriteCtx): Promise<void> {
  const { session, who } = ctx
  if (who.kind === 'account') await endSession(ctx, who.accountId, who.sessionId)
  ctx.afterCommit(() => session?.end())
}

/** Signs one device of an account out; its sockets end at once. Throws `not-found`, also for somebody else's. */
export async function endSession(ctx: WriteCtx, accountId: AccountId, sessionId: SessionId): Promise<void> {
  demand((await sessions.destroy({ where: { id: sessionId, accountId } })) > 0, 'not-found')
  await audit.record(ctx, {
    verb: 'session.ended',
    subject: { kind: 'account', id: accountId },
    details: { session: sessionId },
  })
  tellSafety(ctx, accountId)
  ctx.rightsChanged(accountId)
}

/** Signs every device of an account out but one; answers how many. */
export async function endOtherSessions(ctx: WriteCtx, accountId: AccountId, kept: SessionId): Promise<number> {
  const ended = await sessions.destroy({ where: { accountId, id: { [Op.ne]: kept } } })
  if (ended > 0) {
    await audit.record(ctx, { verb: 'session.ended', subject: { kind: 'account', id: accountId }, details: { ended } })
    tellSafety(ctx, accountId)
    ctx.rightsChanged(accountId)
  }
  return ended
}

/** Signs every device of an account out; what ends them is recorded by whoever asks. */
export async function endEverySession(ctx: WriteCtx, accountId: AccountId): Promise<void> {
  await sessions.destroy({ where: { accountId } })
  ctx.rightsChanged(accountId)
}

/** Ends every session of an account so that each browser is told why; of when it began no more is left than the day. Answers how many, and when the last was seen. One query. */
export async function tellEnded(
  ctx: WriteCtx,
  accountId: AccountId,
  why: EndedSessionRow['why'],
): Promise<{ devices: number; seen: Date | null }> {
  const [ended] = await ctx.sql<{ devices: number; seen: Date | null }>(
    `with gone as (
       delete from sessions where account_id = $1 returning token_hash, expires_at, last_seen_at
     ), told as (
       insert into ended_sessions (token_hash, expires_at, why) select token_hash, date_trunc('day', expires_at) + interval '1 day', $2 from gone
       on conflict (token_hash) do nothing
     )
     select count(*)::int as devices, max(last_seen_at) as seen from gone`,
    [accountId, why],
  )
  return ended ?? { devices: 0, seen: null }
}

/**
 * Signs somebody out on every device and ends every access token, as for an account in wrong hands; answers how many of
 * each. What is open on them ends at once, and says why. Nothing of the suspended is left to end: what is left of their sessions
 * lets nobody in, and tells another reason. Throws `not-found`, `not-allowed` for guests, who could never come in again.
 */
export async function signOutEverywhere(
  ctx: WriteCtx,
  accountId: AccountId,
): Promise<{ devices: number; tokens: number }> {
  const row = await accounts.findByPk(accountId, { lock: true })
  demand(row !== null && row.erasedAt === null && row.mergedInto === null, 'not-found')
  demand(row.kind === 'member')
  const { devices, seen } =
    row.suspendedAt === null ? await tellEnded(ctx, accountId, 'signed-out') : { devices: 0, seen: null }
  const tokens = await accessTokens.destroy({ where: { accountId } })
  await audit.record(ctx, {
    verb: 'account.signed-out',
    subject: { kind: 'account', id: accountId },
    details: { devices, tokens, ...(seen ? { lastSeenAt: new Date(seen).toISOString() } : {}) },
  })
  ctx.rightsChanged(accountId)
  return { devices, tokens }
}

/** Removes sessions that ran out, and what was left of those that would have. */
export async function dropExpiredSessions(ctx: WriteCtx): Promise<void> {
  await sessions.destroy({ where: { expiresAt: { [Op.lt]: ctx.now } } })
  await endedSessions.destroy({ where: { expiresAt: { [Op.lt]: ctx.now } } })
}

/**
 * Who comes with a session token: nobody when it does not stand. Asked at every request and handshake; nothing is cached, so a right
 * taken away is gone at once. Now and then it is noted that the device was seen; races are harmless, the latest wins.
 */
export async function identify(token: string | undefined): Promise<Who> {
  const found = token ? await findSession(token) : undefined
  if (!found) return { kind: 'nobody' }
  if (found.idleMs > seenEveryMs)
    await sql('update sessions set last_seen_at = now() where id = $1', [found.who.sessionId])
  return found.who
}
