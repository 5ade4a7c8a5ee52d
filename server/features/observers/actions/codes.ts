// Codes by which a learner lets somebody observe them: told once, kept as a hash, used once, run out, taken back.
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import {
  mostObserverCodes,
  type Observed,
  type ObserverCode,
  type ObserverCodeId,
  observerCodeDays,
} from '#protocol/observers.ts'
import { audit } from '#server/features/audit/index.ts'
import { accountOf, type WriteCtx } from '#server/platform/ctx.ts'
import { hashSecret, newId, newSecret } from '#server/platform/db/id.ts'
import { listCodes, readParty, readRules } from '../queries/links.ts'
import { mayBeObserved } from '../rules.ts'
import { observerCodes } from '../tables.ts'
import { link } from './links.ts'

const record = (ctx: WriteCtx, verb: string, learnerId: AccountId, id: ObserverCodeId) =>
  audit.record(ctx, { verb: `observers.${verb}`, subject: { kind: 'account', id: learnerId }, details: { code: id } })

/**
 * Makes one. Throws `not-found`, `not-allowed` where the school names observers itself, `not-observable`, `too-many`.
 */
export async function makeCode(ctx: WriteCtx): Promise<{ code: ObserverCode; secret: string }> {
  const learnerId = accountOf(ctx.who)
  demand((await readRules(ctx)).learnersInvite)
  await ctx.sql('select from accounts where id = $1 for no key update', [learnerId])
  demand(mayBeObserved(await readParty(ctx, learnerId)), 'not-observable')
  await ctx.sql('delete from observer_codes where learner_id = $1 and expires_at <= $2', [learnerId, ctx.now])
  const waiting = await listCodes(ctx, learnerId)
  demand(waiting.length < mostObserverCodes, 'too-many', { params: { most: mostObserverCodes } })
  const id = newId<'ObserverCode'>()
  const secret = newSecret()
  const expiresAt = new Date(ctx.now.getTime() + observerCodeDays * 86_400_000)
  await observerCodes.create({ id, learnerId, codeHash: hashSecret(secret), at: ctx.now, expiresAt })
  await record(ctx, 'code-made', learnerId, id)
  return { code: { id, at: ctx.now.toISOString(), expiresAt: expiresAt.toISOString() }, secret }
}

/** Takes one of one's own back; one that is gone stays so. */
export async function dropCode(ctx: WriteCtx, id: ObserverCodeId): Promise<void> {
  const learnerId = accountOf(ctx.who)
  if ((await observerCodes.destroy({ where: { id, learnerId } })) > 0) await record(ctx, 'code-dropped', learnerId, id)
}

/**
 * Observes whoever made it, and uses it up. Throws `link-withdrawn`, `link-unknown`, `link-expired`, and what `link`
 * throws, which leaves the code as it was.
 */
export async function useCode(ctx: WriteCtx, secret: string): Promise<Observed> {
  const code = await observerCodes.findOne({ where: { codeHash: hashSecret(secret) }, lock: true })
  if (!code) throw new Problem('link-unknown')
  demand(code.expiresAt > ctx.now, 'link-expired')
  demand((await readRules(ctx)).learnersInvite, 'link-withdrawn')
  const { learnerId } = code
  await code.destroy()
  return link(ctx, { observerId: accountOf(ctx.who), learnerId, kind: 'observer', until: null })
}
