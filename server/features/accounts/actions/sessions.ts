// Starts and ends signed-in devices. Only a hash of the token is kept; the token itself leaves in the cookie alone.
import { Op } from 'sequelize'
import type { AccountId, SessionId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import { audit } from '#server/features/audit/index.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import { hashSecret, newId, newSecret } from '#server/platform/db/id.ts'
import { coarseAddress, deviceKindOf, sessionSeconds } from '../rules.ts'
import { type AccountRow, sessions } from '../tables.ts'

/** Makes the session row and answers its token; `startSession` also hands it to the browser. */
export async function createSession(
  ctx: WriteCtx,
  account: Pick<AccountRow, 'id' | 'kind'>,
): Promise<{ token: string; id: SessionId }> {
  const token = newSecret()
  const id = newId<'Session'>()
  const agent = (ctx.session?.agent ?? '').slice(0, 300)
  await sessions.create({
    id,
    tokenHash: hashSecret(token),
    accountId: account.id,
    createdAt: ctx.now,
    lastSeenAt: ctx.now,
    expiresAt: new Date(ctx.now.getTime() + sessionSeconds[account.kind] * 1000),
    userAgent: agent,
    address: coarseAddress(ctx.address),
    deviceKind: deviceKindOf(agent),
  })
  return { token, id }
}

/**
 * Signs this device in. The session it had before ends, so that a token never changes hands. The cookie is set after
 * the commit: a token the database does not know would only confuse. Throws a fault on a socket.
 */
export async function startSession(ctx: WriteCtx, account: Pick<AccountRow, 'id' | 'kind'>): Promise<void> {
  const door = ctx.session
  if (!door) throw new Error('A session starts over HTTP only')
  if (ctx.who.kind === 'account') {
    await sessions.destroy({ where: { id: ctx.who.sessionId } })
    ctx.rightsChanged(ctx.who.accountId)
  }
  const { token, id } = await createSession(ctx, account)
  await audit.record(ctx, {
    verb: 'session.started',
    subject: { kind: 'account', id: account.id },
    details: { session: id, address: coarseAddress(ctx.address) },
    actor: account.id,
  })
  ctx.afterCommit(() => door.start(token, sessionSeconds[account.kind]))
}

/** Signs this device out. */
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
  ctx.rightsChanged(accountId)
}

/** Signs every device of an account out but one; answers how many. */
export async function endOtherSessions(ctx: WriteCtx, accountId: AccountId, kept: SessionId): Promise<number> {
  const ended = await sessions.destroy({ where: { accountId, id: { [Op.ne]: kept } } })
  if (ended > 0) {
    await audit.record(ctx, { verb: 'session.ended', subject: { kind: 'account', id: accountId }, details: { ended } })
    ctx.rightsChanged(accountId)
  }
  return ended
}

/** Signs every device of an account out; what ends them is recorded by whoever asks. */
export async function endEverySession(ctx: WriteCtx, accountId: AccountId): Promise<void> {
  await sessions.destroy({ where: { accountId } })
  ctx.rightsChanged(accountId)
}

/** Removes sessions that ran out. */
export async function dropExpiredSessions(ctx: WriteCtx): Promise<void> {
  await sessions.destroy({ where: { expiresAt: { [Op.lt]: ctx.now } } })
}

/** Notes that a device was seen. Races are harmless: the latest wins. */
export async function noteSeen(ctx: Pick<Ctx, 'sql'>, sessionId: SessionId): Promise<void> {
  await ctx.sql('update sessions set last_seen_at = now() where id = $1', [sessionId])
}
